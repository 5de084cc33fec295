/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The question comes until somebody has agreed once: a question that always comes is not read. */

#include "gui/window/internet_dialog.h"

#include "app/i18n.h"
#include "app/opening/words.h"
#include "gui/encryption/internet_words.h"
#include "gui/window/memory.h"
#include "gui/world/choice.h"

struct _PlInternetDialog
{
  GtkMessageDialog parent_instance;

  PlWorldChoice *choice;
  GtkLabel *words_label;

  PlEngine *engine;
  gint64 until_s; /* 0: for good */
};

enum
{
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlInternetDialog, pl_internet_dialog, GTK_TYPE_MESSAGE_DIALOG)

/* What hinders it is told as trouble; but that while may be over by the time of the answer. */
static void
let_in (PlInternetDialog *dialog)
{
  PlWelcome welcome = { PL_EXPOSURE_INTERNET, pl_world_choice_get (dialog->choice) };
  g_autoptr (GError) error = NULL;

  if (dialog->until_s == 0)
    pl_engine_let_internet_in (dialog->engine, welcome.world);
  else if (!pl_engine_open_until (dialog->engine, &welcome, dialog->until_s, &error))
    g_signal_emit (dialog, signals[REFUSED], 0, error->message);
}

static void
dialog_response_cb (PlInternetDialog *dialog, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      pl_memory_set_told ("internet");
      let_in (dialog);
    }
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

/* Returns: (transfer full): until when; empty: for good */
static char *
dup_until (PlInternetDialog *dialog)
{
  g_autofree char *until = NULL;

  if (dialog->until_s == 0)
    return g_strdup ("");
  until = pl_opening_dup_until (dialog->until_s, g_get_real_time () / G_USEC_PER_SEC);
  /* Translators: a time, or a day and a time */
  return g_strdup_printf (_ ("\n\nUntil %s; then all is as it is now."), until);
}

static void
show_words (PlInternetDialog *dialog)
{
  g_autofree char *until = dup_until (dialog);
  g_autofree char *words = g_strdup_printf (
      "%s\n\n%s%s", pl_internet_words_get_of (dialog->engine, pl_world_choice_get (dialog->choice)),
      _ ("Your router must also send the port on to this computer; Porchlight does not change your "
         "router."),
      until);

  gtk_label_set_text (dialog->words_label, words);
}

gboolean
pl_internet_dialog_was_agreed (void)
{
  return pl_memory_was_told ("internet");
}

gboolean
pl_internet_dialog_is_due (PlEngine *engine)
{
  return !pl_internet_dialog_was_agreed () || !pl_world_is_chosen (pl_engine_get_settings (engine));
}

PlInternetDialog *
pl_internet_dialog_show_until (GtkWindow *parent, PlEngine *engine, PlDoorRule sees, gint64 until_s)
{
  PlInternetDialog *dialog = g_object_new (PL_TYPE_INTERNET_DIALOG, "transient-for", parent, NULL);

  dialog->engine = g_object_ref (engine);
  dialog->until_s = until_s;
  pl_world_choice_set (dialog->choice, sees);
  show_words (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

void
pl_internet_dialog_show (GtkWindow *parent, PlEngine *engine)
{
  gboolean is_chosen = pl_world_is_chosen (pl_engine_get_settings (engine));

  pl_internet_dialog_show_until (parent, engine,
                                 is_chosen ? pl_engine_get_world (engine) : PL_DOOR_LINKS, 0);
}

static void
pl_internet_dialog_dispose (GObject *object)
{
  g_clear_object (&PL_INTERNET_DIALOG (object)->engine);
  G_OBJECT_CLASS (pl_internet_dialog_parent_class)->dispose (object);
}

static void
pl_internet_dialog_class_init (PlInternetDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_internet_dialog_dispose;
  signals[REFUSED] = g_signal_new ("refused", PL_TYPE_INTERNET_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (PL_TYPE_WORLD_CHOICE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/porchlight/ui/internet-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlInternetDialog, choice);
  gtk_widget_class_bind_template_child (widget_class, PlInternetDialog, words_label);
  gtk_widget_class_bind_template_callback (widget_class, dialog_response_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_words);
}

static void
pl_internet_dialog_init (PlInternetDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}
