/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/checkup/checkup.h"

#include "app/checkup/checks.h"
#include "app/checkup/report.h"
#include "app/i18n.h"

struct _PlCheckup
{
  GObject parent_instance;

  GPtrArray *items;
  PlCheckRun *run;
  guint n_done;
};

enum
{
  PROP_0,
  PROP_RUNNING,
  PROP_PROGRESS,
  PROP_SUMMARY,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void pl_checkup_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlCheckup,
                               pl_checkup,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      pl_checkup_list_model_init))

static void
notify_all (PlCheckup *self)
{
  for (guint i = PROP_RUNNING; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/* Whether the checks that need an answer of Immich can have one; an Immich that somebody else leads
 * to, while nothing is known of ours, does not count. */
static gboolean
can_be_seen (PlCheckRun *run)
{
  return run->through != NULL && pl_probe_is_immich (run->through)
         && !pl_probe_is_in_maintenance (run->through) && pl_check_run_get_upstream (run) != NULL;
}

static const char *
get_why_not (PlCheckRun *run)
{
  return run->through != NULL && pl_probe_is_in_maintenance (run->through)
             ? _ ("Cannot be seen while Immich is in maintenance.")
             : _ ("Cannot be seen while Immich does not answer.");
}

static void
leave_out (PlCheckItem *item, const char *words)
{
  pl_check_item_end (item, PL_CHECK_SKIPPED, PL_CHECK_REMEDY_NONE, g_strdup (words), NULL);
}

/* Goes on until a check has something to wait for, or there is none left. */
static void
run_next (PlCheckup *self)
{
  while (self->n_done < PL_CHECK_N_IDS)
    {
      PlCheckItem *item = g_ptr_array_index (self->items, self->n_done);
      const PlCheck *check = pl_check_get (self->n_done);
      if (!check->needs_answer || can_be_seen (self->run))
        {
          pl_check_run_begin (self->run, item, check->run);
          return;
        }
      self->n_done++;
      leave_out (item, get_why_not (self->run));
    }
  g_clear_pointer (&self->run, pl_check_run_free);
}

static void
ended_cb (PlCheckRun *run, gpointer user_data)
{
  PlCheckup *self = user_data;

  self->n_done++;
  run_next (self);
  notify_all (self);
}

void
pl_checkup_start (PlCheckup *self, PlCheckSite *site)
{
  g_return_if_fail (PL_IS_CHECKUP (self));

  g_clear_pointer (&self->run, pl_check_run_free);
  self->run = pl_check_run_new (site, ended_cb, self);
  self->n_done = 0;
  for (guint i = 0; i < self->items->len; i++)
    pl_check_item_begin (g_ptr_array_index (self->items, i), PL_CHECK_PENDING);
  run_next (self);
  notify_all (self);
}

void
pl_checkup_cancel (PlCheckup *self)
{
  g_return_if_fail (PL_IS_CHECKUP (self));

  if (self->run == NULL)
    return;
  g_clear_pointer (&self->run, pl_check_run_free);
  while (self->n_done < self->items->len)
    leave_out (g_ptr_array_index (self->items, self->n_done++), _ ("The check-up was stopped."));
  notify_all (self);
}

gboolean
pl_checkup_get_running (PlCheckup *self)
{
  g_return_val_if_fail (PL_IS_CHECKUP (self), FALSE);

  return self->run != NULL;
}

double
pl_checkup_get_progress (PlCheckup *self)
{
  g_return_val_if_fail (PL_IS_CHECKUP (self), 0);

  return (double) self->n_done / self->items->len;
}

guint
pl_checkup_count (PlCheckup *self, PlCheckState state)
{
  guint n = 0;

  g_return_val_if_fail (PL_IS_CHECKUP (self), 0);

  for (guint i = 0; i < self->items->len; i++)
    n += pl_check_item_get_state (g_ptr_array_index (self->items, i)) == state;
  return n;
}

char *
pl_checkup_dup_summary (PlCheckup *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (PL_IS_CHECKUP (self), NULL);

  guint n_pass = pl_checkup_count (self, PL_CHECK_PASS);
  guint n_warnings = pl_checkup_count (self, PL_CHECK_WARNING);
  guint n_faults = pl_checkup_count (self, PL_CHECK_FAULT);
  if (n_pass > 0)
    /* Translators: how many checks ended well */
    g_ptr_array_add (parts, g_strdup_printf (_ ("%u pass"), n_pass));
  if (n_warnings > 0)
    /* Translators: how many checks found what deserves a look */
    g_ptr_array_add (parts, g_strdup_printf (_ ("%u to look at"), n_warnings));
  if (n_faults > 0)
    /* Translators: how many checks found something wrong */
    g_ptr_array_add (parts, g_strdup_printf (_ ("%u wrong"), n_faults));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

char *
pl_checkup_dup_report (PlCheckup *self)
{
  g_return_val_if_fail (PL_IS_CHECKUP (self), NULL);

  g_autofree char *summary = pl_checkup_dup_summary (self);
  return pl_report_dup (G_LIST_MODEL (self), summary);
}

static GType
pl_checkup_get_item_type (GListModel *model)
{
  return PL_TYPE_CHECK_ITEM;
}

static guint
pl_checkup_get_n_items (GListModel *model)
{
  return PL_CHECKUP (model)->items->len;
}

static gpointer
pl_checkup_get_item (GListModel *model, guint position)
{
  PlCheckup *self = PL_CHECKUP (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
pl_checkup_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = pl_checkup_get_item_type;
  interface->get_n_items = pl_checkup_get_n_items;
  interface->get_item = pl_checkup_get_item;
}

static void
pl_checkup_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlCheckup *self = PL_CHECKUP (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, pl_checkup_get_running (self));
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, pl_checkup_get_progress (self));
      break;
    case PROP_SUMMARY:
      g_value_take_string (value, pl_checkup_dup_summary (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
pl_checkup_dispose (GObject *object)
{
  PlCheckup *self = PL_CHECKUP (object);

  g_clear_pointer (&self->run, pl_check_run_free);
  G_OBJECT_CLASS (pl_checkup_parent_class)->dispose (object);
}

static void
pl_checkup_finalize (GObject *object)
{
  PlCheckup *self = PL_CHECKUP (object);

  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (pl_checkup_parent_class)->finalize (object);
}

PlCheckup *
pl_checkup_new (void)
{
  return g_object_new (PL_TYPE_CHECKUP, NULL);
}

static void
pl_checkup_class_init (PlCheckupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = pl_checkup_get_property;
  object_class->dispose = pl_checkup_dispose;
  object_class->finalize = pl_checkup_finalize;

  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
pl_checkup_init (PlCheckup *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (PlCheckId id = 0; id < PL_CHECK_N_IDS; id++)
    g_ptr_array_add (self->items, pl_check_item_new (_ (pl_check_get (id)->title)));
}
