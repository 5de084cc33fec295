/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In a house where no other device was ever seen the first one is waited for without being asked;
 * elsewhere devices come and go, and whoever connects another one says so. */

#include "gui/home/connect.h"

#include "app/i18n.h"
#include "gui/home/addresses.h"
#include "gui/home/connect_steps.h"
#include "gui/home/rename_popover.h"
#include "gui/kit/fit.h"
#include "gui/phone/status.h"

/* In width-chars: in less, the buttons are below each other. */
#define ONE_LINE_FROM_CHARS 64

struct _PlConnect
{
  GtkBox parent_instance;

  GtkWidget *open_button;
  GtkWidget *addresses;
  GtkWidget *network_button;
  GtkWidget *phone_box;
  GtkWidget *status;
  GtkWidget *button_box;
  GtkWidget *rename_button;
  GtkWidget *begin_button;
  GtkWidget *stop_button;
  GtkWidget *steps;

  PlEngine *engine;
};

G_DEFINE_FINAL_TYPE (PlConnect, pl_connect, GTK_TYPE_BOX)

static PlPhoneWatch *
get_watch (PlConnect *connect)
{
  return pl_engine_get_phone_watch (connect->engine);
}

static gboolean
has_other_devices (PlConnect *connect)
{
  return pl_device_list_get_n_others_since (pl_engine_get_devices (connect->engine), 0) > 0;
}

static gboolean
can_come_in (PlConnect *connect)
{
  return pl_engine_get_addresses (connect->engine)[0] != NULL;
}

/* What can be done */

static void
begin_button_clicked_cb (PlConnect *connect)
{
  pl_phone_watch_begin (get_watch (connect), g_get_real_time ());
}

static void
stop_button_clicked_cb (PlConnect *connect)
{
  pl_phone_watch_rest (get_watch (connect));
}

static void
rename_button_clicked_cb (PlConnect *connect)
{
  PlDeviceItem *phone = pl_phone_watch_get_phone (get_watch (connect));

  if (phone != NULL)
    pl_rename_popover_ask (connect->rename_button, pl_engine_get_devices (connect->engine), phone);
}

/* What is shown */

static gboolean
is_waiting (PlPhoneSight sight)
{
  return sight == PL_PHONE_AWAITED || sight == PL_PHONE_UNSEEN || sight == PL_PHONE_SHUT_OUT
         || sight == PL_PHONE_HALFWAY;
}

static gboolean
has_got_to_immich (PlPhoneSight sight)
{
  return sight == PL_PHONE_ARRIVED || sight == PL_PHONE_LOGIN_REFUSED
         || sight == PL_PHONE_LOGIN_WAITS;
}

static void
sight_changed_cb (PlConnect *connect)
{
  PlPhoneSight sight = pl_phone_status_get_sight (PL_PHONE_STATUS (connect->status));
  gboolean is_here = has_got_to_immich (sight);
  gboolean is_done_with = is_here || sight == PL_PHONE_SENT_AWAY;

  gtk_widget_set_visible (connect->rename_button, is_here);
  gtk_widget_set_visible (connect->begin_button, is_done_with || sight == PL_PHONE_IDLE);
  gtk_widget_set_visible (connect->stop_button, is_waiting (sight));
  gtk_button_set_label (GTK_BUTTON (connect->begin_button),
                        is_done_with || has_other_devices (connect) ? _ ("Connect _Another Phone")
                                                                    : _ ("_Wait for a Phone"));
}

static void
begin_by_itself (PlConnect *connect)
{
  PlPhoneSight sight = pl_phone_watch_get_sight (get_watch (connect), g_get_real_time ());

  if (can_come_in (connect) && !has_other_devices (connect)
      && (sight == PL_PHONE_IDLE || is_waiting (sight)))
    pl_phone_watch_begin (get_watch (connect), g_get_real_time ());
}

static void
engine_changed_cb (PlConnect *connect)
{
  gboolean was_open = gtk_widget_get_visible (connect->phone_box);
  gboolean is_open = can_come_in (connect);
  gboolean is_paused = pl_engine_get_paused (connect->engine);

  gtk_widget_set_visible (connect->open_button,
                          is_open || pl_engine_get_lamp (connect->engine) == PL_LAMP_COMPUTER);
  gtk_widget_set_visible (connect->network_button,
                          !is_open && !is_paused
                              && pl_engine_get_exposure (connect->engine) == PL_EXPOSURE_COMPUTER);
  gtk_widget_set_visible (connect->phone_box, is_open);
  if (is_open && !was_open && gtk_widget_get_mapped (GTK_WIDGET (connect)))
    begin_by_itself (connect);
  if (!is_open && was_open)
    pl_phone_watch_rest (get_watch (connect));
}

static void
fit (gpointer user_data, int width_chars)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (PL_CONNECT (user_data)->button_box),
                                  width_chars < ONE_LINE_FROM_CHARS ? GTK_ORIENTATION_VERTICAL
                                                                    : GTK_ORIENTATION_HORIZONTAL);
}

void
pl_connect_set_engine (PlConnect *connect, PlEngine *engine)
{
  static const char *const properties[]
      = { "notify::addresses", "notify::lamp", "notify::paused", "notify::exposure" };

  connect->engine = g_object_ref (engine);
  pl_addresses_set_engine (PL_ADDRESSES (connect->addresses), engine);
  pl_connect_steps_set_engine (PL_CONNECT_STEPS (connect->steps), engine);
  pl_phone_status_set_engine (PL_PHONE_STATUS (connect->status), engine);
  g_signal_connect_object (connect->status, "sight-changed", G_CALLBACK (sight_changed_cb), connect,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    g_signal_connect_object (engine, properties[i], G_CALLBACK (engine_changed_cb), connect,
                             G_CONNECT_SWAPPED);
  engine_changed_cb (connect);
  sight_changed_cb (connect);
}

/* Who comes back to the window takes up the phone now. */
static void
pl_connect_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pl_connect_parent_class)->map (widget);
  begin_by_itself (PL_CONNECT (widget));
}

static void
pl_connect_dispose (GObject *object)
{
  g_clear_object (&PL_CONNECT (object)->engine);
  G_OBJECT_CLASS (pl_connect_parent_class)->dispose (object);
}

static void
pl_connect_class_init (PlConnectClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_connect_dispose;
  widget_class->map = pl_connect_map;

  g_type_ensure (PL_TYPE_ADDRESSES);
  g_type_ensure (PL_TYPE_CONNECT_STEPS);
  g_type_ensure (PL_TYPE_PHONE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/connect.ui");
  gtk_widget_class_bind_template_child (widget_class, PlConnect, open_button);
  gtk_widget_class_bind_template_child (widget_class, PlConnect, addresses);
  gtk_widget_class_bind_template_child (widget_class, PlConnect, network_button);
  gtk_widget_class_bind_template_child (widget_class, PlConnect, phone_box);
  gtk_widget_class_bind_template_child (widget_class, PlConnect, status);
  gtk_widget_class_bind_template_child (widget_class, PlConnect, button_box);
  gtk_widget_class_bind_template_child (widget_class, PlConnect, rename_button);
  gtk_widget_class_bind_template_child (widget_class, PlConnect, begin_button);
  gtk_widget_class_bind_template_child (widget_class, PlConnect, stop_button);
  gtk_widget_class_bind_template_child (widget_class, PlConnect, steps);
  gtk_widget_class_bind_template_callback (widget_class, rename_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, begin_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_button_clicked_cb);
}

static void
pl_connect_init (PlConnect *connect)
{
  gtk_widget_init_template (GTK_WIDGET (connect));
  pl_fit_watch (GTK_WIDGET (connect), fit, connect);
}
