/* SPDX-License-Identifier: GPL-3.0-or-later */

/* There are few rows, and they are made anew at each change; what was selected is then selected
 * again. */

#include "gui/assistant/choice_list.h"

#include "app/i18n.h"
#include "gui/assistant/finding_row.h"

/**
 * Choice: what is to be selected.
 * @CHOICE_BEST: nobody has chosen
 * @CHOICE_PRESENT: the one in use now
 * @CHOICE_FINDING: one that was found
 */
typedef enum
{
  CHOICE_BEST,
  CHOICE_PRESENT,
  CHOICE_FINDING,
} Choice;

struct _PlChoiceList
{
  GtkListBox parent_instance;

  PlEngine *engine;
  PlFinder *finder;

  Choice choice : 2;
  gboolean is_filling : 1; /* what is selected now is not the user's wish */
  gboolean is_suspended : 1;
  PlFinding *chosen; /* (nullable): with CHOICE_FINDING */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlChoiceList, pl_choice_list, GTK_TYPE_LIST_BOX)

/* The one in use now */

static gboolean
has_present (PlChoiceList *list)
{
  return !pl_engine_is_first_start (list->engine) || pl_engine_get_demo (list->engine);
}

static gboolean
is_present (PlChoiceList *list, PlFinding *finding)
{
  GListModel *items = G_LIST_MODEL (pl_engine_get_upstreams (list->engine));

  if (!has_present (list) || pl_engine_get_demo (list->engine))
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (PlUpstreamItem) item = g_list_model_get_item (items, i);
      g_autofree char *url = pl_upstream_item_dup_url (item);
      if (g_str_equal (url, pl_finding_get_url (finding)))
        return TRUE;
    }
  return FALSE;
}

static char *
dup_present_words (PlChoiceList *list, PlFinding *found)
{
  PlUpstreamItem *dead = pl_upstream_list_find_dead (pl_engine_get_upstreams (list->engine));

  if (pl_engine_get_demo (list->engine))
    return g_strdup (_ ("In use now: the built-in demo"));
  if (found != NULL)
    {
      g_autofree char *words = pl_finding_dup_words (found);
      /* Translators: %s is an Immich: “Immich 1.135 on this computer, port 2283” */
      return g_strdup_printf (_ ("In use now: %s"), words);
    }
  if (dead == NULL)
    return g_strdup (_ ("In use now"));
  return g_strdup (pl_upstream_item_get_health (dead) == PL_HEALTH_LOOP
                       ? _ ("In use now: leads back to Porchlight itself")
                       : _ ("In use now: does not answer"));
}

static char *
dup_present_addresses (PlChoiceList *list)
{
  GListModel *items = G_LIST_MODEL (pl_engine_get_upstreams (list->engine));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (PlUpstreamItem) item = g_list_model_get_item (items, i);
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                              pl_upstream_item_get_endpoint (item));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* (nullable) (transfer full): the one in use now among those that were found */
static PlFinding *
find_present (PlChoiceList *list)
{
  GListModel *findings = G_LIST_MODEL (list->finder);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (PlFinding) finding = g_list_model_get_item (findings, i);
      if (is_present (list, finding))
        return g_steal_pointer (&finding);
    }
  return NULL;
}

static void
add_present (PlChoiceList *list)
{
  g_autoptr (PlFinding) found = find_present (list);
  g_autofree char *words = dup_present_words (list, found);
  g_autofree char *addresses = dup_present_addresses (list);

  gtk_container_add (GTK_CONTAINER (list), pl_finding_row_new_present (words, addresses));
}

/* Rows */

static PlFinding *
get_finding (GtkListBoxRow *row)
{
  return row != NULL ? pl_finding_row_get_finding (PL_FINDING_ROW (row)) : NULL;
}

/* (nullable) */
static GtkListBoxRow *
find_row (PlChoiceList *list, PlFinding *finding)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)) != NULL; i++)
    if (get_finding (row) == finding)
      return row;
  return NULL;
}

static gboolean
present_works (PlChoiceList *list)
{
  return pl_upstream_list_find_dead (pl_engine_get_upstreams (list->engine)) == NULL;
}

/* (nullable) */
static GtkListBoxRow *
find_best (PlChoiceList *list)
{
  guint first = has_present (list) ? 1 : 0;
  GtkListBoxRow *present = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0);
  GtkListBoxRow *found = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) first);
  GtkListBoxRow *other = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) first + 1);

  if (first == 0)
    return found;
  if (pl_engine_get_demo (list->engine))
    return found != NULL ? found : present;
  if (present_works (list))
    return present;
  return other == NULL ? found : NULL;
}

/* (nullable) */
static GtkListBoxRow *
find_wanted (PlChoiceList *list)
{
  if (list->is_suspended)
    return NULL;
  switch (list->choice)
    {
    case CHOICE_BEST:
      return find_best (list);
    case CHOICE_PRESENT:
      return has_present (list) ? find_row (list, NULL) : find_best (list);
    case CHOICE_FINDING:
      {
        GtkListBoxRow *row = find_row (list, list->chosen);
        return row != NULL ? row : find_best (list);
      }
    }
  g_return_val_if_reached (NULL);
}

static void
select_wanted (PlChoiceList *list)
{
  GtkListBoxRow *row = find_wanted (list);

  list->is_filling = TRUE;
  if (row != NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (list), row);
  else
    gtk_list_box_unselect_all (GTK_LIST_BOX (list));
  list->is_filling = FALSE;
  g_signal_emit (list, signals[CHOSEN], 0, FALSE);
}

static void
clear (PlChoiceList *list)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (list));

  for (GList *row = rows; row != NULL; row = row->next)
    gtk_widget_destroy (row->data);
}

static void
sources_changed_cb (PlChoiceList *list)
{
  GListModel *findings = G_LIST_MODEL (list->finder);

  list->is_filling = TRUE;
  clear (list);
  if (has_present (list))
    add_present (list);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (PlFinding) finding = g_list_model_get_item (findings, i);
      if (!is_present (list, finding))
        gtk_container_add (GTK_CONTAINER (list), pl_finding_row_new (finding));
    }
  gtk_widget_set_visible (GTK_WIDGET (list),
                          gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0) != NULL);
  select_wanted (list);
}

static void
list_row_selected_cb (PlChoiceList *list, GtkListBoxRow *row)
{
  if (list->is_filling)
    return;
  list->is_suspended = FALSE;
  g_set_object (&list->chosen, get_finding (row));
  list->choice = row == NULL ? CHOICE_BEST : list->chosen != NULL ? CHOICE_FINDING : CHOICE_PRESENT;
  g_signal_emit (list, signals[CHOSEN], 0, TRUE);
}

void
pl_choice_list_set_sources (PlChoiceList *list, PlEngine *engine, PlFinder *finder)
{
  g_return_if_fail (PL_IS_CHOICE_LIST (list));

  list->engine = g_object_ref (engine);
  list->finder = g_object_ref (finder);
  g_signal_connect_object (finder, "items-changed", G_CALLBACK (sources_changed_cb), list,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pl_engine_get_upstreams (engine), "items-changed",
                           G_CALLBACK (sources_changed_cb), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::trouble", G_CALLBACK (sources_changed_cb), list,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::demo", G_CALLBACK (sources_changed_cb), list,
                           G_CONNECT_SWAPPED);
  sources_changed_cb (list);
}

gboolean
pl_choice_list_has_choice (PlChoiceList *list)
{
  g_return_val_if_fail (PL_IS_CHOICE_LIST (list), FALSE);

  return gtk_list_box_get_selected_row (GTK_LIST_BOX (list)) != NULL;
}

PlFinding *
pl_choice_list_get_finding (PlChoiceList *list)
{
  g_return_val_if_fail (PL_IS_CHOICE_LIST (list), NULL);

  return get_finding (gtk_list_box_get_selected_row (GTK_LIST_BOX (list)));
}

void
pl_choice_list_suspend (PlChoiceList *list)
{
  g_return_if_fail (PL_IS_CHOICE_LIST (list));

  if (list->is_suspended)
    return;
  list->is_suspended = TRUE;
  select_wanted (list);
}

void
pl_choice_list_resume (PlChoiceList *list)
{
  g_return_if_fail (PL_IS_CHOICE_LIST (list));

  if (!list->is_suspended)
    return;
  list->is_suspended = FALSE;
  select_wanted (list);
}

static void
pl_choice_list_dispose (GObject *object)
{
  PlChoiceList *list = PL_CHOICE_LIST (object);

  list->is_filling = TRUE;
  g_clear_object (&list->engine);
  g_clear_object (&list->finder);
  g_clear_object (&list->chosen);
  G_OBJECT_CLASS (pl_choice_list_parent_class)->dispose (object);
}

static void
pl_choice_list_class_init (PlChoiceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pl_choice_list_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", PL_TYPE_CHOICE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
pl_choice_list_init (PlChoiceList *list)
{
  g_signal_connect (list, "row-selected", G_CALLBACK (list_row_selected_cb), NULL);
}
