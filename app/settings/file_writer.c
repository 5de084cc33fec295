/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thread at a time, so that the last one put is the last one written. */

#include "app/settings/file_writer.h"

#include "app/settings/file.h"

struct _PlFileWriter
{
  char *path;
  PlFileWrittenFunc on_written;
  gpointer user_data;
  GMainContext *context;
  GThreadPool *pool;
  gint n_waiting; /* to be written, or being so; atomic */

  GMutex mutex;
  GError *error; /* of the last time; guarded by @mutex */
};

static gboolean
written_cb (gpointer user_data)
{
  PlFileWriter *writer = user_data;
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&writer->mutex);
  if (writer->error != NULL)
    error = g_error_copy (writer->error);
  g_mutex_unlock (&writer->mutex);
  writer->on_written (error, writer->user_data);
  return G_SOURCE_REMOVE;
}

static void
tell (PlFileWriter *writer)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, written_cb, writer, NULL);
  g_source_attach (source, writer->context);
}

static void
write_file (PlFileWriter *writer, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const char *octets = g_bytes_get_data (bytes, &length);

  pl_file_write (writer->path, octets, length, &error);
  g_mutex_lock (&writer->mutex);
  g_clear_error (&writer->error);
  writer->error = g_steal_pointer (&error);
  g_mutex_unlock (&writer->mutex);
}

/* On the thread of the pool. What has another one behind it is passed over. */
static void
take_up (gpointer data, gpointer user_data)
{
  g_autoptr (GBytes) bytes = data;
  PlFileWriter *writer = user_data;
  gboolean is_last = g_atomic_int_get (&writer->n_waiting) == 1;

  if (is_last)
    write_file (writer, bytes);
  g_atomic_int_add (&writer->n_waiting, -1);
  if (is_last && writer->on_written != NULL)
    tell (writer);
}

static GThreadPool *
new_pool (PlFileWriter *writer)
{
  return g_thread_pool_new (take_up, writer, 1, FALSE, NULL);
}

PlFileWriter *
pl_file_writer_new (const char *path, PlFileWrittenFunc on_written, gpointer user_data)
{
  PlFileWriter *writer = g_new0 (PlFileWriter, 1);

  writer->path = g_strdup (path);
  writer->on_written = on_written;
  writer->user_data = user_data;
  writer->context = g_main_context_ref_thread_default ();
  g_mutex_init (&writer->mutex);
  writer->pool = new_pool (writer);
  return writer;
}

void
pl_file_writer_put (PlFileWriter *writer, char *data, gsize length)
{
  g_atomic_int_inc (&writer->n_waiting);
  g_thread_pool_push (writer->pool, g_bytes_new_take (data, length), NULL);
}

/* A pool can only be waited for at its end. */
gboolean
pl_file_writer_flush (PlFileWriter *writer, GError **error)
{
  g_thread_pool_free (writer->pool, FALSE, TRUE);
  writer->pool = new_pool (writer);
  if (writer->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (writer->error));
  return FALSE;
}

gboolean
pl_file_writer_is_busy (PlFileWriter *writer)
{
  return g_atomic_int_get (&writer->n_waiting) > 0;
}

void
pl_file_writer_free (PlFileWriter *writer)
{
  GSource *source;

  g_thread_pool_free (writer->pool, FALSE, TRUE);
  while ((source = g_main_context_find_source_by_user_data (writer->context, writer)) != NULL)
    g_source_destroy (source);
  g_main_context_unref (writer->context);
  g_mutex_clear (&writer->mutex);
  g_clear_error (&writer->error);
  g_free (writer->path);
  g_free (writer);
}
