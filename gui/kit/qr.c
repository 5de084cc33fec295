/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libqrencode makes the modules; here they are drawn. */

#include "gui/kit/qr.h"

#include <qrencode.h>

#include "app/i18n.h"

/* The light border that ISO/IEC 18004 asks for, in modules. */
#define QUIET_ZONE 4

struct _PlQr
{
  GtkDrawingArea parent_instance;
  char *text;
  QRcode *code;
};

enum
{
  PROP_TEXT = 1,
};

G_DEFINE_FINAL_TYPE (PlQr, pl_qr, GTK_TYPE_DRAWING_AREA)

static void
draw_modules (PlQr *qr, cairo_t *cr)
{
  int width = qr->code->width;

  for (int y = 0; y < width; y++)
    for (int x = 0; x < width; x++)
      if (qr->code->data[y * width + x] & 1)
        cairo_rectangle (cr, QUIET_ZONE + x, QUIET_ZONE + y, 1, 1);
  cairo_fill (cr);
}

static void
draw_rounded (cairo_t *cr, double side, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, side - radius, radius, radius, -G_PI_2, 0);
  cairo_arc (cr, side - radius, side - radius, radius, 0, G_PI_2);
  cairo_arc (cr, radius, side - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, radius, radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* A module that does not begin on a pixel has grey edges, which cameras take for noise. */
static gboolean
pl_qr_draw (GtkWidget *widget, cairo_t *cr)
{
  PlQr *qr = PL_QR (widget);
  int width = gtk_widget_get_allocated_width (widget);
  int height = gtk_widget_get_allocated_height (widget);
  int scale_factor = gtk_widget_get_scale_factor (widget);

  if (qr->code == NULL)
    return GDK_EVENT_PROPAGATE;

  int modules = qr->code->width + 2 * QUIET_ZONE;
  int pixels = MAX (MIN (width, height) * scale_factor / modules, 1);
  double module = (double) pixels / scale_factor;
  int left = (int) (width - modules * module) / 2;
  int top = (int) (height - modules * module) / 2;

  cairo_translate (cr, left, top);
  cairo_scale (cr, module, module);
  cairo_set_source_rgb (cr, 1, 1, 1);
  draw_rounded (cr, modules, 2);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (cr, 0, 0, 0);
  draw_modules (qr, cr);
  return GDK_EVENT_PROPAGATE;
}

/* The middle level of correction bears a smudge, and leaves the modules of an address large. */
void
pl_qr_set_text (PlQr *qr, const char *text)
{
  if (g_strcmp0 (text, qr->text) == 0)
    return;
  g_free (qr->text);
  qr->text = g_strdup (text);
  g_clear_pointer (&qr->code, QRcode_free);
  if (text != NULL && *text != '\0')
    qr->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);

  g_autofree char *words = g_strdup_printf (_ ("QR code of %s"), text != NULL ? text : "");
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (qr)), words);
  gtk_widget_queue_draw (GTK_WIDGET (qr));
  g_object_notify (G_OBJECT (qr), "text");
}

static void
pl_qr_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, PL_QR (object)->text);
}

static void
pl_qr_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  pl_qr_set_text (PL_QR (object), g_value_get_string (value));
}

static void
pl_qr_finalize (GObject *object)
{
  PlQr *qr = PL_QR (object);

  g_free (qr->text);
  g_clear_pointer (&qr->code, QRcode_free);
  G_OBJECT_CLASS (pl_qr_parent_class)->finalize (object);
}

static void
pl_qr_class_init (PlQrClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = pl_qr_get_property;
  object_class->set_property = pl_qr_set_property;
  object_class->finalize = pl_qr_finalize;
  widget_class->draw = pl_qr_draw;
  gtk_widget_class_set_accessible_role (widget_class, ATK_ROLE_IMAGE);

  g_object_class_install_property (
      object_class, PROP_TEXT,
      g_param_spec_string ("text", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
}

static void
pl_qr_init (PlQr *qr)
{
}
