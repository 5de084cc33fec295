/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A label for each number, seen only when there is something to say. */

#include "gui/requests/counts.h"

#include "app/i18n.h"
#include "app/model/words.h"

struct _PlRequestCounts
{
  GtkBox parent_instance;

  GtkLabel *shown_label;
  GtkLabel *waiting_label;
  GtkLabel *forgotten_label;
  GtkLabel *lost_label;
  GtkLabel *turned_away_label;

  PlRequestLog *log;
  PlRequestFilter *filter;
};

G_DEFINE_FINAL_TYPE (PlRequestCounts, pl_request_counts, GTK_TYPE_BOX)

static void
show_shown (PlRequestCounts *counts)
{
  guint n_kept = pl_request_log_get_n (counts->log);
  g_autofree char *kept = pl_words_dup_number (n_kept);
  g_autofree char *shown = pl_words_dup_number (pl_request_filter_get_n (counts->filter));
  g_autofree char *text
      = pl_request_filter_is_open (counts->filter)
            ? g_strdup_printf (ngettext ("%s request", "%s requests", n_kept), kept)
            : g_strdup_printf (ngettext ("%s of %s request", "%s of %s requests", n_kept), shown,
                               kept);

  gtk_label_set_text (counts->shown_label, text);
}

static void
show_waiting (PlRequestCounts *counts)
{
  guint n = pl_request_log_get_n_waiting (counts->log);
  g_autofree char *number = pl_words_dup_number (n);
  g_autofree char *text
      = g_strdup_printf (ngettext ("on hold, %s waiting", "on hold, %s waiting", n), number);

  gtk_label_set_text (counts->waiting_label, text);
  gtk_widget_set_visible (GTK_WIDGET (counts->waiting_label),
                          pl_request_log_get_paused (counts->log));
}

static void
show_forgotten (PlRequestCounts *counts)
{
  gulong n = (gulong) pl_request_log_get_n_forgotten (counts->log);
  g_autofree char *number = pl_words_dup_number (n);
  g_autofree char *text
      = g_strdup_printf (ngettext ("%s older one forgotten", "%s older ones forgotten", n), number);

  gtk_label_set_text (counts->forgotten_label, text);
  gtk_widget_set_visible (GTK_WIDGET (counts->forgotten_label), n > 0);
}

static void
show_lost (PlRequestCounts *counts)
{
  gulong n = (gulong) pl_request_log_get_n_lost (counts->log);
  g_autofree char *number = pl_words_dup_number (n);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s came too fast to be listed", "%s came too fast to be listed", n), number);

  gtk_label_set_text (counts->lost_label, text);
  gtk_widget_set_visible (GTK_WIDGET (counts->lost_label), n > 0);
}

void
pl_request_counts_say_turned_away (PlRequestCounts *counts, const char *words)
{
  g_return_if_fail (PL_IS_REQUEST_COUNTS (counts));

  gtk_label_set_text (counts->turned_away_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (counts->turned_away_label), words != NULL);
}

static void
watch (PlRequestCounts *counts, gpointer model, const char *signal, GCallback callback)
{
  g_signal_connect_object (model, signal, callback, counts, G_CONNECT_SWAPPED);
}

void
pl_request_counts_set_models (PlRequestCounts *counts, PlRequestLog *log, PlRequestFilter *filter)
{
  g_return_if_fail (PL_IS_REQUEST_COUNTS (counts));
  g_return_if_fail (counts->log == NULL);

  counts->log = g_object_ref (log);
  counts->filter = g_object_ref (filter);
  watch (counts, log, "items-changed", G_CALLBACK (show_shown));
  watch (counts, filter, "items-changed", G_CALLBACK (show_shown));
  watch (counts, log, "notify::paused", G_CALLBACK (show_waiting));
  watch (counts, log, "notify::n-waiting", G_CALLBACK (show_waiting));
  watch (counts, log, "notify::n-forgotten", G_CALLBACK (show_forgotten));
  watch (counts, log, "notify::n-lost", G_CALLBACK (show_lost));
  show_shown (counts);
  show_waiting (counts);
  show_forgotten (counts);
  show_lost (counts);
}

static void
pl_request_counts_dispose (GObject *object)
{
  PlRequestCounts *counts = PL_REQUEST_COUNTS (object);

  g_clear_object (&counts->log);
  g_clear_object (&counts->filter);
  G_OBJECT_CLASS (pl_request_counts_parent_class)->dispose (object);
}

static void
pl_request_counts_class_init (PlRequestCountsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_request_counts_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/porchlight/ui/request-counts.ui");
  gtk_widget_class_bind_template_child (widget_class, PlRequestCounts, shown_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestCounts, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestCounts, forgotten_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestCounts, lost_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestCounts, turned_away_label);
}

static void
pl_request_counts_init (PlRequestCounts *counts)
{
  gtk_widget_init_template (GTK_WIDGET (counts));
}
