/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A GKeyFile with a group for each device, numbered. */

#include "app/model/device_file.h"

static void
put_days (GKeyFile *file, const char *group, const PlDeviceDays *days)
{
  g_auto (GStrv) lines = pl_device_days_dup_lines (days);

  if (lines[0] != NULL)
    g_key_file_set_string_list (file, group, "days", (const char *const *) lines,
                                g_strv_length (lines));
}

static void
get_days (GKeyFile *file, const char *group, PlDeviceDays *days)
{
  g_auto (GStrv) lines = g_key_file_get_string_list (file, group, "days", NULL, NULL);

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    pl_device_days_add_line (days, lines[i]);
}

static void
put (GKeyFile *file, guint number, PlDeviceItem *item)
{
  g_autofree char *group = g_strdup_printf ("device %u", number);
  g_autofree char *address = pl_device_item_dup_address (item);
  GPtrArray *programs = pl_device_item_get_programs (item);

  g_key_file_set_string (file, group, "address", address);
  if (*pl_device_item_get_given_name (item) != '\0')
    g_key_file_set_string (file, group, "given-name", pl_device_item_get_given_name (item));
  g_key_file_set_string_list (file, group, "programs", (const char *const *) programs->pdata,
                              programs->len);
  g_key_file_set_int64 (file, group, "last-seen-us", pl_device_item_get_last_seen_us (item));
  g_key_file_set_uint64 (file, group, "up-bytes", pl_device_item_get_up_bytes (item));
  g_key_file_set_uint64 (file, group, "down-bytes", pl_device_item_get_down_bytes (item));
  put_days (file, group, pl_device_item_get_days (item));
}

char *
pl_device_file_dup (GListModel *devices, gsize *length)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (PlDeviceItem) item = g_list_model_get_item (devices, i);
      put (file, i + 1, item);
    }
  return g_key_file_to_data (file, length, NULL);
}

static void
get_names (GKeyFile *file, const char *group, PlDeviceItem *item)
{
  g_autofree char *name = g_key_file_get_string (file, group, "given-name", NULL);
  g_auto (GStrv) programs = g_key_file_get_string_list (file, group, "programs", NULL, NULL);

  if (name != NULL)
    pl_device_item_set_given_name (item, name);
  for (guint i = 0; programs != NULL && programs[i] != NULL; i++)
    pl_device_item_note_program (item, programs[i]);
}

static PlDeviceItem *
get (GKeyFile *file, const char *group)
{
  g_autofree char *text = g_key_file_get_string (file, group, "address", NULL);
  PlAddress address;

  if (text == NULL || !pl_address_parse (pl_slice_from_string (text), &address))
    return NULL;

  /* A clock that went ahead may have been put right since. */
  gint64 seen_us = g_key_file_get_int64 (file, group, "last-seen-us", NULL);
  PlDeviceItem *item = pl_device_item_new (&address);
  PlDeviceDays days = { 0 };

  get_names (file, group, item);
  get_days (file, group, &days);
  pl_device_item_take_sums (item, MIN (seen_us, g_get_real_time ()),
                            g_key_file_get_uint64 (file, group, "up-bytes", NULL),
                            g_key_file_get_uint64 (file, group, "down-bytes", NULL), &days);
  return item;
}

GPtrArray *
pl_device_file_read (const char *data, gsize length)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, NULL))
    return items;
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      PlDeviceItem *item = get (file, groups[i]);
      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  return items;
}
