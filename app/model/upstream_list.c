/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Endpoints are few: they are compared one by one. */

#include "app/model/upstream_list.h"

enum
{
  HEALTH_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _PlUpstreamList
{
  GObject parent_instance;
  GPtrArray *items;
};

static GType
get_item_type (GListModel *model)
{
  return PL_TYPE_UPSTREAM_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return PL_UPSTREAM_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *items = PL_UPSTREAM_LIST (model)->items;
  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PlUpstreamList,
                               pl_upstream_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

PlUpstreamItem *
pl_upstream_list_find (PlUpstreamList *list, const char *upstream, const char *endpoint)
{
  for (guint i = 0; i < list->items->len; i++)
    {
      PlUpstreamItem *item = list->items->pdata[i];
      if (g_str_equal (pl_upstream_item_get_upstream (item), upstream)
          && g_str_equal (pl_upstream_item_get_endpoint (item), endpoint))
        return item;
    }
  return NULL;
}

/* Whether the same endpoints stand in the same order. */
static gboolean
has_all (PlUpstreamList *list, const PlEndpointStatus *statuses, guint n_statuses)
{
  if (list->items->len != n_statuses)
    return FALSE;
  for (guint i = 0; i < n_statuses; i++)
    if (pl_upstream_list_find (list, statuses[i].upstream, statuses[i].endpoint)
        != list->items->pdata[i])
      return FALSE;
  return TRUE;
}

static void
replace (PlUpstreamList *list, const PlEndpointStatus *statuses, guint n_statuses)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_before = list->items->len;

  for (guint i = 0; i < n_statuses; i++)
    {
      PlUpstreamItem *item
          = pl_upstream_list_find (list, statuses[i].upstream, statuses[i].endpoint);
      g_ptr_array_add (items,
                       item != NULL ? g_object_ref (item) : pl_upstream_item_new (&statuses[i]));
    }
  g_ptr_array_unref (list->items);
  list->items = items;
  g_list_model_items_changed (G_LIST_MODEL (list), 0, n_before, n_statuses);
}

static gboolean
is_news (PlEndpointHealth before, PlEndpointHealth after)
{
  return after != PL_HEALTH_UNKNOWN && pl_health_is_usable (after) != pl_health_is_usable (before);
}

void
pl_upstream_list_set (PlUpstreamList *list, const PlEndpointStatus *statuses, guint n_statuses)
{
  g_autoptr (GPtrArray) news = g_ptr_array_new_with_free_func (g_object_unref);

  if (!has_all (list, statuses, n_statuses))
    replace (list, statuses, n_statuses);
  for (guint i = 0; i < n_statuses; i++)
    {
      PlUpstreamItem *item = list->items->pdata[i];
      if (is_news (pl_upstream_item_get_health (item), statuses[i].health))
        g_ptr_array_add (news, g_object_ref (item));
      pl_upstream_item_update (item, &statuses[i]);
    }
  for (guint i = 0; i < news->len; i++)
    g_signal_emit (list, signals[HEALTH_CHANGED], 0, news->pdata[i]);
}

static gboolean
is_dead (PlUpstreamList *list, const char *upstream)
{
  for (guint i = 0; i < list->items->len; i++)
    {
      PlUpstreamItem *item = list->items->pdata[i];
      if (g_str_equal (pl_upstream_item_get_upstream (item), upstream)
          && pl_health_is_usable (pl_upstream_item_get_health (item)))
        return FALSE;
    }
  return TRUE;
}

PlUpstreamItem *
pl_upstream_list_find_dead (PlUpstreamList *list)
{
  for (guint i = 0; i < list->items->len; i++)
    if (is_dead (list, pl_upstream_item_get_upstream (list->items->pdata[i])))
      return list->items->pdata[i];
  return NULL;
}

static void
pl_upstream_list_finalize (GObject *object)
{
  g_ptr_array_unref (PL_UPSTREAM_LIST (object)->items);
  G_OBJECT_CLASS (pl_upstream_list_parent_class)->finalize (object);
}

PlUpstreamList *
pl_upstream_list_new (void)
{
  return g_object_new (PL_TYPE_UPSTREAM_LIST, NULL);
}

static void
pl_upstream_list_class_init (PlUpstreamListClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pl_upstream_list_finalize;
  signals[HEALTH_CHANGED]
      = g_signal_new ("health-changed", PL_TYPE_UPSTREAM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, PL_TYPE_UPSTREAM_ITEM);
}

static void
pl_upstream_list_init (PlUpstreamList *list)
{
  list->items = g_ptr_array_new_with_free_func (g_object_unref);
}
