/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/checkup/row.h"

#include "app/i18n.h"

struct _PlCheckRow
{
  GtkListBoxRow parent_instance;

  GtkStack *state_stack;
  GtkImage *state_image;
  GtkLabel *title_label;
  GtkLabel *words_label;
  GtkLabel *advice_label;
  GtkButton *remedy_button;

  PlCheckItem *item;
  guint place;
};

/* Shapes differ as well as colours. */
static const struct
{
  const char *icon;
  const char *style;
} looks[PL_CHECK_N_STATES] = {
  [PL_CHECK_PENDING] = { "content-loading-symbolic", "pl-check-idle" },
  [PL_CHECK_RUNNING] = { "content-loading-symbolic", "pl-check-idle" },
  [PL_CHECK_PASS] = { "emblem-ok-symbolic", "pl-check-pass" },
  [PL_CHECK_WARNING] = { "dialog-warning-symbolic", "pl-check-warning" },
  [PL_CHECK_FAULT] = { "dialog-error-symbolic", "pl-check-fault" },
  [PL_CHECK_SKIPPED] = { "list-remove-symbolic", "pl-check-idle" },
};

static const struct
{
  const char *label;
  const char *action;
  const char *page; /* its parameter; nullable */
} remedies[] = {
  [PL_CHECK_REMEDY_NONE] = { NULL, NULL, NULL },
  [PL_CHECK_REMEDY_IMMICH] = { N_ ("_Find Immich…"), "app.assistant", NULL },
  [PL_CHECK_REMEDY_OPEN] = { N_ ("_Open Immich"), "app.open-immich", NULL },
  [PL_CHECK_REMEDY_EXPOSURE] = { N_ ("_Who May Come In"), "app.show-page", "home" },
  [PL_CHECK_REMEDY_SETTINGS] = { N_ ("Open _Settings"), "app.show-page", "settings" },
};

G_DEFINE_FINAL_TYPE (PlCheckRow, pl_check_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
show_state (PlCheckRow *row, PlCheckState state)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (row));

  for (guint i = 0; i < PL_CHECK_N_STATES; i++)
    gtk_style_context_remove_class (style, looks[i].style);
  gtk_style_context_add_class (style, looks[state].style);
  gtk_image_set_from_icon_name (row->state_image, looks[state].icon, GTK_ICON_SIZE_MENU);
  gtk_stack_set_visible_child_name (row->state_stack,
                                    state == PL_CHECK_RUNNING ? "running" : "ended");
}

/* GTK warns as soon as action and parameter do not fit, even for a moment between two calls. */
static void
set_action (GtkActionable *button, const char *action, const char *page)
{
  gtk_actionable_set_action_name (button, NULL);
  gtk_actionable_set_action_target_value (button,
                                          page != NULL ? g_variant_new_string (page) : NULL);
  gtk_actionable_set_action_name (button, action);
}

static void
show_remedy (PlCheckRow *row, PlCheckRemedy remedy)
{
  gtk_widget_set_visible (GTK_WIDGET (row->remedy_button), remedy != PL_CHECK_REMEDY_NONE);
  if (remedy == PL_CHECK_REMEDY_NONE)
    return;
  gtk_button_set_label (row->remedy_button, _ (remedies[remedy].label));
  set_action (GTK_ACTIONABLE (row->remedy_button), remedies[remedy].action, remedies[remedy].page);
}

/* Who hears the list hears the state first. */
static void
tell_screen_readers (PlCheckRow *row)
{
  PlCheckState state = pl_check_item_get_state (row->item);
  const char *words = pl_check_item_get_words (row->item);
  /* Translators: how a check ended, then what was checked */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), pl_check_state_get_words (state),
                                           pl_check_item_get_title (row->item));
  AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (row));

  atk_object_set_name (accessible, name);
  atk_object_set_description (accessible, words != NULL ? words : "");
}

static void
item_changed_cb (PlCheckRow *row)
{
  show_state (row, pl_check_item_get_state (row->item));
  show_text (row->words_label, pl_check_item_get_words (row->item));
  show_text (row->advice_label, pl_check_item_get_advice (row->item));
  show_remedy (row, pl_check_item_get_remedy (row->item));
  tell_screen_readers (row);
}

int
pl_check_row_compare_places (PlCheckRow *a, PlCheckRow *b)
{
  return a->place < b->place ? -1 : a->place > b->place;
}

static int
get_rank (PlCheckRow *row)
{
  switch (pl_check_item_get_state (row->item))
    {
    case PL_CHECK_FAULT:
      return 0;
    case PL_CHECK_WARNING:
      return 1;
    case PL_CHECK_PENDING:
    case PL_CHECK_RUNNING:
    case PL_CHECK_PASS:
    case PL_CHECK_SKIPPED:
    case PL_CHECK_N_STATES:
      return 2;
    }
  g_return_val_if_reached (2);
}

int
pl_check_row_compare_findings (PlCheckRow *a, PlCheckRow *b)
{
  int difference = get_rank (a) - get_rank (b);

  return difference != 0 ? difference : pl_check_row_compare_places (a, b);
}

GtkWidget *
pl_check_row_new (PlCheckItem *item, guint place)
{
  PlCheckRow *row = g_object_new (PL_TYPE_CHECK_ROW, NULL);

  row->item = g_object_ref (item);
  row->place = place;
  gtk_label_set_text (row->title_label, pl_check_item_get_title (item));
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), row, G_CONNECT_SWAPPED);
  item_changed_cb (row);
  return GTK_WIDGET (row);
}

static void
pl_check_row_finalize (GObject *object)
{
  PlCheckRow *row = PL_CHECK_ROW (object);

  g_clear_object (&row->item);
  G_OBJECT_CLASS (pl_check_row_parent_class)->finalize (object);
}

static void
pl_check_row_class_init (PlCheckRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pl_check_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlCheckRow, state_stack);
  gtk_widget_class_bind_template_child (widget_class, PlCheckRow, state_image);
  gtk_widget_class_bind_template_child (widget_class, PlCheckRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, PlCheckRow, words_label);
  gtk_widget_class_bind_template_child (widget_class, PlCheckRow, advice_label);
  gtk_widget_class_bind_template_child (widget_class, PlCheckRow, remedy_button);
}

static void
pl_check_row_init (PlCheckRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}
