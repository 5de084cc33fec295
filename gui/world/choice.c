/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/world/choice.h"

struct _PlWorldChoice
{
  GtkBox parent_instance;

  GtkToggleButton *links_radio;
  GtkToggleButton *everything_radio;

  gboolean is_filling;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlWorldChoice, pl_world_choice, GTK_TYPE_BOX)

/* Of two radio buttons one is let go of and one pressed: the latter is the choice. */
static void
radio_toggled_cb (PlWorldChoice *choice, GtkToggleButton *radio)
{
  if (!choice->is_filling && gtk_toggle_button_get_active (radio))
    g_signal_emit (choice, signals[CHOSEN], 0);
}

PlDoorRule
pl_world_choice_get (PlWorldChoice *choice)
{
  g_return_val_if_fail (PL_IS_WORLD_CHOICE (choice), PL_DOOR_LINKS);

  return gtk_toggle_button_get_active (choice->everything_radio) ? PL_DOOR_EVERYTHING
                                                                 : PL_DOOR_LINKS;
}

void
pl_world_choice_set (PlWorldChoice *choice, PlDoorRule sees)
{
  g_return_if_fail (PL_IS_WORLD_CHOICE (choice));

  choice->is_filling = TRUE;
  gtk_toggle_button_set_active (
      sees == PL_DOOR_EVERYTHING ? choice->everything_radio : choice->links_radio, TRUE);
  choice->is_filling = FALSE;
}

static void
pl_world_choice_class_init (PlWorldChoiceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHOSEN] = g_signal_new ("chosen", PL_TYPE_WORLD_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/world-choice.ui");
  gtk_widget_class_bind_template_child (widget_class, PlWorldChoice, links_radio);
  gtk_widget_class_bind_template_child (widget_class, PlWorldChoice, everything_radio);
  gtk_widget_class_bind_template_callback (widget_class, radio_toggled_cb);
}

static void
pl_world_choice_init (PlWorldChoice *choice)
{
  gtk_widget_init_template (GTK_WIDGET (choice));
}
