/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/addresses.h"

#include "app/i18n.h"
#include "app/model/address_kind.h"
#include "gui/home/address_row.h"
#include "gui/kit/fit.h"
#include "gui/kit/qr.h"

/* In width-chars: in less, the code is below the addresses. */
#define ONE_LINE_FROM_CHARS 80

struct _PlAddresses
{
  GtkBox parent_instance;

  GtkWidget *list;
  GtkWidget *hint_label;
  GtkWidget *qr_button;
  GtkWidget *qr;

  PlEngine *engine;
  char *chosen; /* nullable: the address that the user wants in the code */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (PlAddresses, pl_addresses, GTK_TYPE_BOX)

/* How to use what stands here, or what will stand here and how to make it appear. */
static const char *
get_hint (PlEngine *engine, gboolean is_empty)
{
  PlExposure exposure = pl_engine_get_exposure (engine);

  if (!is_empty && pl_engine_get_fingerprint (engine) != NULL)
    return _ (
        "For devices that trust this computer: see below. A device that does not yet, or an app "
        "that refuses, uses the same address at home with http://.");
  if (!is_empty && exposure == PL_EXPOSURE_INTERNET
      && pl_engine_get_world (engine) == PL_DOOR_LINKS)
    return _ ("At home, scan the code or type the address into the Immich app. From outside only "
              "links open. They must begin with your router’s public address or your own domain; "
              "Check-up looks whether Immich makes them so.");
  if (!is_empty && exposure == PL_EXPOSURE_INTERNET)
    return _ ("At home, scan the code or type the address into the Immich app. Outside, your "
              "router’s public address or your own domain takes its place.");
  if (!is_empty)
    return _ ("Scan the code with the phone’s camera, or type the address into the Immich app.");
  if (pl_engine_get_paused (engine))
    return _ ("While Porchlight is paused nobody can come in. Resume, and the addresses are here "
              "again.");
  if (exposure == PL_EXPOSURE_COMPUTER && pl_engine_get_lamp (engine) == PL_LAMP_FAULT)
    return _ ("As soon as your photos can be reached again, the address is here.");
  if (exposure == PL_EXPOSURE_COMPUTER)
    return _ ("Only this computer can use it. Choose My network above, and the address for your "
              "phone appears here, with a code to scan.");
  return _ ("As soon as other devices can reach this computer, its address appears here.");
}

/* A camera and the large code read the one that is chosen. */
static void
show_code (PlAddresses *addresses, const char *address)
{
  pl_qr_set_text (PL_QR (addresses->qr), address);
  atk_object_set_description (gtk_widget_get_accessible (addresses->qr_button), address);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (addresses->qr_button), "s", address);
}

static void
row_chosen_cb (PlAddresses *addresses, PlAddressRow *row)
{
  const char *address = pl_address_row_get_address (row);

  if (!addresses->is_filling)
    {
      g_free (addresses->chosen);
      addresses->chosen = g_strdup (address);
    }
  show_code (addresses, address);
}

static PlAddressRow *
add_row (PlAddresses *addresses, const char *address, const char *kind)
{
  GtkWidget *row = pl_address_row_new (address, kind);

  gtk_container_add (GTK_CONTAINER (addresses->list), row);
  return PL_ADDRESS_ROW (row);
}

static void
clear_rows (PlAddresses *addresses)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (addresses->list));

  for (GList *row = rows; row != NULL; row = row->next)
    gtk_widget_destroy (row->data);
}

/* Which one is in the code: what the user has chosen, while that is there; else what leads here
 * from at home, where a phone is connected, even if there is a name for everywhere. */
static const char *
get_wanted (PlAddresses *addresses, const char *const *all)
{
  const char *home = pl_engine_get_home_address (addresses->engine);

  if (addresses->chosen != NULL && g_strv_contains (all, addresses->chosen))
    return addresses->chosen;
  return home != NULL ? home : all[0];
}

/* What it is for, not what was tried. */
static char *
dup_kind_words (PlAddresses *addresses, const char *address)
{
  const char *kind = pl_address_kind_get_words (pl_address_kind_of_url (address));

  if (g_strcmp0 (address, pl_engine_get_outside_address (addresses->engine)) != 0)
    return g_strdup (kind);
  /* Translators: what an address is: “Name”, for instance */
  return g_strdup_printf (_ ("%s · for outside"), kind);
}

static void
add_rows (PlAddresses *addresses, const char *const *all)
{
  const char *wanted = get_wanted (addresses, all);
  PlAddressRow *first = NULL, *chosen = NULL;

  for (guint i = 0; all[i] != NULL; i++)
    {
      g_autofree char *kind = dup_kind_words (addresses, all[i]);
      PlAddressRow *row = add_row (addresses, all[i], kind);
      if (first == NULL)
        first = row;
      else
        pl_address_row_join (row, first);
      if (g_str_equal (all[i], wanted))
        chosen = row;
      g_signal_connect_object (row, "chosen", G_CALLBACK (row_chosen_cb), addresses,
                               G_CONNECT_SWAPPED);
    }
  if (chosen == NULL)
    return;
  addresses->is_filling = TRUE;
  pl_address_row_choose (chosen);
  row_chosen_cb (addresses, chosen);
  addresses->is_filling = FALSE;
}

static void
show_hint (PlAddresses *addresses)
{
  gboolean is_empty = pl_engine_get_addresses (addresses->engine)[0] == NULL;

  gtk_label_set_label (GTK_LABEL (addresses->hint_label), get_hint (addresses->engine, is_empty));
}

static void
engine_changed_cb (PlAddresses *addresses)
{
  const char *const *all = pl_engine_get_addresses (addresses->engine);
  gboolean is_empty = all[0] == NULL;
  gboolean is_closed = is_empty && pl_engine_get_lamp (addresses->engine) == PL_LAMP_COMPUTER;

  clear_rows (addresses);
  add_rows (addresses, all);
  if (is_closed)
    add_row (addresses, pl_engine_get_local_url (addresses->engine), NULL);
  gtk_widget_set_visible (addresses->list, !is_empty || is_closed);
  show_hint (addresses);
  gtk_widget_set_visible (addresses->qr_button, !is_empty);
}

static void
fit (gpointer user_data, int width_chars)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (user_data), width_chars < ONE_LINE_FROM_CHARS
                                                                  ? GTK_ORIENTATION_VERTICAL
                                                                  : GTK_ORIENTATION_HORIZONTAL);
}

void
pl_addresses_set_engine (PlAddresses *addresses, PlEngine *engine)
{
  static const char *const signals[] = { "notify::addresses", "notify::lamp", "notify::paused",
                                         "notify::exposure", "settings-changed" };

  addresses->engine = g_object_ref (engine);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (engine, signals[i], G_CALLBACK (engine_changed_cb), addresses,
                             G_CONNECT_SWAPPED);
  /* What the internet sees can change for a while, and with that the state sentence. */
  g_signal_connect_object (engine, "notify::state-words", G_CALLBACK (show_hint), addresses,
                           G_CONNECT_SWAPPED);
  engine_changed_cb (addresses);
}

static void
pl_addresses_dispose (GObject *object)
{
  PlAddresses *addresses = PL_ADDRESSES (object);

  g_clear_object (&addresses->engine);
  g_clear_pointer (&addresses->chosen, g_free);
  G_OBJECT_CLASS (pl_addresses_parent_class)->dispose (object);
}

static void
pl_addresses_class_init (PlAddressesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PL_TYPE_QR);
  G_OBJECT_CLASS (klass)->dispose = pl_addresses_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/addresses.ui");
  gtk_widget_class_bind_template_child (widget_class, PlAddresses, list);
  gtk_widget_class_bind_template_child (widget_class, PlAddresses, hint_label);
  gtk_widget_class_bind_template_child (widget_class, PlAddresses, qr_button);
  gtk_widget_class_bind_template_child (widget_class, PlAddresses, qr);
}

static void
pl_addresses_init (PlAddresses *addresses)
{
  gtk_widget_init_template (GTK_WIDGET (addresses));
  pl_fit_watch (GTK_WIDGET (addresses), fit, addresses);
}
