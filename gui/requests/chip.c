/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Classes and no colours: those are the stylesheet's. The text of a cell is left to the parent
 * class, and with it what assistive technologies read. */

#include "gui/requests/chip.h"

#include "app/i18n.h"

const char *
pl_chip_get_class (PlTone tone)
{
  static const char *const classes[] = {
    [PL_TONE_RUNNING] = "pl-running", [PL_TONE_GOOD] = "pl-good", [PL_TONE_NEUTRAL] = "pl-neutral",
    [PL_TONE_WARNING] = "pl-warning", [PL_TONE_BAD] = "pl-bad",
  };

  g_return_val_if_fail (tone < G_N_ELEMENTS (classes), classes[PL_TONE_NEUTRAL]);

  return classes[tone];
}

double
pl_chip_get_fraction (PlRequestItem *item)
{
  return pl_request_item_is_running (item) ? pl_request_item_get_fraction (item) : -1;
}

char *
pl_chip_dup_text (PlRequestItem *item)
{
  double fraction = pl_chip_get_fraction (item);
  guint status = pl_request_item_get_status (item);

  if (fraction >= 0)
    /* Translators: how much of a transfer is done */
    return g_strdup_printf (_ ("%d %%"), (int) (fraction * 100));
  if (status != 0)
    return g_strdup_printf ("%u", status);
  return g_strdup (pl_request_item_is_running (item) ? "…" : "–");
}

/* As a cell */

struct _PlChipRenderer
{
  GtkCellRendererText parent_instance;

  PlTone tone;
  double fraction;
};

G_DEFINE_FINAL_TYPE (PlChipRenderer, pl_chip_renderer, GTK_TYPE_CELL_RENDERER_TEXT)

/* The chip fills its cell but for a pixel above and below, so that chips do not touch. */
static GdkRectangle
chip_area (GtkCellRenderer *cell, const GdkRectangle *area)
{
  int x_pad;

  gtk_cell_renderer_get_padding (cell, &x_pad, NULL);
  return (GdkRectangle){ area->x + x_pad / 2, area->y + 1, area->width - x_pad / 2 * 2,
                         area->height - 2 };
}

static void
draw_fill (PlChipRenderer *renderer, GtkWidget *widget, cairo_t *cr, const GdkRectangle *chip)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double width = chip->width * CLAMP (renderer->fraction, 0, 1);

  gtk_style_context_save (context);
  gtk_style_context_add_class (context, "pl-fill");
  cairo_save (cr);
  cairo_rectangle (cr, is_rtl ? chip->x + chip->width - width : chip->x, chip->y, width,
                   chip->height);
  cairo_clip (cr);
  gtk_render_background (context, cr, chip->x, chip->y, chip->width, chip->height);
  cairo_restore (cr);
  gtk_style_context_restore (context);
}

static void
pl_chip_renderer_render (GtkCellRenderer *cell,
                         cairo_t *cr,
                         GtkWidget *widget,
                         const GdkRectangle *background_area,
                         const GdkRectangle *cell_area,
                         GtkCellRendererState flags)
{
  PlChipRenderer *renderer = PL_CHIP_RENDERER (cell);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRectangle chip = chip_area (cell, cell_area);

  gtk_style_context_save (context);
  gtk_style_context_add_class (context, "pl-chip");
  gtk_style_context_add_class (context, pl_chip_get_class (renderer->tone));
  gtk_render_background (context, cr, chip.x, chip.y, chip.width, chip.height);
  if (renderer->fraction >= 0)
    draw_fill (renderer, widget, cr, &chip);
  GTK_CELL_RENDERER_CLASS (pl_chip_renderer_parent_class)
      ->render (cell, cr, widget, background_area, cell_area, flags);
  gtk_style_context_restore (context);
}

void
pl_chip_renderer_set (PlChipRenderer *renderer, PlTone tone, double fraction)
{
  g_return_if_fail (PL_IS_CHIP_RENDERER (renderer));

  renderer->tone = tone;
  renderer->fraction = fraction;
}

static void
pl_chip_renderer_class_init (PlChipRendererClass *klass)
{
  GTK_CELL_RENDERER_CLASS (klass)->render = pl_chip_renderer_render;
}

static void
pl_chip_renderer_init (PlChipRenderer *renderer)
{
  renderer->fraction = -1;
}
