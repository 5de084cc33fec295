/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is pressed becomes an action of the application; what is shown follows the engine. */

#include "gui/home/door.h"

#include <string.h>

#include "app/i18n.h"
#include "app/settings/exposure.h"
#include "gui/home/open_popover.h"
#include "gui/home/reach_list.h"
#include "gui/kit/fit.h"
#include "gui/trouble/firewall_note.h"
#include "gui/world/choice.h"

/* In width-chars: in less, the buttons are below the switch; in still less, all is below the lamp,
 * which is smaller then. */
#define ONE_LINE_FROM_CHARS 84
#define BESIDE_FROM_CHARS   62

/* In pixels. */
#define LAMP_BESIDE 96
#define LAMP_ABOVE  64

struct _PlHomeDoor
{
  GtkBox parent_instance;

  GtkWidget *lamp;
  GtkWidget *state_label;
  GtkWidget *detail_box;
  GtkWidget *detail_label;
  GtkWidget *guests_button;
  GtkWidget *switch_box;
  GtkWidget *exposure_buttons[3];
  GtkWidget *pause_button;
  GtkWidget *open_button;
  GtkWidget *opening_box;
  GtkWidget *open_label;
  GtkWidget *world_box;
  PlWorldChoice *world_choice;
  GtkWidget *reach_list;
  GtkWidget *meaning_label;
  GtkWidget *firewall_note;

  PlEngine *engine;
};

G_DEFINE_FINAL_TYPE (PlHomeDoor, pl_home_door, GTK_TYPE_BOX)

/**
 * Exposure:
 * @meaning: (nullable): %NULL: there are steps that say it
 *
 * What there is to say of one.
 */
typedef struct
{
  const char *button;
  const char *meaning;
} Exposure;

static const Exposure exposures[] = {
  [PL_EXPOSURE_COMPUTER]
  = { "computer_button", N_ ("This computer: only this computer can open your photos.") },
  [PL_EXPOSURE_NETWORK]
  = { "network_button",
      N_ ("My network: devices in your home can open your photos. Nobody outside can.") },
  [PL_EXPOSURE_INTERNET] = { "internet_button", NULL },
};

static void
show_lamp (PlHomeDoor *door)
{
  const char *name = pl_lamp_get_name (pl_engine_get_lamp (door->engine));
  g_autofree char *icon = g_strconcat ("porchlight-", name, NULL);

  gtk_image_set_from_icon_name (GTK_IMAGE (door->lamp), icon, GTK_ICON_SIZE_DIALOG);
}

static void
show_pause (PlHomeDoor *door)
{
  gboolean paused = pl_engine_get_paused (door->engine);
  GtkStyleContext *style = gtk_widget_get_style_context (door->pause_button);

  gtk_button_set_label (GTK_BUTTON (door->pause_button), paused ? _ ("_Resume") : _ ("_Pause"));
  gtk_widget_set_tooltip_text (door->pause_button, paused ? _ ("Let devices in again")
                                                          : _ ("Let nobody in until you resume"));
  if (paused)
    gtk_style_context_add_class (style, GTK_STYLE_CLASS_SUGGESTED_ACTION);
  else
    gtk_style_context_remove_class (style, GTK_STYLE_CLASS_SUGGESTED_ACTION);
}

/* During a pause nothing of it is so. */
static void
show_words (PlHomeDoor *door, GtkWidget *label, const char *words)
{
  /* Translators: what "My network", for instance, means, once the pause is over. */
  g_autofree char *later = g_strdup_printf (_ ("When resumed: %s"), words);

  gtk_label_set_label (GTK_LABEL (label), pl_engine_get_paused (door->engine) ? later : words);
}

static void
show_exposure (PlHomeDoor *door)
{
  PlExposure exposure = pl_engine_get_exposure (door->engine);
  const char *meaning = exposures[exposure].meaning;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (door->exposure_buttons[exposure]), TRUE);
  gtk_widget_set_visible (door->world_box, exposure == PL_EXPOSURE_INTERNET);
  pl_world_choice_set (door->world_choice, pl_engine_get_world (door->engine));
  gtk_widget_set_visible (door->reach_list, meaning == NULL);
  gtk_widget_set_visible (door->meaning_label, meaning != NULL);
  if (meaning != NULL)
    show_words (door, door->meaning_label, _ (meaning));
}

/* There is nobody to open to where all are let in to all there is. */
static void
show_opening (PlHomeDoor *door)
{
  static const PlWelcome widest = { PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING };
  PlWelcome settled = pl_engine_get_settled_welcome (door->engine);
  const char *words = pl_engine_get_open_words (door->engine);

  gtk_widget_set_visible (door->open_button, pl_welcome_is_wider (&widest, &settled));
  gtk_widget_set_visible (door->opening_box, words != NULL);
  if (words != NULL)
    show_words (door, door->open_label, words);
}

/* No action-name: in a group the button that is let go of would activate its own. The button goes
 * back until the engine has done it, since the internet is not let in before the user agreed. */
static void
exposure_button_toggled_cb (PlHomeDoor *door, GtkToggleButton *button)
{
  if (door->engine == NULL || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (exposures); i++)
    if (GTK_WIDGET (button) == door->exposure_buttons[i]
        && i != pl_engine_get_exposure (door->engine))
      g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "exposure",
                                      g_variant_new_string (pl_exposure_names[i]));
  show_exposure (door);
}

static void
world_chosen_cb (PlHomeDoor *door)
{
  pl_engine_set_world (door->engine, pl_world_choice_get (door->world_choice));
  show_exposure (door);
}

/* The words of a trouble stand in the bar above the page already. */
static gboolean
has_detail (PlEngine *engine)
{
  const char *detail = pl_engine_get_detail_words (engine);
  PlTrouble *trouble = pl_engine_get_trouble (engine);

  return *detail != '\0'
         && (trouble == NULL || strcmp (detail, pl_trouble_get_words (trouble)) != 0);
}

static void
engine_changed_cb (PlHomeDoor *door)
{
  show_lamp (door);
  show_pause (door);
  gtk_label_set_label (GTK_LABEL (door->state_label), pl_engine_get_state_words (door->engine));
  gtk_label_set_label (GTK_LABEL (door->detail_label), pl_engine_get_detail_words (door->engine));
  gtk_widget_set_visible (door->detail_box, has_detail (door->engine));
  gtk_widget_set_visible (door->guests_button, pl_engine_tells_of_guessers (door->engine));
  show_exposure (door);
  show_opening (door);
}

static void
fit (gpointer user_data, int width_chars)
{
  PlHomeDoor *door = user_data;
  GtkOrientation orientation
      = width_chars < ONE_LINE_FROM_CHARS ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  gboolean is_beside = width_chars >= BESIDE_FROM_CHARS;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (door->switch_box), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (door->detail_box), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (door->opening_box), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (door), is_beside ? GTK_ORIENTATION_HORIZONTAL
                                                                   : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (door), is_beside ? 24 : 12);
  gtk_image_set_pixel_size (GTK_IMAGE (door->lamp), is_beside ? LAMP_BESIDE : LAMP_ABOVE);
  gtk_widget_set_halign (door->lamp, is_beside ? GTK_ALIGN_CENTER : GTK_ALIGN_START);
}

void
pl_home_door_set_engine (PlHomeDoor *door, PlEngine *engine)
{
  static const char *const properties[] = {
    "notify::lamp",   "notify::state-words", "notify::detail-words",     "notify::exposure",
    "notify::paused", "notify::trouble",     "notify::encryption-words", "notify::open-words"
  };

  door->engine = g_object_ref (engine);
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    g_signal_connect_object (engine, properties[i], G_CALLBACK (engine_changed_cb), door,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (engine_changed_cb), door,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (door->open_button), pl_open_popover_new (engine));
  pl_reach_list_set_engine (PL_REACH_LIST (door->reach_list), engine);
  pl_firewall_note_set_engine (PL_FIREWALL_NOTE (door->firewall_note), engine);
  engine_changed_cb (door);
}

static void
pl_home_door_dispose (GObject *object)
{
  g_clear_object (&PL_HOME_DOOR (object)->engine);
  G_OBJECT_CLASS (pl_home_door_parent_class)->dispose (object);
}

static void
pl_home_door_class_init (PlHomeDoorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_home_door_dispose;
  g_type_ensure (PL_TYPE_FIREWALL_NOTE);
  g_type_ensure (PL_TYPE_WORLD_CHOICE);
  g_type_ensure (PL_TYPE_REACH_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/home-door.ui");
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, lamp);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, state_label);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, detail_box);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, detail_label);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, guests_button);
  for (guint i = 0; i < G_N_ELEMENTS (exposures); i++)
    gtk_widget_class_bind_template_child_full (widget_class, exposures[i].button, FALSE,
                                               G_STRUCT_OFFSET (PlHomeDoor, exposure_buttons)
                                                   + (gssize) (i * sizeof (GtkWidget *)));
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, switch_box);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, pause_button);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, open_button);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, opening_box);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, open_label);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, world_box);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, world_choice);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, reach_list);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, meaning_label);
  gtk_widget_class_bind_template_child (widget_class, PlHomeDoor, firewall_note);
  gtk_widget_class_bind_template_callback (widget_class, exposure_button_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, world_chosen_cb);
}

/* Two lines in a long language, rather than a page wider than its window. */
static void
wrap_words (GtkWidget *button)
{
  GtkLabel *label = GTK_LABEL (gtk_bin_get_child (GTK_BIN (button)));

  gtk_label_set_line_wrap (label, TRUE);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
}

static void
pl_home_door_init (PlHomeDoor *door)
{
  gtk_widget_init_template (GTK_WIDGET (door));
  for (guint i = 0; i < G_N_ELEMENTS (exposures); i++)
    wrap_words (door->exposure_buttons[i]);
  pl_fit_watch (GTK_WIDGET (door), fit, door);
}
