/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two ways to choose: a row of the list, or an address that is typed. An address goes before the
 * list as long as it stands there; to choose a row takes it away. */

#include "gui/assistant/where_step.h"

#include "app/finder/finder.h"
#include "app/i18n.h"
#include "gui/address/entry.h"
#include "gui/assistant/choice_list.h"

struct _PlWhereStep
{
  GtkBin parent_instance;

  GtkLabel *search_label;
  GtkProgressBar *search_bar;
  GtkRevealer *search_revealer;
  GtkButton *stop_button;
  PlChoiceList *list;
  GtkWidget *network_button;
  PlAddressEntry *entry;
  GtkLabel *fault_label;

  PlEngine *engine;
  PlFinder *finder;
  gboolean was_shown;
  gboolean is_in_network; /* where it is searched, or was last */
};

enum
{
  PROP_READY = 1,
};

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlWhereStep, pl_where_step, GTK_TYPE_BIN)

/* (nullable) (transfer none): %NULL: nothing new */
static PlFinding *
get_choice (PlWhereStep *step)
{
  return pl_address_entry_is_empty (step->entry) ? pl_choice_list_get_finding (step->list)
                                                 : pl_address_entry_get_finding (step->entry);
}

static void
choice_changed (PlWhereStep *step)
{
  gtk_widget_hide (GTK_WIDGET (step->fault_label));
  g_object_notify (G_OBJECT (step), "ready");
}

static void
search (PlWhereStep *step, gboolean in_network)
{
  g_autoptr (GArray) interfaces = pl_interfaces_read ();

  step->is_in_network = in_network;
  pl_finder_start (step->finder,
                   in_network ? pl_places_new_network (interfaces)
                              : pl_places_new_near (interfaces, pl_engine_get_port (step->engine)));
}

/* Where there is none on this computer, the next thing to do is to look on others. */
static void
show_next_search (PlWhereStep *step, gboolean is_next)
{
  GtkStyleContext *style = gtk_widget_get_style_context (step->network_button);
  gboolean was_next = gtk_style_context_has_class (style, GTK_STYLE_CLASS_SUGGESTED_ACTION);

  if (is_next == was_next)
    return;
  if (is_next)
    gtk_style_context_add_class (style, GTK_STYLE_CLASS_SUGGESTED_ACTION);
  else
    gtk_style_context_remove_class (style, GTK_STYLE_CLASS_SUGGESTED_ACTION);
  if (is_next && pl_address_entry_is_empty (step->entry))
    gtk_widget_grab_focus (step->network_button);
}

static void
finder_notify_cb (PlWhereStep *step)
{
  gboolean is_running = pl_finder_get_running (step->finder);
  gboolean is_none_here = !is_running && !step->is_in_network
                          && g_list_model_get_n_items (G_LIST_MODEL (step->finder)) == 0;
  g_autofree char *words = pl_finder_dup_words (step->finder);

  gtk_label_set_text (step->search_label,
                      is_none_here ? _ ("No Immich was found on this computer. It may be on "
                                        "another one in your network, or not be running yet.")
                                   : words);
  gtk_progress_bar_set_fraction (step->search_bar, pl_finder_get_progress (step->finder));
  gtk_revealer_set_reveal_child (step->search_revealer, is_running);
  gtk_widget_set_visible (GTK_WIDGET (step->stop_button), is_running);
  show_next_search (step, is_none_here && !pl_choice_list_has_choice (step->list));
}

static void
list_chosen_cb (PlWhereStep *step, gboolean by_hand)
{
  if (by_hand)
    pl_address_entry_clear (step->entry);
  choice_changed (step);
}

static void
list_row_activated_cb (PlWhereStep *step)
{
  g_signal_emit (step, signals[DONE], 0);
}

static void
entry_changed_cb (PlWhereStep *step)
{
  if (pl_address_entry_is_empty (step->entry))
    pl_choice_list_resume (step->list);
  else
    pl_choice_list_suspend (step->list);
  choice_changed (step);
}

static void
entry_done_cb (PlWhereStep *step)
{
  g_signal_emit (step, signals[DONE], 0);
}

static void
again_button_clicked_cb (PlWhereStep *step)
{
  pl_finder_clear (step->finder);
  search (step, FALSE);
}

static void
network_button_clicked_cb (PlWhereStep *step)
{
  search (step, TRUE);
}

static void
stop_button_clicked_cb (PlWhereStep *step)
{
  pl_finder_cancel (step->finder);
}

static void
demo_button_clicked_cb (PlWhereStep *step)
{
  pl_engine_set_demo (step->engine, TRUE);
  pl_address_entry_clear (step->entry);
  g_signal_emit (step, signals[DONE], 0);
}

static void
step_map_cb (PlWhereStep *step)
{
  if (step->was_shown)
    return;
  step->was_shown = TRUE;
  search (step, FALSE);
}

static void
step_unmap_cb (PlWhereStep *step)
{
  pl_finder_cancel (step->finder);
}

void
pl_where_step_set_engine (PlWhereStep *step, PlEngine *engine)
{
  g_return_if_fail (PL_IS_WHERE_STEP (step));

  step->engine = g_object_ref (engine);
  pl_address_entry_set_own_port (step->entry, pl_engine_get_port (engine));
  pl_choice_list_set_sources (step->list, engine, step->finder);
}

gboolean
pl_where_step_get_ready (PlWhereStep *step)
{
  g_return_val_if_fail (PL_IS_WHERE_STEP (step), FALSE);

  return pl_address_entry_is_empty (step->entry)
             ? pl_choice_list_has_choice (step->list)
             : pl_address_entry_get_finding (step->entry) != NULL;
}

static gboolean
use (PlWhereStep *step, PlFinding *finding, GError **error)
{
  const char *url = pl_finding_get_url (finding);
  const char *web_url = pl_finding_get_web_url (finding);

  if (web_url != NULL)
    return pl_engine_set_upstream_parts (step->engine, url, web_url, error);
  return pl_engine_set_upstream (step->engine, url, pl_finding_get_health_path (finding), error);
}

gboolean
pl_where_step_apply (PlWhereStep *step)
{
  PlFinding *finding = get_choice (step);
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (PL_IS_WHERE_STEP (step), FALSE);

  if (finding == NULL)
    return TRUE;
  if (use (step, finding, &error))
    return TRUE;
  gtk_label_set_text (step->fault_label, error->message);
  gtk_widget_show (GTK_WIDGET (step->fault_label));
  return FALSE;
}

static void
pl_where_step_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, pl_where_step_get_ready (PL_WHERE_STEP (object)));
}

static void
pl_where_step_dispose (GObject *object)
{
  PlWhereStep *step = PL_WHERE_STEP (object);

  g_clear_object (&step->finder);
  g_clear_object (&step->engine);
  G_OBJECT_CLASS (pl_where_step_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/where-step.ui");
  gtk_widget_class_bind_template_child (widget_class, PlWhereStep, search_label);
  gtk_widget_class_bind_template_child (widget_class, PlWhereStep, search_bar);
  gtk_widget_class_bind_template_child (widget_class, PlWhereStep, search_revealer);
  gtk_widget_class_bind_template_child (widget_class, PlWhereStep, stop_button);
  gtk_widget_class_bind_template_child (widget_class, PlWhereStep, list);
  gtk_widget_class_bind_template_child (widget_class, PlWhereStep, network_button);
  gtk_widget_class_bind_template_child (widget_class, PlWhereStep, entry);
  gtk_widget_class_bind_template_child (widget_class, PlWhereStep, fault_label);
  gtk_widget_class_bind_template_callback (widget_class, step_map_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_unmap_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, network_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, demo_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_done_cb);
}

static void
pl_where_step_class_init (PlWhereStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  g_type_ensure (PL_TYPE_ADDRESS_ENTRY);
  g_type_ensure (PL_TYPE_CHOICE_LIST);
  object_class->get_property = pl_where_step_get_property;
  object_class->dispose = pl_where_step_dispose;
  g_object_class_install_property (
      object_class, PROP_READY,
      g_param_spec_boolean ("ready", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  signals[DONE] = g_signal_new ("done", PL_TYPE_WHERE_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
pl_where_step_init (PlWhereStep *step)
{
  gtk_widget_init_template (GTK_WIDGET (step));

  step->finder = pl_finder_new ();
  g_signal_connect_object (step->finder, "notify::progress", G_CALLBACK (finder_notify_cb), step,
                           G_CONNECT_SWAPPED);
}
