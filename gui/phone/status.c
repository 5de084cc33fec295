/* SPDX-License-Identifier: GPL-3.0-or-later */

/* That nothing came for too long, or that trouble is old, is told by nobody, so the watch is looked
 * at every second while it can be seen. */

#include "gui/phone/status.h"

#include "app/i18n.h"
#include "app/model/address_kind.h"
#include "gui/encryption/trust_dialog.h"

#define REFRESH_S 1

struct _PlPhoneStatus
{
  GtkBox parent_instance;

  GtkWidget *spinner;
  GtkWidget *image;
  GtkLabel *words_label;
  GtkWidget *trust_button;

  PlEngine *engine;
  PlPhoneSight sight;
  guint refresh_source;
};

enum
{
  SIGHT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlPhoneStatus, pl_phone_status, GTK_TYPE_BOX)

static void
trust_button_clicked_cb (PlPhoneStatus *status)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (status));

  pl_trust_dialog_show (GTK_WINDOW (window), status->engine);
}

static const char *
get_icon_name (PlPhoneSight sight)
{
  if (sight == PL_PHONE_ARRIVED)
    return "emblem-ok-symbolic";
  return sight == PL_PHONE_UNSEEN || sight == PL_PHONE_HALFWAY ? "dialog-question-symbolic"
                                                               : "dialog-warning-symbolic";
}

static void
set_class (GtkWidget *widget, const char *name, gboolean has_it)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);

  if (has_it)
    gtk_style_context_add_class (style, name);
  else
    gtk_style_context_remove_class (style, name);
}

static void
show_icon (PlPhoneStatus *status, PlPhoneSight sight)
{
  gboolean is_here = sight == PL_PHONE_ARRIVED;

  gtk_widget_set_visible (status->spinner, sight == PL_PHONE_AWAITED);
  gtk_widget_set_visible (status->image, sight != PL_PHONE_AWAITED);
  gtk_image_set_from_icon_name (GTK_IMAGE (status->image), get_icon_name (sight),
                                GTK_ICON_SIZE_MENU);
  set_class (status->image, "pl-good", is_here);
  set_class (status->image, "pl-warning", !is_here);
  set_class (GTK_WIDGET (status->words_label), "pl-good", is_here);
  set_class (GTK_WIDGET (status->words_label), "pl-strong", is_here);
}

/* Only this computer's own authority is one that devices have to be told of. */
static gboolean
is_about_trust (PlPhoneStatus *status, PlPhoneSight sight)
{
  g_autofree char *url = pl_engine_dup_trust_url (status->engine);

  return (sight == PL_PHONE_UNTRUSTING || sight == PL_PHONE_NO_ENCRYPTION) && url != NULL;
}

static gboolean
uses_local_name (PlPhoneStatus *status)
{
  const char *address = pl_engine_get_home_address (status->engine);

  return address != NULL && pl_address_kind_of_url (address) == PL_ADDRESS_LOCAL_NAME;
}

/* Where nothing comes, what is known of this computer is the best guess. */
static char *
dup_words (PlPhoneStatus *status, PlPhoneSight sight, gint64 now_us)
{
  g_autofree char *seen
      = pl_phone_watch_dup_words (pl_engine_get_phone_watch (status->engine), now_us);
  const char *firewall = pl_engine_get_firewall_words (status->engine);
  g_autoptr (GString) words = g_string_new (seen);

  if (sight == PL_PHONE_UNSEEN && uses_local_name (status))
    g_string_append_printf (words, "\n%s",
                            _ ("An older Android finds no address that ends in .local: use the one "
                               "with numbers there."));
  if (sight == PL_PHONE_UNSEEN && firewall != NULL)
    g_string_append_printf (words, "\n%s", firewall);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
refresh (PlPhoneStatus *status)
{
  PlPhoneWatch *watch = pl_engine_get_phone_watch (status->engine);
  gint64 now_us = g_get_real_time ();
  PlPhoneSight sight = pl_phone_watch_get_sight (watch, now_us);
  g_autofree char *words = dup_words (status, sight, now_us);
  gboolean is_changed = sight != status->sight;

  gtk_label_set_text (status->words_label, words);
  gtk_widget_set_visible (status->trust_button, is_about_trust (status, sight));
  if (!is_changed)
    return;
  status->sight = sight;
  show_icon (status, sight);
  gtk_widget_set_visible (GTK_WIDGET (status), sight != PL_PHONE_IDLE);
  g_signal_emit (status, signals[SIGHT_CHANGED], 0);
}

static gboolean
refresh_cb (gpointer status)
{
  refresh (status);
  return G_SOURCE_CONTINUE;
}

void
pl_phone_status_set_engine (PlPhoneStatus *status, PlEngine *engine)
{
  status->engine = g_object_ref (engine);
  g_signal_connect_object (pl_engine_get_phone_watch (engine), "changed", G_CALLBACK (refresh),
                           status, G_CONNECT_SWAPPED);
  g_signal_connect_object (pl_engine_get_devices (engine), "renamed", G_CALLBACK (refresh), status,
                           G_CONNECT_SWAPPED);
  refresh (status);
}

PlPhoneSight
pl_phone_status_get_sight (PlPhoneStatus *status)
{
  return status->sight;
}

static void
pl_phone_status_map (GtkWidget *widget)
{
  PlPhoneStatus *status = PL_PHONE_STATUS (widget);

  status->refresh_source = g_timeout_add_seconds (REFRESH_S, refresh_cb, status);
  GTK_WIDGET_CLASS (pl_phone_status_parent_class)->map (widget);
}

static void
pl_phone_status_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PL_PHONE_STATUS (widget)->refresh_source, g_source_remove);
  GTK_WIDGET_CLASS (pl_phone_status_parent_class)->unmap (widget);
}

static void
pl_phone_status_dispose (GObject *object)
{
  PlPhoneStatus *status = PL_PHONE_STATUS (object);

  g_clear_handle_id (&status->refresh_source, g_source_remove);
  g_clear_object (&status->engine);
  G_OBJECT_CLASS (pl_phone_status_parent_class)->dispose (object);
}

static void
pl_phone_status_class_init (PlPhoneStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_phone_status_dispose;
  widget_class->map = pl_phone_status_map;
  widget_class->unmap = pl_phone_status_unmap;
  signals[SIGHT_CHANGED] = g_signal_new ("sight-changed", PL_TYPE_PHONE_STATUS, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/phone-status.ui");
  gtk_widget_class_bind_template_child (widget_class, PlPhoneStatus, spinner);
  gtk_widget_class_bind_template_child (widget_class, PlPhoneStatus, image);
  gtk_widget_class_bind_template_child (widget_class, PlPhoneStatus, words_label);
  gtk_widget_class_bind_template_child (widget_class, PlPhoneStatus, trust_button);
  gtk_widget_class_bind_template_callback (widget_class, trust_button_clicked_cb);
}

static void
pl_phone_status_init (PlPhoneStatus *status)
{
  gtk_widget_init_template (GTK_WIDGET (status));
}
