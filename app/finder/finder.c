/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/finder.h"

#include "app/finder/search.h"
#include "app/i18n.h"

struct _PlFinder
{
  GObject parent_instance;

  PlSearch *search;
  GPtrArray *findings;
  GArray *ranks;    /* of each finding */
  guint first_rank; /* of the search under way: later searches rank after earlier ones */
  gboolean was_cancelled;
  double progress;
};

enum
{
  PROP_0,
  PROP_RUNNING,
  PROP_PROGRESS,
  PROP_WORDS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void pl_finder_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlFinder,
                               pl_finder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, pl_finder_list_model_init))

static void
notify_all (PlFinder *self)
{
  for (guint i = PROP_RUNNING; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
remove_at (PlFinder *self, guint position)
{
  g_ptr_array_remove_index (self->findings, position);
  g_array_remove_index (self->ranks, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* Of two addresses of the same Immich the one of the better rank stays. */
static gboolean
is_wanted (PlFinder *self, PlFinding *finding, guint rank)
{
  for (guint i = self->findings->len; i > 0; i--)
    {
      if (!pl_finding_is_same (g_ptr_array_index (self->findings, i - 1), finding))
        continue;
      if (g_array_index (self->ranks, guint, i - 1) < rank)
        return FALSE;
      remove_at (self, i - 1);
    }
  return TRUE;
}

static void
add (PlFinder *self, PlFinding *finding, guint rank)
{
  guint position = 0;

  if (!is_wanted (self, finding, rank))
    return;
  while (position < self->ranks->len && g_array_index (self->ranks, guint, position) < rank)
    position++;
  g_ptr_array_insert (self->findings, position, g_object_ref (finding));
  g_array_insert_val (self->ranks, position, rank);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static void
leave_search (PlFinder *self)
{
  self->first_rank += pl_search_get_n_places (self->search);
  g_clear_pointer (&self->search, pl_search_free);
}

static void
answered_cb (guint rank, PlProbe *owned_probe, gpointer user_data)
{
  g_autoptr (PlFinder) self = g_object_ref (user_data);
  g_autoptr (PlProbe) probe = owned_probe;
  PlSearch *search = self->search;

  self->progress = (double) pl_search_get_n_answered (search) / pl_search_get_n_places (search);
  if (pl_probe_is_immich (probe))
    {
      const PlPlace *place = pl_search_get_place (search, rank);
      g_autoptr (PlFinding) finding = pl_finding_new (
          pl_place_new (place->kind, place->host, place->port), g_steal_pointer (&probe));
      add (self, finding, self->first_rank + rank);
    }
  /* Whoever heard of it may have ended the search. */
  if (self->search == search && self->progress == 1)
    leave_search (self);
  notify_all (self);
}

void
pl_finder_start (PlFinder *self, GPtrArray *places)
{
  g_return_if_fail (PL_IS_FINDER (self));

  if (self->search != NULL)
    leave_search (self);
  self->was_cancelled = FALSE;
  self->progress = 0;
  if (places->len > 0)
    self->search = pl_search_new (places, answered_cb, self);
  g_ptr_array_unref (places);
  notify_all (self);
}

void
pl_finder_cancel (PlFinder *self)
{
  g_return_if_fail (PL_IS_FINDER (self));

  if (self->search == NULL)
    return;
  leave_search (self);
  self->was_cancelled = TRUE;
  notify_all (self);
}

void
pl_finder_clear (PlFinder *self)
{
  g_return_if_fail (PL_IS_FINDER (self));

  guint n_findings = self->findings->len;
  g_ptr_array_set_size (self->findings, 0);
  g_array_set_size (self->ranks, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_findings, 0);
}

gboolean
pl_finder_get_running (PlFinder *self)
{
  g_return_val_if_fail (PL_IS_FINDER (self), FALSE);

  return self->search != NULL;
}

double
pl_finder_get_progress (PlFinder *self)
{
  g_return_val_if_fail (PL_IS_FINDER (self), 0);

  return self->progress;
}

char *
pl_finder_dup_words (PlFinder *self)
{
  g_return_val_if_fail (PL_IS_FINDER (self), NULL);

  if (self->search != NULL)
    {
      guint n_places = pl_search_get_n_places (self->search);
      return g_strdup_printf (ngettext ("Looking for Immich: %u of %u address asked",
                                        "Looking for Immich: %u of %u addresses asked", n_places),
                              pl_search_get_n_answered (self->search), n_places);
    }
  if (self->findings->len > 0)
    return g_strdup_printf (
        ngettext ("Found %u Immich", "Found %u Immich servers", self->findings->len),
        self->findings->len);
  if (self->was_cancelled)
    return g_strdup (_ ("The search was stopped."));
  return g_strdup (_ ("No Immich was found. It may not be running yet."));
}

static GType
pl_finder_get_item_type (GListModel *model)
{
  return PL_TYPE_FINDING;
}

static guint
pl_finder_get_n_items (GListModel *model)
{
  return PL_FINDER (model)->findings->len;
}

static gpointer
pl_finder_get_item (GListModel *model, guint position)
{
  PlFinder *self = PL_FINDER (model);

  return position < self->findings->len
             ? g_object_ref (g_ptr_array_index (self->findings, position))
             : NULL;
}

static void
pl_finder_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = pl_finder_get_item_type;
  interface->get_n_items = pl_finder_get_n_items;
  interface->get_item = pl_finder_get_item;
}

static void
pl_finder_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlFinder *self = PL_FINDER (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, pl_finder_get_running (self));
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_WORDS:
      g_value_take_string (value, pl_finder_dup_words (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
pl_finder_dispose (GObject *object)
{
  PlFinder *self = PL_FINDER (object);

  if (self->search != NULL)
    leave_search (self);
  G_OBJECT_CLASS (pl_finder_parent_class)->dispose (object);
}

static void
pl_finder_finalize (GObject *object)
{
  PlFinder *self = PL_FINDER (object);

  g_ptr_array_unref (self->findings);
  g_array_unref (self->ranks);
  G_OBJECT_CLASS (pl_finder_parent_class)->finalize (object);
}

PlFinder *
pl_finder_new (void)
{
  return g_object_new (PL_TYPE_FINDER, NULL);
}

static void
pl_finder_class_init (PlFinderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = pl_finder_get_property;
  object_class->dispose = pl_finder_dispose;
  object_class->finalize = pl_finder_finalize;

  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
pl_finder_init (PlFinder *self)
{
  self->findings = g_ptr_array_new_with_free_func (g_object_unref);
  self->ranks = g_array_new (FALSE, FALSE, sizeof (guint));
}
