/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the app calls its own settings is as its English has it. */

#include "gui/home/connect_steps.h"

#include "app/i18n.h"
#include "gui/kit/expander.h"

struct _PlConnectSteps
{
  GtkExpander parent_instance;

  GtkLabel *home_label;
  GtkLabel *outside_label;

  PlEngine *engine;
};

G_DEFINE_FINAL_TYPE (PlConnectSteps, pl_connect_steps, GTK_TYPE_EXPANDER)

/* Without an address for outside, how one comes about. */
static char *
dup_outside_words (PlEngine *engine)
{
  const char *outside = pl_engine_get_outside_address (engine);

  if (outside != NULL)
    /* Translators: “External network” and “Add endpoint” as the Immich app has them; an address */
    return g_markup_printf_escaped (_ ("<b>External network</b> › <b>Add endpoint</b>: %s"),
                                    outside);
  if (pl_engine_get_exposure (engine) == PL_EXPOSURE_INTERNET
      && pl_engine_get_world (engine) == PL_DOOR_LINKS)
    return g_strdup (_ ("<b>External network</b>: leave it empty. The internet sees only what you "
                        "shared by link, so the app cannot log in from there. Tailscale on this "
                        "computer and the phone lets it."));
  if (pl_engine_get_exposure (engine) == PL_EXPOSURE_INTERNET)
    return g_strdup (_ ("<b>External network</b> › <b>Add endpoint</b>: the name that leads to "
                        "your router. Give it to Porchlight under Encryption in Settings, and it "
                        "stands here."));
  return g_strdup (
      _ ("<b>External network</b>: nobody outside can come in yet. Choose The internet "
         "above, or run Tailscale on this computer and the phone, and the address "
         "stands here."));
}

static void
engine_changed_cb (PlConnectSteps *steps)
{
  const char *home = pl_engine_get_home_address (steps->engine);
  const char *best = pl_engine_get_addresses (steps->engine)[0];
  const char *address = home != NULL ? home : best;
  /* Translators: words in bold as the Immich app has them; an address */
  g_autofree char *home_words = g_markup_printf_escaped (
      _ ("<b>Local network</b>: the name of your Wi-Fi, and as <b>Server endpoint</b> %s"),
      address != NULL ? address : "");
  g_autofree char *outside_words = dup_outside_words (steps->engine);

  gtk_label_set_markup (steps->home_label, home_words);
  gtk_label_set_markup (steps->outside_label, outside_words);
}

void
pl_connect_steps_set_engine (PlConnectSteps *steps, PlEngine *engine)
{
  steps->engine = g_object_ref (engine);
  gtk_expander_set_label (GTK_EXPANDER (steps), _ ("One address at home, another outside"));
  g_signal_connect_object (engine, "notify::addresses", G_CALLBACK (engine_changed_cb), steps,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::exposure", G_CALLBACK (engine_changed_cb), steps,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::state-words", G_CALLBACK (engine_changed_cb), steps,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (engine_changed_cb), steps,
                           G_CONNECT_SWAPPED);
  engine_changed_cb (steps);
}

static void
pl_connect_steps_dispose (GObject *object)
{
  g_clear_object (&PL_CONNECT_STEPS (object)->engine);
  G_OBJECT_CLASS (pl_connect_steps_parent_class)->dispose (object);
}

static void
pl_connect_steps_class_init (PlConnectStepsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_connect_steps_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/connect-steps.ui");
  gtk_widget_class_bind_template_child (widget_class, PlConnectSteps, home_label);
  gtk_widget_class_bind_template_child (widget_class, PlConnectSteps, outside_label);
}

static void
pl_connect_steps_init (PlConnectSteps *steps)
{
  gtk_widget_init_template (GTK_WIDGET (steps));
  pl_expander_arrange (GTK_EXPANDER (steps));
}
