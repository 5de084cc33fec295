/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/checkup/page.h"

#include "app/checkup/checkup.h"
#include "gui/checkup/row.h"
#include "gui/kit/clamp.h"
#include "gui/kit/copy_button.h"

struct _PlCheckupPage
{
  GtkBin parent_instance;

  GtkStack *run_stack;
  GtkRevealer *progress_revealer;
  GtkProgressBar *progress_bar;
  GtkLabel *summary_label;
  GtkListBox *list;
  PlCopyButton *copy_button;

  PlEngine *engine;
  PlCheckup *checkup;
  gboolean has_run;
  guint n_findings;
};

enum
{
  PROP_N_FINDINGS = 1,
};

G_DEFINE_FINAL_TYPE (PlCheckupPage, pl_checkup_page, GTK_TYPE_BIN)

static void
run (PlCheckupPage *page)
{
  page->has_run = TRUE;
  pl_checkup_start (page->checkup, pl_check_site_new (page->engine));
}

/* A focus that would go with its button goes to the one that comes in its place. */
static void
show_running (PlCheckupPage *page, gboolean is_running)
{
  gboolean had_focus = gtk_container_get_focus_child (GTK_CONTAINER (page->run_stack)) != NULL;

  gtk_stack_set_visible_child_name (page->run_stack, is_running ? "cancel" : "run");
  if (had_focus)
    gtk_widget_grab_focus (gtk_stack_get_visible_child (page->run_stack));
}

static void
set_n_findings (PlCheckupPage *page, guint n_findings)
{
  if (n_findings == page->n_findings)
    return;
  page->n_findings = n_findings;
  g_object_notify (G_OBJECT (page), "n-findings");
}

static guint
count_findings (PlCheckupPage *page)
{
  return pl_checkup_count (page->checkup, PL_CHECK_WARNING)
         + pl_checkup_count (page->checkup, PL_CHECK_FAULT);
}

/* While it runs, as it goes; then what is wrong comes first, and may not be below the fold. */
static int
compare_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  PlCheckupPage *page = user_data;

  if (pl_checkup_get_running (page->checkup))
    return pl_check_row_compare_places (PL_CHECK_ROW (a), PL_CHECK_ROW (b));
  return pl_check_row_compare_findings (PL_CHECK_ROW (a), PL_CHECK_ROW (b));
}

static void
running_changed_cb (PlCheckupPage *page)
{
  gboolean is_running = pl_checkup_get_running (page->checkup);
  g_autofree char *report = pl_checkup_dup_report (page->checkup);

  show_running (page, is_running);
  gtk_revealer_set_reveal_child (page->progress_revealer, is_running);
  gtk_widget_set_sensitive (GTK_WIDGET (page->copy_button), !is_running);
  pl_copy_button_set_text (page->copy_button, report);
  gtk_list_box_invalidate_sort (page->list);
  set_n_findings (page, is_running ? 0 : count_findings (page));
}

static void
page_map_cb (PlCheckupPage *page)
{
  if (!page->has_run)
    run (page);
}

static void
run_button_clicked_cb (PlCheckupPage *page)
{
  run (page);
}

static void
cancel_button_clicked_cb (PlCheckupPage *page)
{
  pl_checkup_cancel (page->checkup);
}

/* Always the same rows: a model that was bound would keep them from being sorted. */
static void
fill (PlCheckupPage *page)
{
  GListModel *items = G_LIST_MODEL (page->checkup);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (PlCheckItem) item = g_list_model_get_item (items, i);
      gtk_container_add (GTK_CONTAINER (page->list), pl_check_row_new (item, i));
    }
  gtk_list_box_set_sort_func (page->list, compare_rows, page, NULL);
}

GtkWidget *
pl_checkup_page_new (PlEngine *engine)
{
  PlCheckupPage *page = g_object_new (PL_TYPE_CHECKUP_PAGE, NULL);

  page->engine = g_object_ref (engine);
  return GTK_WIDGET (page);
}

static void
pl_checkup_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_uint (value, PL_CHECKUP_PAGE (object)->n_findings);
}

static void
pl_checkup_page_dispose (GObject *object)
{
  PlCheckupPage *page = PL_CHECKUP_PAGE (object);

  g_clear_object (&page->checkup);
  g_clear_object (&page->engine);
  G_OBJECT_CLASS (pl_checkup_page_parent_class)->dispose (object);
}

static void
pl_checkup_page_class_init (PlCheckupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_checkup_page_dispose;
  G_OBJECT_CLASS (klass)->get_property = pl_checkup_page_get_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_N_FINDINGS,
                                   g_param_spec_uint ("n-findings", NULL, NULL, 0, G_MAXUINT, 0,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_type_ensure (PL_TYPE_CLAMP);
  g_type_ensure (PL_TYPE_COPY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/checkup-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlCheckupPage, run_stack);
  gtk_widget_class_bind_template_child (widget_class, PlCheckupPage, progress_revealer);
  gtk_widget_class_bind_template_child (widget_class, PlCheckupPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, PlCheckupPage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, PlCheckupPage, list);
  gtk_widget_class_bind_template_child (widget_class, PlCheckupPage, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, page_map_cb);
  gtk_widget_class_bind_template_callback (widget_class, run_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_button_clicked_cb);
}

static void
pl_checkup_page_init (PlCheckupPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));

  page->checkup = pl_checkup_new ();
  fill (page);
  g_object_bind_property (page->checkup, "progress", page->progress_bar, "fraction",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (page->checkup, "summary", page->summary_label, "label",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (page->checkup, "notify::running", G_CALLBACK (running_changed_cb), page,
                           G_CONNECT_SWAPPED);
}
