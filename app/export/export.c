/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A format is a row of this table. Records and the names of devices are all that any of them needs,
 * and any thread may read those: the main one only gathers them. */

#include "app/export/export.h"

#include "app/export/csv.h"
#include "app/export/har.h"
#include "app/log/format.h"
#include "app/settings/file.h"

static void
append_combined (GString *text, GPtrArray *records, GPtrArray *given_names)
{
  for (guint i = 0; i < records->len; i++)
    {
      const PlRecord *record = records->pdata[i];
      if (record->state == PL_RECORD_FINISHED)
        pl_log_format_append (text, PL_LOG_FORMAT_COMBINED, record);
    }
}

static const struct
{
  const char *suffix;
  void (*append) (GString *text, GPtrArray *records, GPtrArray *given_names);
} formats[] = {
  [PL_EXPORT_HAR] = { "har", pl_har_append },
  [PL_EXPORT_CSV] = { "csv", pl_csv_append },
  [PL_EXPORT_COMBINED] = { "log", append_combined },
};

char *
pl_export_dup_file_name (PlExportFormat format)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *moment = g_date_time_format (now, "%Y-%m-%d-%H%M");

  return g_strdup_printf ("porchlight-%s.%s", moment, formats[format].suffix);
}

static GPtrArray *
list_records (GListModel *items)
{
  guint n_items = g_list_model_get_n_items (items);
  GPtrArray *records = g_ptr_array_new_full (n_items, (GDestroyNotify) pl_record_unref);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (PlRequestItem) item = g_list_model_get_item (items, i);
      g_ptr_array_add (records, pl_record_ref (pl_request_item_get_record (item)));
    }
  return records;
}

static GPtrArray *
list_given_names (GPtrArray *records, PlDeviceList *devices)
{
  GPtrArray *names = g_ptr_array_new_full (records->len, g_free);

  for (guint i = 0; i < records->len; i++)
    {
      const PlRecord *record = records->pdata[i];
      g_ptr_array_add (names, g_strdup (pl_device_list_get_given_name (devices, &record->client)));
    }
  return names;
}

static GBytes *
compose (PlExportFormat format, GPtrArray *records, GPtrArray *given_names)
{
  GString *text = g_string_new (NULL);

  formats[format].append (text, records, given_names);
  return g_string_free_to_bytes (text);
}

/* Saving */

typedef struct
{
  PlExportFormat format;
  GPtrArray *records;
  GPtrArray *given_names;
  GFile *file;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_ptr_array_unref (job->records);
  g_ptr_array_unref (job->given_names);
  g_object_unref (job->file);
  g_free (job);
}

/* GIO's own way puts what could be written of a file in the place of the one before, even where the
 * disk was full. */
static gboolean
save (GFile *file, const char *octets, gsize length, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    return pl_file_write (path, octets, length, error);
  return g_file_replace_contents (file, octets, length, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                  cancellable, error);
}

static void
save_task_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (GBytes) bytes = compose (job->format, job->records, job->given_names);
  GError *error = NULL;
  gsize length = 0;
  const char *octets = g_bytes_get_data (bytes, &length);

  if (save (job->file, octets, length, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
pl_export_save_async (PlExportFormat format,
                      GListModel *items,
                      PlDeviceList *devices,
                      GFile *file,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  job->format = format;
  job->records = list_records (items);
  job->given_names = list_given_names (job->records, devices);
  job->file = g_object_ref (file);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, save_task_cb);
}

gboolean
pl_export_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
