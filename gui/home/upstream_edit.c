/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings know the addresses as one text, with `;` between. */

#include "gui/home/upstream_edit.h"

#include "app/settings/immich_address.h"

static char *
dup_group (const char *upstream)
{
  return g_strconcat ("upstream ", upstream, NULL);
}

static gboolean
write_urls (PlEngine *engine, const char *upstream, GPtrArray *urls, GError **error)
{
  g_autofree char *group = dup_group (upstream);

  g_ptr_array_add (urls, NULL);
  g_autofree char *text = g_strjoinv (";", (char **) urls->pdata);
  return pl_engine_set_setting (engine, group, "urls", text, error);
}

static GPtrArray *
read_urls (PlEngine *engine, const char *upstream)
{
  GPtrArray *urls = g_ptr_array_new_with_free_func (g_free);
  g_autofree char **list = pl_upstream_edit_dup_urls (engine, upstream);

  for (guint i = 0; list[i] != NULL; i++)
    g_ptr_array_add (urls, list[i]);
  return urls;
}

char **
pl_upstream_edit_dup_urls (PlEngine *engine, const char *upstream)
{
  g_autofree char *group = dup_group (upstream);

  return pl_settings_dup_list (pl_engine_get_settings (engine), group, "urls");
}

gboolean
pl_upstream_edit_add (PlEngine *engine, const char *upstream, const char *text, GError **error)
{
  g_autoptr (PlImmichAddress) address = pl_immich_address_read (text, error);

  if (address == NULL)
    return FALSE;
  g_autoptr (GPtrArray) urls = read_urls (engine, upstream);
  g_ptr_array_add (urls, g_strdup (address->urls[0]));
  return write_urls (engine, upstream, urls, error);
}

gboolean
pl_upstream_edit_remove (PlEngine *engine, const char *upstream, guint position, GError **error)
{
  g_autoptr (GPtrArray) urls = read_urls (engine, upstream);

  g_return_val_if_fail (position < urls->len && urls->len > 1, TRUE);
  g_ptr_array_remove_index (urls, position);
  return write_urls (engine, upstream, urls, error);
}

gboolean
pl_upstream_edit_swap (PlEngine *engine, const char *upstream, guint position, GError **error)
{
  g_autoptr (GPtrArray) urls = read_urls (engine, upstream);

  g_return_val_if_fail (position + 1 < urls->len, TRUE);
  gpointer first = urls->pdata[position];
  urls->pdata[position] = urls->pdata[position + 1];
  urls->pdata[position + 1] = first;
  return write_urls (engine, upstream, urls, error);
}
