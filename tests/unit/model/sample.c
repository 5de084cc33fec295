/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers are small and round, so that a test can be read. */

#include "tests/unit/model/sample.h"

PlAddress
sample_address (const char *text)
{
  PlAddress address;

  if (!pl_address_parse (pl_slice_from_string (text), &address))
    g_assert_not_reached ();
  return address;
}

PlRecord *
sample_record (guint64 id, const char *method, const char *target, const char *user_agent)
{
  PlRecordText text = {
    .method = pl_slice_from_string (method),
    .target = pl_slice_from_string (target),
    .host = PL_SLICE ("photos.lan:8080"),
    .user_agent = pl_slice_from_string (user_agent),
  };
  PlRecord *record = pl_record_new (&text);

  record->id = id;
  record->client = sample_address ("192.168.1.23");
  record->started_us = SAMPLE_STARTED_US;
  record->connect_us = 1000;
  record->first_byte_us = 9000;
  record->duration_us = 12000;
  record->state = PL_RECORD_FINISHED;
  record->reason = PL_CLOSE_DONE;
  record->protocol = PL_PROTOCOL_HTTP_1_1;
  record->status = 200;
  return record;
}

PlRecord *
sample_running (guint64 id, const char *target, guint64 up_bytes, guint64 down_bytes)
{
  PlRecord *record = sample_record (id, up_bytes > 0 ? "POST" : "GET", target, "");

  record->state = PL_RECORD_RUNNING;
  record->reason = PL_CLOSE_NONE;
  record->status = 0;
  record->up_bytes = up_bytes;
  record->down_bytes = down_bytes;
  return record;
}

GPtrArray *
sample_batch (guint64 first_id, guint n)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (records, sample_record (first_id + i, "GET", "/", ""));
  return records;
}

GPtrArray *
sample_batch_of_one (PlRecord *record)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);

  g_ptr_array_add (records, record);
  return records;
}

/* Devices */

void
sample_see (PlDeviceList *list, const char *address, const char *user_agent, guint64 up_bytes)
{
  g_autoptr (PlRecord) record = sample_record (1, "GET", "/", user_agent);

  record->client = sample_address (address);
  pl_device_list_note (list, record, up_bytes, 2 * up_bytes);
}

static void
arrived_cb (PlDeviceList *list,
            PlDeviceItem *device,
            gboolean is_other,
            gboolean is_new,
            GString *told)
{
  g_autofree char *title = pl_device_item_dup_title (device);

  g_string_append_printf (told, "%s%s%s;", title, is_other ? " other" : "", is_new ? " new" : "");
}

GString *
sample_tell_arrivals (PlDeviceList *list)
{
  GString *told = g_string_new (NULL);

  g_signal_connect (list, "device-arrived", G_CALLBACK (arrived_cb), told);
  return told;
}

/* The mirror */

static void
items_changed_cb (GListModel *model,
                  guint position,
                  guint n_removed,
                  guint n_added,
                  SampleWatch *watch)
{
  if (n_removed > 0)
    {
      g_ptr_array_remove_range (watch->mirror, position, n_removed);
      g_string_append_printf (watch->changes, "-%u,%u ", position, n_removed);
    }
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (watch->mirror, (gint) (position + i),
                        g_list_model_get_item (model, position + i));
  if (n_added > 0)
    g_string_append_printf (watch->changes, "+%u,%u ", position, n_added);
  g_assert_cmpuint (watch->mirror->len, ==, g_list_model_get_n_items (model));
}

static void
items_updated_cb (GListModel *model, GArray *positions, SampleWatch *watch)
{
  for (guint i = 0; i < positions->len; i++)
    g_string_append_printf (watch->changes, "%s%u", i == 0 ? "~" : ",",
                            g_array_index (positions, guint, i));
  g_string_append_c (watch->changes, ' ');
}

SampleWatch *
sample_watch_new (GListModel *model)
{
  SampleWatch *watch = g_new0 (SampleWatch, 1);

  watch->model = g_object_ref (model);
  watch->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  watch->changes = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (watch->mirror, g_list_model_get_item (model, i));
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), watch);
  if (g_signal_lookup ("items-updated", G_OBJECT_TYPE (model)) != 0)
    g_signal_connect (model, "items-updated", G_CALLBACK (items_updated_cb), watch);
  return watch;
}

void
sample_watch_free (SampleWatch *watch)
{
  g_signal_handlers_disconnect_by_data (watch->model, watch);
  g_object_unref (watch->model);
  g_ptr_array_unref (watch->mirror);
  g_string_free (watch->changes, TRUE);
  g_free (watch);
}

void
sample_watch_expect (SampleWatch *watch, const char *changes)
{
  if (changes != NULL)
    g_assert_cmpstr (g_strchomp (watch->changes->str), ==, changes);
  g_string_truncate (watch->changes, 0);
  g_assert_cmpuint (watch->mirror->len, ==, g_list_model_get_n_items (watch->model));
  for (guint i = 0; i < watch->mirror->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (watch->model, i);
      g_assert_true (item == watch->mirror->pdata[i]);
    }
  g_assert_null (g_list_model_get_item (watch->model, watch->mirror->len));
}
