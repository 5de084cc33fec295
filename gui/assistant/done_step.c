/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/assistant/done_step.h"

#include "app/i18n.h"
#include "gui/encryption/internet_words.h"
#include "gui/kit/copy_button.h"
#include "gui/kit/qr.h"
#include "gui/phone/status.h"
#include "gui/trouble/firewall_note.h"
#include "gui/trouble/remedy.h"

struct _PlDoneStep
{
  GtkBin parent_instance;

  GtkLabel *headline_label;
  GtkLabel *explanation_label;
  GtkStack *stack;
  GtkLabel *address_label;
  PlCopyButton *copy_button;
  PlQr *qr;
  PlPhoneStatus *phone_status;
  GtkLabel *closed_label;
  GtkLabel *home_label;
  PlCopyButton *home_copy_button;
  GtkContainer *remedy_box;
  PlFirewallNote *firewall_note;

  PlEngine *engine;
  gboolean was_seen; /* a phone has been waited for here before */
};

enum
{
  LEAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlDoneStep, pl_done_step, GTK_TYPE_BIN)

/* A certificate by this computer's own authority is refused until the phone was told. */
static const char *
get_open_words (PlEngine *engine)
{
  if (pl_engine_is_certificate_awaited (engine))
    return _ (
        "The authority on the internet is asked for a certificate now: how that goes shows on "
        "Home. Once it is there, use the name it is for. Until then, at home, this address "
        "with http:// does.");
  if (pl_engine_get_fingerprint (engine) != NULL)
    return _ ("A phone that trusts this computer uses this address; how it is told to is under "
              "Encryption in Settings. Until then the same address with http:// does. The phone "
              "must be in the same network.");
  return _ ("Scan this with the phone’s camera, or type the address into the Immich app as its "
            "server. The phone must be in the same network.");
}

static void
show_open (PlDoneStep *step, const char *address)
{
  gtk_label_set_text (step->headline_label, _ ("Now take your phone"));
  gtk_label_set_text (step->explanation_label, get_open_words (step->engine));
  gtk_label_set_text (step->address_label, address);
  pl_copy_button_set_text (step->copy_button, address);
  pl_qr_set_text (step->qr, address);
  gtk_stack_set_visible_child_name (step->stack, "open");
}

/* Where the internet may come in the headline says whether somebody from there was seen; the
 * address of the house is none for outside, so there is no code of it. */
static void
show_internet (PlDoneStep *step, const char *address)
{
  g_autofree char *router = g_strdup_printf (
      _ ("Your router must pass port %u on to this computer: whether it does shows when somebody "
         "outside comes in."),
      pl_engine_get_port (step->engine));
  g_autofree char *words = g_strconcat (router, " ", pl_internet_words_get (step->engine), NULL);

  gtk_label_set_text (step->headline_label, pl_engine_get_state_words (step->engine));
  gtk_label_set_text (step->explanation_label, words);
  gtk_label_set_text (step->home_label, address);
  pl_copy_button_set_text (step->home_copy_button, address);
  gtk_stack_set_visible_child_name (step->stack, "internet");
}

/* What will stand here, and how to make it appear. */
static const char *
get_hint (PlEngine *engine)
{
  if (pl_engine_get_exposure (engine) == PL_EXPOSURE_COMPUTER)
    return _ ("Your photos can be reached from this computer. To let your phone in, go back to "
              "“Who may come in?” and choose “My network”.");
  return _ ("As soon as this computer is in a network, the address for your phone appears here.");
}

static void
show_closed (PlDoneStep *step)
{
  gtk_label_set_text (step->headline_label, _ ("You are done"));
  gtk_label_set_text (step->explanation_label, get_hint (step->engine));
  gtk_label_set_text (step->closed_label, pl_engine_get_local_url (step->engine));
  gtk_stack_set_visible_child_name (step->stack, "closed");
}

/* Buttons hold the number of their remedy. */
#define NUMBER "pl-remedy"

static void
remedy_button_clicked_cb (PlDoneStep *step, GtkButton *button)
{
  PlTrouble *trouble = pl_engine_get_trouble (step->engine);
  guint number = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), NUMBER));

  if (trouble == NULL || number >= pl_trouble_get_n_remedies (trouble))
    return;

  const PlRemedy *remedy = pl_trouble_get_remedy (trouble, number);
  PlRemedyKind kind = remedy->kind;
  pl_remedy_apply (step->engine, remedy);
  switch (kind)
    {
    case PL_REMEDY_CHOOSE_PORT:
    case PL_REMEDY_OPEN_SETTINGS:
    case PL_REMEDY_CHANGE_IMMICH:
      g_signal_emit (step, signals[LEAVE], 0, kind);
      break;
    case PL_REMEDY_OPEN_IMMICH:
    case PL_REMEDY_USE_PORT:
    case PL_REMEDY_RETRY:
    case PL_REMEDY_RESTORE_SETTINGS:
      break;
    }
}

static void
fill_remedies (PlDoneStep *step, PlTrouble *trouble)
{
  g_autoptr (GList) old = gtk_container_get_children (step->remedy_box);

  for (GList *button = old; button != NULL; button = button->next)
    gtk_widget_destroy (button->data);
  for (guint i = 0; i < pl_trouble_get_n_remedies (trouble); i++)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (pl_trouble_get_remedy (trouble, i)->label);
      g_object_set_data (G_OBJECT (button), NUMBER, GUINT_TO_POINTER (i));
      g_signal_connect_object (button, "clicked", G_CALLBACK (remedy_button_clicked_cb), step,
                               G_CONNECT_SWAPPED);
      gtk_widget_show (button);
      gtk_container_add (step->remedy_box, button);
    }
}

static void
show_trouble (PlDoneStep *step, PlTrouble *trouble)
{
  fill_remedies (step, trouble);
  gtk_label_set_text (step->headline_label, _ ("Something is in the way"));
  gtk_label_set_text (step->explanation_label, pl_trouble_get_words (trouble));
  gtk_stack_set_visible_child_name (step->stack, "trouble");
}

/* Who is let in shows: only then is a phone waited for. */
static gboolean
is_open (PlDoneStep *step)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (step->stack), "open") == 0;
}

/* Now the phone is taken; who goes back and comes again need not connect it anew. */
static void
wait_for_phone (PlDoneStep *step)
{
  PlPhoneWatch *watch = pl_engine_get_phone_watch (step->engine);
  gint64 now_us = g_get_real_time ();

  if (!step->was_seen || pl_phone_watch_get_sight (watch, now_us) != PL_PHONE_ARRIVED)
    pl_phone_watch_begin (watch, now_us);
  step->was_seen = TRUE;
}

static void
show_state (PlDoneStep *step)
{
  const char *address = pl_engine_get_addresses (step->engine)[0];
  PlTrouble *trouble = pl_engine_get_trouble (step->engine);

  if (trouble != NULL && (address == NULL || pl_trouble_is_fault (trouble)))
    show_trouble (step, trouble);
  else if (address != NULL && pl_engine_get_exposure (step->engine) == PL_EXPOSURE_INTERNET)
    show_internet (step, address);
  else if (address != NULL)
    show_open (step, address);
  else
    show_closed (step);
}

static void
engine_changed_cb (PlDoneStep *step)
{
  gboolean was_open = is_open (step);

  show_state (step);
  if (!was_open && is_open (step) && gtk_widget_get_mapped (GTK_WIDGET (step)))
    wait_for_phone (step);
}

void
pl_done_step_set_engine (PlDoneStep *step, PlEngine *engine)
{
  static const char *const properties[]
      = { "notify::addresses", "notify::trouble", "notify::exposure", "notify::state-words",
          "notify::encryption-words" };

  g_return_if_fail (PL_IS_DONE_STEP (step));

  step->engine = g_object_ref (engine);
  pl_firewall_note_set_engine (step->firewall_note, engine);
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    g_signal_connect_object (engine, properties[i], G_CALLBACK (engine_changed_cb), step,
                             G_CONNECT_SWAPPED);
  pl_phone_status_set_engine (step->phone_status, engine);
  engine_changed_cb (step);
}

static void
pl_done_step_map (GtkWidget *widget)
{
  PlDoneStep *step = PL_DONE_STEP (widget);

  GTK_WIDGET_CLASS (pl_done_step_parent_class)->map (widget);
  if (is_open (step))
    wait_for_phone (step);
}

static void
pl_done_step_dispose (GObject *object)
{
  g_clear_object (&PL_DONE_STEP (object)->engine);
  G_OBJECT_CLASS (pl_done_step_parent_class)->dispose (object);
}

static void
pl_done_step_class_init (PlDoneStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_done_step_dispose;
  widget_class->map = pl_done_step_map;
  signals[LEAVE] = g_signal_new ("leave", PL_TYPE_DONE_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT);
  g_type_ensure (PL_TYPE_COPY_BUTTON);
  g_type_ensure (PL_TYPE_QR);
  g_type_ensure (PL_TYPE_FIREWALL_NOTE);
  g_type_ensure (PL_TYPE_PHONE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/done-step.ui");
  gtk_widget_class_bind_template_child (widget_class, PlDoneStep, firewall_note);
  gtk_widget_class_bind_template_child (widget_class, PlDoneStep, headline_label);
  gtk_widget_class_bind_template_child (widget_class, PlDoneStep, explanation_label);
  gtk_widget_class_bind_template_child (widget_class, PlDoneStep, stack);
  gtk_widget_class_bind_template_child (widget_class, PlDoneStep, address_label);
  gtk_widget_class_bind_template_child (widget_class, PlDoneStep, copy_button);
  gtk_widget_class_bind_template_child (widget_class, PlDoneStep, qr);
  gtk_widget_class_bind_template_child (widget_class, PlDoneStep, phone_status);
  gtk_widget_class_bind_template_child (widget_class, PlDoneStep, closed_label);
  gtk_widget_class_bind_template_child (widget_class, PlDoneStep, home_label);
  gtk_widget_class_bind_template_child (widget_class, PlDoneStep, home_copy_button);
  gtk_widget_class_bind_template_child (widget_class, PlDoneStep, remedy_box);
}

static void
pl_done_step_init (PlDoneStep *step)
{
  gtk_widget_init_template (GTK_WIDGET (step));
}
