/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever wants to can have thousands of addresses guess at once, and each try is told: so the rows
 * are made anew by the second, for as long as somebody waits, and there is a bound to them. */

#include "gui/home/guests.h"

#include "app/i18n.h"
#include "gui/home/guest_row.h"

#define REFRESH_MS 1000

/* So many are shown until more are asked for, and then. */
#define FEW  6
#define MANY 60

struct _PlGuests
{
  GtkBox parent_instance;

  GtkWidget *rows;
  GtkWidget *all_button;
  GtkWidget *more_label;
  GtkWidget *turned_away_label;
  GtkWidget *hint_label;

  PlEngine *engine;
  PlToast *toast;
  gboolean shows_all;
  guint refresh_source; /* while somebody waits */
};

G_DEFINE_FINAL_TYPE (PlGuests, pl_guests, GTK_TYPE_BOX)

/* Who has waited longest comes first, so that no row is pushed away from below the pointer. */
static int
compare_longest_first (gconstpointer a, gconstpointer b)
{
  const PlWaiting *first = a, *second = b;

  return (first->since_us < second->since_us) - (first->since_us > second->since_us);
}

static int
sort_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  return compare_longest_first (pl_guest_row_get (PL_GUEST_ROW (a)),
                                pl_guest_row_get (PL_GUEST_ROW (b)));
}

static void let_in_cb (PlGuests *guests, PlGuestRow *row);

static void
add_row (PlGuests *guests, const PlWaiting *waiting)
{
  GtkWidget *row = pl_guest_row_new ();

  g_signal_connect_object (row, "let-in", G_CALLBACK (let_in_cb), guests, G_CONNECT_SWAPPED);
  pl_guest_row_show (PL_GUEST_ROW (row), waiting, pl_engine_get_devices (guests->engine));
  gtk_container_add (GTK_CONTAINER (guests->rows), row);
}

/* Whether @row has something to tell still, which is then taken out of @waiting. */
static gboolean
renew_row (PlGuests *guests, PlGuestRow *row, GArray *waiting)
{
  for (guint i = 0; i < waiting->len; i++)
    {
      const PlWaiting *now = &g_array_index (waiting, PlWaiting, i);
      if (pl_waiting_is_same (pl_guest_row_get (row), now))
        {
          pl_guest_row_show (row, now, pl_engine_get_devices (guests->engine));
          g_array_remove_index (waiting, i);
          return TRUE;
        }
    }
  return FALSE;
}

static void
show_rows (PlGuests *guests, GArray *waiting)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (guests->rows));

  for (GList *row = rows; row != NULL; row = row->next)
    if (!renew_row (guests, row->data, waiting))
      gtk_widget_destroy (row->data);
  for (guint i = 0; i < waiting->len; i++)
    add_row (guests, &g_array_index (waiting, PlWaiting, i));
  gtk_list_box_invalidate_sort (GTK_LIST_BOX (guests->rows));
}

static const char *
get_button_label (PlGuests *guests, guint n)
{
  if (guests->shows_all)
    return _ ("Show _Fewer");
  return n > MANY ? _ ("Show _More") : _ ("Show _All");
}

static void
show_count (PlGuests *guests, guint n)
{
  guint n_more = n - MIN (n, MANY);
  g_autofree char *more = g_strdup_printf (ngettext ("And %u more", "And %u more", n_more), n_more);

  gtk_button_set_label (GTK_BUTTON (guests->all_button), get_button_label (guests, n));
  gtk_widget_set_visible (guests->all_button, n > FEW);
  gtk_label_set_label (GTK_LABEL (guests->more_label), more);
  gtk_widget_set_visible (guests->more_label, n_more > 0 && guests->shows_all);
  gtk_widget_set_visible (guests->rows, n > 0);
}

/* Returns: how many there are */
static guint
show_waiting (PlGuests *guests)
{
  g_autoptr (GArray) waiting = pl_engine_dup_waiting (guests->engine);
  guint n = waiting->len;

  g_array_sort (waiting, compare_longest_first);
  g_array_set_size (waiting, MIN (n, guests->shows_all ? MANY : FEW));
  show_rows (guests, waiting);
  show_count (guests, n);
  return n;
}

/* The section */

/* Proof that the door works, and the answer to who stands before it in vain. */
static gboolean
show_turned_away (PlGuests *guests)
{
  const char *words = pl_engine_get_turned_away_words (guests->engine);

  gtk_label_set_label (GTK_LABEL (guests->turned_away_label), words != NULL ? words : "");
  gtk_widget_set_visible (guests->turned_away_label, words != NULL);
  return words != NULL;
}

static gboolean refresh_cb (gpointer user_data);

static void
refresh (PlGuests *guests)
{
  guint n_waiting = show_waiting (guests);
  gboolean is_anybody = show_turned_away (guests) || n_waiting > 0;
  gboolean is_open = pl_engine_get_exposure (guests->engine) == PL_EXPOSURE_INTERNET;

  gtk_widget_set_visible (guests->hint_label, is_open && !is_anybody);
  gtk_widget_set_visible (GTK_WIDGET (guests), is_anybody || is_open);
  if (n_waiting == 0)
    g_clear_handle_id (&guests->refresh_source, g_source_remove);
  else if (guests->refresh_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (guests)))
    guests->refresh_source = g_timeout_add (REFRESH_MS, refresh_cb, guests);
}

static gboolean
refresh_cb (gpointer user_data)
{
  refresh (user_data);
  return G_SOURCE_CONTINUE;
}

/* What is shown is renewed by the clock, what is not in sight when it comes to be. */
static void
waiting_changed_cb (PlGuests *guests)
{
  gboolean is_shown = gtk_widget_get_visible (GTK_WIDGET (guests));

  if (guests->refresh_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (guests)) == is_shown)
    refresh (guests);
}

static void
let_in_cb (PlGuests *guests, PlGuestRow *row)
{
  PlWaiting waiting = *pl_guest_row_get (row);
  g_autofree char *who = pl_waiting_dup_who (&waiting, pl_engine_get_devices (guests->engine));
  /* Translators: an address */
  g_autofree char *words = g_strdup_printf (_ ("%s may try again"), who);

  pl_engine_let_try_again (guests->engine, &waiting);
  pl_toast_say (guests->toast, words);
  refresh (guests);
}

static void
all_button_clicked_cb (PlGuests *guests)
{
  guests->shows_all = !guests->shows_all;
  refresh (guests);
}

void
pl_guests_set_engine (PlGuests *guests, PlEngine *engine, PlToast *toast)
{
  guests->engine = g_object_ref (engine);
  guests->toast = toast;
  g_signal_connect_object (engine, "waiting-changed", G_CALLBACK (waiting_changed_cb), guests,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::turned-away-words", G_CALLBACK (refresh), guests,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::exposure", G_CALLBACK (refresh), guests,
                           G_CONNECT_SWAPPED);
  refresh (guests);
}

static void
pl_guests_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pl_guests_parent_class)->map (widget);
  refresh (PL_GUESTS (widget));
}

static void
pl_guests_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PL_GUESTS (widget)->refresh_source, g_source_remove);
  GTK_WIDGET_CLASS (pl_guests_parent_class)->unmap (widget);
}

static void
pl_guests_dispose (GObject *object)
{
  PlGuests *guests = PL_GUESTS (object);

  g_clear_handle_id (&guests->refresh_source, g_source_remove);
  g_clear_object (&guests->engine);
  G_OBJECT_CLASS (pl_guests_parent_class)->dispose (object);
}

static void
pl_guests_class_init (PlGuestsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_guests_dispose;
  widget_class->map = pl_guests_map;
  widget_class->unmap = pl_guests_unmap;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/guests.ui");
  gtk_widget_class_bind_template_child (widget_class, PlGuests, rows);
  gtk_widget_class_bind_template_child (widget_class, PlGuests, all_button);
  gtk_widget_class_bind_template_child (widget_class, PlGuests, more_label);
  gtk_widget_class_bind_template_child (widget_class, PlGuests, turned_away_label);
  gtk_widget_class_bind_template_child (widget_class, PlGuests, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, all_button_clicked_cb);
}

static void
pl_guests_init (PlGuests *guests)
{
  gtk_widget_init_template (GTK_WIDGET (guests));
  gtk_list_box_set_sort_func (GTK_LIST_BOX (guests->rows), sort_rows, NULL, NULL);
}
