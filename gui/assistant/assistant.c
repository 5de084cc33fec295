/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/assistant/assistant.h"

#include "app/i18n.h"
#include "gui/assistant/done_step.h"
#include "gui/assistant/encryption_step.h"
#include "gui/assistant/where_step.h"
#include "gui/assistant/who_step.h"

struct _PlAssistant
{
  GtkWindow parent_instance;

  GtkHeaderBar *header;
  GtkButton *skip_button;
  GtkButton *back_button;
  GtkButton *next_button;
  GtkStack *stack;
  PlWhereStep *where_step;
  PlWhoStep *who_step;
  PlEncryptionStep *encryption_step;
  PlDoneStep *done_step;

  PlEngine *engine;
};

enum
{
  ASK_INTERNET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const steps[] = { "where", "who", "encryption", "done" };

G_DEFINE_FINAL_TYPE (PlAssistant, pl_assistant, GTK_TYPE_WINDOW)

static guint
get_step (PlAssistant *assistant)
{
  const char *name = gtk_stack_get_visible_child_name (assistant->stack);
  guint step = 0;

  while (!g_str_equal (steps[step], name))
    step++;
  return step;
}

static void
show_buttons (PlAssistant *assistant)
{
  guint step = get_step (assistant);
  gboolean is_last = step + 1 == G_N_ELEMENTS (steps);
  /* Translators: how far one is: “Step 1 of 4” */
  g_autofree char *words
      = g_strdup_printf (_ ("Step %u of %u"), step + 1, (guint) G_N_ELEMENTS (steps));

  gtk_header_bar_set_subtitle (assistant->header, words);
  gtk_widget_set_visible (GTK_WIDGET (assistant->skip_button), step == 0);
  gtk_widget_set_visible (GTK_WIDGET (assistant->back_button), step > 0);
  gtk_button_set_label (assistant->next_button, is_last ? _ ("_Done") : _ ("_Next"));
  gtk_widget_set_sensitive (GTK_WIDGET (assistant->next_button),
                            step > 0 || pl_where_step_get_ready (assistant->where_step));
  gtk_widget_grab_default (GTK_WIDGET (assistant->next_button));
}

/* With the first thing there is to choose in focus; at the end, the way out. */
static void
go_to (PlAssistant *assistant, guint step)
{
  gtk_stack_set_visible_child_name (assistant->stack, steps[step]);
  show_buttons (assistant);
  if (step + 1 < G_N_ELEMENTS (steps))
    gtk_widget_child_focus (GTK_WIDGET (assistant->stack), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (GTK_WIDGET (assistant->next_button));
}

/* Chosen by asking: it is proposed until somebody says yes. */
static void
leave_who (PlAssistant *assistant)
{
  if (pl_who_step_wants_internet (assistant->who_step))
    {
      g_signal_emit (assistant, signals[ASK_INTERNET], 0);
      return;
    }
  pl_who_step_apply (assistant->who_step);
  go_to (assistant, 2);
}

static void
engine_notify_exposure_cb (PlAssistant *assistant)
{
  if (get_step (assistant) == 1
      && pl_engine_get_exposure (assistant->engine) == PL_EXPOSURE_INTERNET)
    leave_who (assistant);
}

static void
go_on (PlAssistant *assistant)
{
  switch (get_step (assistant))
    {
    case 0:
      if (pl_where_step_apply (assistant->where_step))
        go_to (assistant, 1);
      break;
    case 1:
      leave_who (assistant);
      break;
    case 2:
      if (pl_encryption_step_apply (assistant->encryption_step))
        go_to (assistant, 3);
      break;
    default:
      gtk_window_close (GTK_WINDOW (assistant));
    }
}

static void
next_button_clicked_cb (PlAssistant *assistant)
{
  go_on (assistant);
}

static void
back_button_clicked_cb (PlAssistant *assistant)
{
  go_to (assistant, get_step (assistant) - 1);
}

static void
skip_button_clicked_cb (PlAssistant *assistant)
{
  gtk_window_close (GTK_WINDOW (assistant));
}

static void
where_step_done_cb (PlAssistant *assistant)
{
  go_on (assistant);
}

static void
where_step_notify_ready_cb (PlAssistant *assistant)
{
  show_buttons (assistant);
}

/* What a trouble of the last step needs is elsewhere. */
static void
done_step_leave_cb (PlAssistant *assistant, int kind)
{
  if (kind == PL_REMEDY_CHANGE_IMMICH)
    go_to (assistant, 0);
  else
    gtk_window_close (GTK_WINDOW (assistant));
}

/* However it is left: who has seen it once is not shown it again unasked. */
static gboolean
assistant_delete_event_cb (PlAssistant *assistant)
{
  pl_engine_write_settings (assistant->engine);
  return GDK_EVENT_PROPAGATE;
}

static void
close_cb (PlAssistant *assistant)
{
  gtk_window_close (GTK_WINDOW (assistant));
}

/* Whoever is here again is not welcomed, and has nothing to skip. */
static void
show_change (PlAssistant *assistant)
{
  gtk_window_set_title (GTK_WINDOW (assistant), _ ("Choose Your Immich"));
  gtk_header_bar_set_title (assistant->header, _ ("Choose Your Immich"));
  gtk_button_set_label (assistant->skip_button, _ ("_Cancel"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (assistant->skip_button), NULL);
}

GtkWidget *
pl_assistant_new (PlEngine *engine, GtkWindow *parent)
{
  PlAssistant *assistant = g_object_new (PL_TYPE_ASSISTANT, "transient-for", parent, NULL);

  assistant->engine = g_object_ref (engine);
  /* The application's other windows have them by themselves. */
  gtk_widget_insert_action_group (GTK_WIDGET (assistant), "app",
                                  G_ACTION_GROUP (g_application_get_default ()));
  if (!pl_engine_is_first_start (engine))
    show_change (assistant);
  g_signal_connect_object (engine, "notify::exposure", G_CALLBACK (engine_notify_exposure_cb),
                           assistant, G_CONNECT_SWAPPED);
  pl_where_step_set_engine (assistant->where_step, engine);
  pl_who_step_set_engine (assistant->who_step, engine);
  pl_encryption_step_set_engine (assistant->encryption_step, engine);
  pl_done_step_set_engine (assistant->done_step, engine);
  show_buttons (assistant);
  return GTK_WIDGET (assistant);
}

static void
pl_assistant_dispose (GObject *object)
{
  g_clear_object (&PL_ASSISTANT (object)->engine);
  G_OBJECT_CLASS (pl_assistant_parent_class)->dispose (object);
}

static void
pl_assistant_class_init (PlAssistantClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_assistant_dispose;
  signals[ASK_INTERNET] = g_signal_new ("ask-internet", PL_TYPE_ASSISTANT, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (PL_TYPE_WHERE_STEP);
  g_type_ensure (PL_TYPE_WHO_STEP);
  g_type_ensure (PL_TYPE_ENCRYPTION_STEP);
  g_type_ensure (PL_TYPE_DONE_STEP);
  g_signal_new_class_handler ("close", PL_TYPE_ASSISTANT, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                              G_CALLBACK (close_cb), NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_binding_entry_add_signal (gtk_binding_set_by_class (klass), GDK_KEY_Escape, 0, "close", 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/assistant.ui");
  gtk_widget_class_bind_template_child (widget_class, PlAssistant, header);
  gtk_widget_class_bind_template_child (widget_class, PlAssistant, skip_button);
  gtk_widget_class_bind_template_child (widget_class, PlAssistant, back_button);
  gtk_widget_class_bind_template_child (widget_class, PlAssistant, next_button);
  gtk_widget_class_bind_template_child (widget_class, PlAssistant, stack);
  gtk_widget_class_bind_template_child (widget_class, PlAssistant, where_step);
  gtk_widget_class_bind_template_child (widget_class, PlAssistant, who_step);
  gtk_widget_class_bind_template_child (widget_class, PlAssistant, encryption_step);
  gtk_widget_class_bind_template_child (widget_class, PlAssistant, done_step);
  gtk_widget_class_bind_template_callback (widget_class, assistant_delete_event_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, skip_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, where_step_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_step_leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, where_step_notify_ready_cb);
}

static void
pl_assistant_init (PlAssistant *assistant)
{
  gtk_widget_init_template (GTK_WIDGET (assistant));
}
