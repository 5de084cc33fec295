/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/own_pages.h"

#include <string.h>

#include "net/http/language.h"

struct _PlOwnPages
{
  GArray *pages;
  GArray *open; /* those for everybody */
  gatomicrefcount ref_count;
};

static void
clear_page (gpointer data)
{
  PlOwnPage *page = data;

  g_free (page->path);
  g_free (page->agent);
  g_free (page->language);
  g_free (page->type);
  g_bytes_unref (page->body);
}

static GArray *
new_table (void)
{
  GArray *table = g_array_new (FALSE, FALSE, sizeof (PlOwnPage));

  g_array_set_clear_func (table, clear_page);
  return table;
}

PlOwnPages *
pl_own_pages_new (void)
{
  PlOwnPages *pages = g_new (PlOwnPages, 1);

  g_atomic_ref_count_init (&pages->ref_count);
  pages->pages = new_table ();
  pages->open = new_table ();
  return pages;
}

PlOwnPages *
pl_own_pages_ref (PlOwnPages *pages)
{
  g_atomic_ref_count_inc (&pages->ref_count);
  return pages;
}

void
pl_own_pages_unref (PlOwnPages *pages)
{
  if (!g_atomic_ref_count_dec (&pages->ref_count))
    return;
  g_array_unref (pages->pages);
  g_array_unref (pages->open);
  g_free (pages);
}

void
pl_own_pages_add (PlOwnPages *pages,
                  const char *path,
                  const char *agent,
                  const char *language,
                  const char *type,
                  GBytes *body)
{
  PlOwnPage page = { .path = g_strdup (path),
                     .agent = g_strdup (agent),
                     .language = g_strdup (language),
                     .type = g_strdup (type),
                     .body = g_bytes_ref (body) };

  g_return_if_fail (g_str_has_prefix (path, PL_OWN_PAGES_PREFIX));
  g_return_if_fail (g_bytes_get_size (body) <= PL_OWN_PAGE_BYTES);
  g_array_append_val (pages->pages, page);
}

void
pl_own_pages_add_open (PlOwnPages *pages, const char *path, const char *type, GBytes *body)
{
  PlOwnPage page = { .path = g_strdup (path), .type = g_strdup (type), .body = g_bytes_ref (body) };

  g_return_if_fail (g_bytes_get_size (body) <= PL_OWN_PAGE_BYTES);
  g_array_append_val (pages->open, page);
}

static gboolean
is_for (const PlOwnPage *page, PlSlice agent)
{
  return page->agent == NULL
         || (agent.length > 0
             && g_strstr_len (agent.bytes, (gssize) agent.length, page->agent) != NULL);
}

static guint
weigh (const PlOwnPage *page, PlSlice accept)
{
  return page->language != NULL ? pl_language_weigh (accept, page->language) : 0;
}

static const PlOwnPage *
find (const GArray *table, PlSlice path, PlSlice agent, PlSlice accept)
{
  const PlOwnPage *best = NULL;
  guint most = 0;

  for (guint i = 0; i < table->len; i++)
    {
      const PlOwnPage *page = &g_array_index (table, PlOwnPage, i);
      if (!pl_slice_equal (path, pl_slice_from_string (page->path)) || !is_for (page, agent)
          || (best != NULL && g_strcmp0 (best->agent, page->agent) != 0))
        continue;
      guint weight = weigh (page, accept);
      if (best != NULL && weight <= most)
        continue;
      best = page;
      most = weight;
    }
  return best;
}

const PlOwnPage *
pl_own_pages_find (const PlOwnPages *pages, PlSlice path, PlSlice agent, PlSlice accept)
{
  return find (pages->pages, path, agent, accept);
}

const PlOwnPage *
pl_own_pages_find_open (const PlOwnPages *pages, PlSlice path)
{
  return find (pages->open, path, (PlSlice){ 0 }, (PlSlice){ 0 });
}

gboolean
pl_own_pages_is_own (PlSlice path)
{
  gsize length = strlen (PL_OWN_PAGES_PREFIX);

  return path.length >= length && memcmp (path.bytes, PL_OWN_PAGES_PREFIX, length) == 0;
}
