/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/device_row.h"

#include "app/i18n.h"
#include "app/model/local_time.h"
#include "app/model/words.h"
#include "gui/home/rename_popover.h"
#include "gui/kit/clipboard.h"

/* Of the columns of details and times, where there are columns. */
#define DETAILS_CHARACTERS 30
#define SEEN_CHARACTERS    14
#define LEAST_CHARACTERS   14

struct _PlDeviceRow
{
  GtkListBoxRow parent_instance;

  GMenuModel *menu;

  GtkWidget *identity;
  GtkWidget *name_label;
  GtkWidget *access_label;
  GtkWidget *address_label;
  GtkWidget *seen_label;
  GtkWidget *sums;
  GtkWidget *up_box;
  GtkWidget *up_label;
  GtkWidget *down_box;
  GtkWidget *down_label;
  GtkWidget *menu_button;

  PlEngine *engine;
  PlDeviceItem *device;
  GSimpleActionGroup *actions;
  guint n_open; /* menus and questions */
};

G_DEFINE_FINAL_TYPE (PlDeviceRow, pl_device_row, GTK_TYPE_LIST_BOX_ROW)

/* What can be done */

void
pl_device_row_show_requests (PlDeviceRow *row)
{
  g_action_group_activate_action (
      G_ACTION_GROUP (g_application_get_default ()), "show-requests",
      g_variant_new_take_string (pl_device_item_dup_address (row->device)));
}

gboolean
pl_device_row_is_asking (PlDeviceRow *row)
{
  return row->n_open > 0;
}

static void
show_requests_cb (GSimpleAction *action, GVariant *parameter, gpointer row)
{
  pl_device_row_show_requests (row);
}

static void
closed_cb (PlDeviceRow *row)
{
  row->n_open--;
}

static void
rename_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlDeviceRow *row = user_data;
  GtkWidget *popover
      = pl_rename_popover_ask (GTK_WIDGET (row), pl_engine_get_devices (row->engine), row->device);

  row->n_open++;
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), row, G_CONNECT_SWAPPED);
}

static void
copy_address_cb (GSimpleAction *action, GVariant *parameter, gpointer row)
{
  g_autofree char *address = pl_device_item_dup_address (PL_DEVICE_ROW (row)->device);

  pl_clipboard_set_text (address);
}

/* The row is there still: what is refused changes nothing of it. */
static void
turn_away_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlDeviceRow *row = user_data;

  pl_engine_turn_away (row->engine, row->device);
  pl_device_row_refresh (row);
}

static void
let_in_again_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (PlDeviceRow) row = g_object_ref (user_data);

  pl_engine_let_in_again (row->engine, row->device);
  pl_device_row_refresh (row);
}

static const GActionEntry actions[] = {
  { "show-requests", show_requests_cb }, { "rename", rename_cb },
  { "copy-address", copy_address_cb },   { "turn-away", turn_away_cb },
  { "let-in-again", let_in_again_cb },
};

/* Its menu */

static void
menu_done_cb (GtkWidget *menu, PlDeviceRow *row)
{
  row->n_open--;
  gtk_widget_destroy (menu);
}

static GtkMenu *
make_menu (PlDeviceRow *row)
{
  GtkWidget *menu = gtk_menu_new_from_model (row->menu);

  gtk_menu_attach_to_widget (GTK_MENU (menu), GTK_WIDGET (row), NULL);
  g_signal_connect (menu, "selection-done", G_CALLBACK (menu_done_cb), row);
  row->n_open++;
  return GTK_MENU (menu);
}

static gboolean
button_press_event_cb (GtkWidget *widget, GdkEvent *event)
{
  if (!gdk_event_triggers_context_menu (event))
    return GDK_EVENT_PROPAGATE;
  gtk_menu_popup_at_pointer (make_menu (PL_DEVICE_ROW (widget)), event);
  return GDK_EVENT_STOP;
}

static gboolean
popup_menu_cb (GtkWidget *widget)
{
  gtk_menu_popup_at_widget (make_menu (PL_DEVICE_ROW (widget)), widget, GDK_GRAVITY_SOUTH_WEST,
                            GDK_GRAVITY_NORTH_WEST, NULL);
  return TRUE;
}

/* Whoever does not think of the other mouse button finds it here. */
static void
menu_button_toggled_cb (PlDeviceRow *row, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    row->n_open++;
  else
    row->n_open--;
}

/* What is seen */

/* Of the last days; what more is known of it is told by @box. */
static void
show_amount (PlDeviceRow *row, GtkWidget *box, GtkWidget *label, gboolean is_down)
{
  PlDeviceDay days
      = pl_device_days_sum (pl_device_item_get_days (row->device),
                            pl_local_time_get_day (g_get_real_time ()), PL_DEVICE_DAYS);
  g_autofree char *amounts = pl_device_item_dup_amounts (row->device, is_down);
  g_autofree char *told = g_strdup_printf (
      "%s\n%s", is_down ? _ ("To this device") : _ ("From this device"), amounts);
  g_autoptr (GString) size = g_string_new (NULL);

  pl_words_append_size (size, is_down ? days.down_bytes : days.up_bytes);
  gtk_label_set_label (GTK_LABEL (label), size->str);
  gtk_widget_set_tooltip_text (box, told);
  atk_object_set_description (gtk_widget_get_accessible (label), amounts);
}

static void
set_enabled (PlDeviceRow *row, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (row->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

/* Whether it is let in stands where it was seen last would. */
static void
show_access (PlDeviceRow *row, const char *name)
{
  PlDeviceAccess access = pl_device_item_get_access (row->device);
  const char *words = pl_device_item_get_access_words (row->device);
  g_autofree char *both
      = *words != '\0' ? g_strdup_printf ("%s, %s", name, words) : g_strdup (name);
  g_autofree char *details = pl_device_item_dup_access_details (row->device);

  gtk_label_set_label (GTK_LABEL (row->access_label), words);
  gtk_widget_set_tooltip_text (row->access_label, details);
  gtk_widget_set_visible (row->access_label, *words != '\0');
  gtk_widget_set_visible (row->seen_label, *words == '\0');
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (row)), both);
  set_enabled (row, "turn-away",
               access == PL_DEVICE_LET_IN && !pl_device_item_is_own (row->device));
  set_enabled (row, "let-in-again", access == PL_DEVICE_TURNED_AWAY);
}

GtkWidget *
pl_device_row_new (PlEngine *engine, PlDeviceItem *device)
{
  PlDeviceRow *row = g_object_new (PL_TYPE_DEVICE_ROW, NULL);

  row->engine = engine;
  row->device = g_object_ref (device);
  return GTK_WIDGET (row);
}

PlDeviceItem *
pl_device_row_get_device (PlDeviceRow *row)
{
  return row->device;
}

void
pl_device_row_refresh (PlDeviceRow *row)
{
  g_autofree char *name = pl_device_item_dup_title (row->device);
  g_autofree char *details = pl_device_item_dup_details (row->device);
  g_autofree char *seen = pl_device_item_dup_last_seen (row->device);

  gtk_label_set_label (GTK_LABEL (row->name_label), name);
  show_access (row, name);
  gtk_label_set_label (GTK_LABEL (row->address_label), details);
  gtk_widget_set_tooltip_text (row->address_label, details);
  gtk_label_set_label (GTK_LABEL (row->seen_label), seen);
  show_amount (row, row->up_box, row->up_label, FALSE);
  show_amount (row, row->down_box, row->down_label, TRUE);
}

void
pl_device_row_set_narrow (PlDeviceRow *row, gboolean is_narrow)
{
  GtkOrientation orientation = is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (row->identity), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (row->sums), orientation);
  gtk_box_set_spacing (GTK_BOX (row->identity), is_narrow ? 0 : 12);
  gtk_box_set_spacing (GTK_BOX (row->sums), is_narrow ? 0 : 12);
  gtk_label_set_width_chars (GTK_LABEL (row->address_label),
                             is_narrow ? LEAST_CHARACTERS : DETAILS_CHARACTERS);
  gtk_label_set_max_width_chars (GTK_LABEL (row->address_label),
                                 is_narrow ? -1 : DETAILS_CHARACTERS);
  gtk_label_set_width_chars (GTK_LABEL (row->seen_label), is_narrow ? -1 : SEEN_CHARACTERS);
  gtk_label_set_width_chars (GTK_LABEL (row->access_label), is_narrow ? -1 : SEEN_CHARACTERS);
}

static void
pl_device_row_dispose (GObject *object)
{
  g_clear_object (&PL_DEVICE_ROW (object)->device);
  g_clear_object (&PL_DEVICE_ROW (object)->actions);
  G_OBJECT_CLASS (pl_device_row_parent_class)->dispose (object);
}

static void
pl_device_row_class_init (PlDeviceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_device_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/device-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, identity);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, access_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, sums);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, up_box);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, down_box);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, address_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, seen_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, up_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, down_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, menu);
  gtk_widget_class_bind_template_callback (widget_class, button_press_event_cb);
  gtk_widget_class_bind_template_callback (widget_class, popup_menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_button_toggled_cb);
}

static void
pl_device_row_init (PlDeviceRow *row)
{
  row->actions = g_simple_action_group_new ();
  gtk_widget_init_template (GTK_WIDGET (row));
  g_action_map_add_action_entries (G_ACTION_MAP (row->actions), actions, G_N_ELEMENTS (actions),
                                   row);
  gtk_widget_insert_action_group (GTK_WIDGET (row), "device", G_ACTION_GROUP (row->actions));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (row->menu_button), row->menu);
}
