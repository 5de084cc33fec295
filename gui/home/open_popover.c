/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every change is shown as the sentence that would then stand on Home; what cannot be is said in
 * its place. */

#include "gui/home/open_popover.h"

#include "app/i18n.h"
#include "app/opening/words.h"
#include "app/settings/exposure.h"
#include "gui/world/choice.h"

#define HOUR_S (60 * 60)

/* What a day is shown with at first. */
#define FIRST_HOUR 22

/* What the choices leave to the words and the button below them, and what they need at least. */
#define REST_PX  170
#define LEAST_PX 160

struct _PlOpenPopover
{
  GtkPopover parent_instance;

  GtkScrolledWindow *scrolled;
  GtkToggleButton *network_radio;
  GtkToggleButton *internet_radio;
  PlWorldChoice *world_choice;
  GtkWidget *everything_label;
  GtkToggleButton *hour_radio;
  GtkToggleButton *midnight_radio;
  GtkToggleButton *date_radio;
  GtkWidget *date_box;
  GtkCalendar *calendar;
  GtkSpinButton *hour_spin;
  GtkSpinButton *minute_spin;
  GtkLabel *words_label;
  GtkWidget *open_button;

  PlEngine *engine;
  gboolean shows_end; /* as soon as that has its place */
};

G_DEFINE_FINAL_TYPE (PlOpenPopover, pl_open_popover, GTK_TYPE_POPOVER)

static gint64
get_now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* What was chosen */

/* Returns: 0 where the clocks leave that moment out */
static gint64
find_date_s (PlOpenPopover *popover)
{
  guint year;
  guint month;
  guint day;

  gtk_calendar_get_date (popover->calendar, &year, &month, &day);
  g_autoptr (GDateTime) moment = g_date_time_new_local (
      (int) year, (int) month + 1, (int) day, gtk_spin_button_get_value_as_int (popover->hour_spin),
      gtk_spin_button_get_value_as_int (popover->minute_spin), 0);
  return moment != NULL ? g_date_time_to_unix (moment) : 0;
}

static gint64
find_until_s (PlOpenPopover *popover, gint64 now_s)
{
  if (gtk_toggle_button_get_active (popover->hour_radio))
    return now_s + HOUR_S;
  return gtk_toggle_button_get_active (popover->midnight_radio) ? pl_opening_find_midnight (now_s)
                                                                : find_date_s (popover);
}

/* Where the internet may come in anyway there is but one thing more to show it. */
static PlWelcome
find_welcome (PlOpenPopover *popover, const PlWelcome *before)
{
  if (before->exposure == PL_EXPOSURE_INTERNET)
    return (PlWelcome){ PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING };
  if (gtk_toggle_button_get_active (popover->internet_radio))
    return (PlWelcome){ PL_EXPOSURE_INTERNET, pl_world_choice_get (popover->world_choice) };
  return (PlWelcome){ PL_EXPOSURE_NETWORK, before->world };
}

static PlOpening
find_opening (PlOpenPopover *popover)
{
  PlWelcome before = pl_engine_get_settled_welcome (popover->engine);
  gint64 now_s = get_now_s ();

  return (PlOpening){ find_welcome (popover, &before), before, now_s,
                      find_until_s (popover, now_s) };
}

/* What is shown */

/* In a low window a day would be chosen out of sight, below the rest. */
static void
vadjustment_changed_cb (PlOpenPopover *popover, GtkAdjustment *place)
{
  if (!popover->shows_end)
    return;
  popover->shows_end = FALSE;
  gtk_adjustment_set_value (place, gtk_adjustment_get_upper (place));
}

static void
show_date (PlOpenPopover *popover)
{
  gboolean is_chosen = gtk_toggle_button_get_active (popover->date_radio);

  popover->shows_end |= is_chosen && !gtk_widget_get_visible (popover->date_box);
  gtk_widget_set_visible (popover->date_box, is_chosen);
}

static void
show_choice (PlOpenPopover *popover)
{
  PlOpening opening = find_opening (popover);
  gboolean is_asked = opening.before.exposure != PL_EXPOSURE_INTERNET
                      && opening.welcome.exposure == PL_EXPOSURE_INTERNET;
  g_autoptr (GError) error = NULL;
  g_autofree char *words
      = pl_opening_check (&opening, &error)
            ? pl_opening_dup_words (&opening, opening.until_s - opening.begun_s, opening.begun_s)
            : g_strdup (error->message);

  gtk_widget_set_visible (GTK_WIDGET (popover->world_choice), is_asked);
  show_date (popover);
  gtk_label_set_text (popover->words_label, words);
  gtk_widget_set_sensitive (popover->open_button, error == NULL);
}

static void
show_hour (PlOpenPopover *popover)
{
  gint64 now_s = get_now_s ();
  g_autofree char *until = pl_opening_dup_until (now_s + HOUR_S, now_s);
  /* Translators: a time, or a day and a time */
  g_autofree char *label = g_strdup_printf (_ ("For an _hour, until %s"), until);

  gtk_button_set_label (GTK_BUTTON (popover->hour_radio), label);
}

/* Two figures: 22:05. */
static gboolean
minute_spin_output_cb (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));

  gtk_entry_set_text (GTK_ENTRY (spin), text);
  return TRUE;
}

static void
show_tomorrow (PlOpenPopover *popover)
{
  g_autoptr (GDateTime) today = g_date_time_new_now_local ();
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (today, 1);

  gtk_calendar_select_month (popover->calendar, (guint) g_date_time_get_month (tomorrow) - 1,
                             (guint) g_date_time_get_year (tomorrow));
  gtk_calendar_select_day (popover->calendar, (guint) g_date_time_get_day_of_month (tomorrow));
  gtk_spin_button_set_value (popover->hour_spin, FIRST_HOUR);
  gtk_spin_button_set_value (popover->minute_spin, 0);
}

static void
show_whom (PlOpenPopover *popover)
{
  PlWelcome before = pl_engine_get_settled_welcome (popover->engine);
  gboolean is_alone = before.exposure == PL_EXPOSURE_COMPUTER;
  gboolean is_in = before.exposure == PL_EXPOSURE_INTERNET;

  gtk_widget_set_visible (GTK_WIDGET (popover->network_radio), is_alone);
  gtk_widget_set_visible (GTK_WIDGET (popover->internet_radio), !is_in);
  gtk_widget_set_visible (popover->everything_label, is_in);
  gtk_toggle_button_set_active (is_alone ? popover->network_radio : popover->internet_radio, TRUE);
  pl_world_choice_set (popover->world_choice, before.world);
}

/* A popover is cut off where its window ends, and leaves its place below the button before that: in
 * a low window the choices scroll. */
static void
bound_height (PlOpenPopover *popover)
{
  GtkWidget *button = gtk_popover_get_relative_to (GTK_POPOVER (popover));
  GtkWidget *window = gtk_widget_get_toplevel (button);
  int below = 0;

  gtk_widget_translate_coordinates (button, window, 0, gtk_widget_get_allocated_height (button),
                                    NULL, &below);
  gtk_scrolled_window_set_max_content_height (
      popover->scrolled,
      MAX (gtk_widget_get_allocated_height (window) - below - REST_PX, LEAST_PX));
}

static void
pl_open_popover_show (GtkWidget *widget)
{
  PlOpenPopover *popover = PL_OPEN_POPOVER (widget);

  show_whom (popover);
  show_hour (popover);
  show_tomorrow (popover);
  gtk_toggle_button_set_active (popover->hour_radio, TRUE);
  show_choice (popover);
  bound_height (popover);
  GTK_WIDGET_CLASS (pl_open_popover_parent_class)->show (widget);
}

static void
open_button_clicked_cb (PlOpenPopover *popover)
{
  PlOpening opening = find_opening (popover);

  gtk_popover_popdown (GTK_POPOVER (popover));
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "open-until",
                                  g_variant_new ("(sux)",
                                                 pl_exposure_names[opening.welcome.exposure],
                                                 (guint) opening.welcome.world, opening.until_s));
}

GtkWidget *
pl_open_popover_new (PlEngine *engine)
{
  PlOpenPopover *popover = g_object_new (PL_TYPE_OPEN_POPOVER, NULL);

  popover->engine = g_object_ref (engine);
  return GTK_WIDGET (popover);
}

static void
pl_open_popover_dispose (GObject *object)
{
  g_clear_object (&PL_OPEN_POPOVER (object)->engine);
  G_OBJECT_CLASS (pl_open_popover_parent_class)->dispose (object);
}

static void
pl_open_popover_class_init (PlOpenPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_open_popover_dispose;
  widget_class->show = pl_open_popover_show;
  g_type_ensure (PL_TYPE_WORLD_CHOICE);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/open-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, scrolled);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, network_radio);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, internet_radio);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, world_choice);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, everything_label);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, hour_radio);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, midnight_radio);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, date_radio);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, date_box);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, calendar);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, hour_spin);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, minute_spin);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, words_label);
  gtk_widget_class_bind_template_child (widget_class, PlOpenPopover, open_button);
  gtk_widget_class_bind_template_callback (widget_class, show_choice);
  gtk_widget_class_bind_template_callback (widget_class, minute_spin_output_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_button_clicked_cb);
}

static void
pl_open_popover_init (PlOpenPopover *popover)
{
  gtk_widget_init_template (GTK_WIDGET (popover));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (popover->scrolled), "changed",
                           G_CALLBACK (vadjustment_changed_cb), popover, G_CONNECT_SWAPPED);
}
