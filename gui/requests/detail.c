/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A running transfer changes thirty times a second, its headers hardly ever: they are made anew
 * only when they have changed, so that a selection or a revealed secret stays. */

#include "gui/requests/detail.h"

#include "app/i18n.h"
#include "app/model/plain_path.h"
#include "app/model/words.h"
#include "gui/requests/chip.h"
#include "gui/requests/header_list.h"
#include "gui/requests/waterfall.h"

/* How long it takes is told of what runs, even where nothing moves. */
#define TICK_S 1

/** Heads: which heads of an exchange there are; they come one by one as it goes on. */
typedef enum
{
  HEADS_NONE = 0,
  HEADS_REQUEST_IN = 1 << 0,
  HEADS_REQUEST_OUT = 1 << 1,
  HEADS_RESPONSE_IN = 1 << 2,
  HEADS_RESPONSE_OUT = 1 << 3,
  HEADS_NOT_SHOWN = 1 << 4, /* whichever there are, they are still to be shown */
} Heads;

struct _PlRequestDetail
{
  GtkBox parent_instance;

  GtkLabel *chip_label;
  GtkLabel *title_label;
  GtkLabel *target_label;
  GtkLabel *connect_label;
  GtkLabel *upload_label;
  GtkLabel *wait_label;
  GtkLabel *transfer_label;
  PlWaterfall *waterfall;
  GtkLabel *ending_label;
  GtkLabel *answer_label;
  GtkLabel *began_label;
  GtkLabel *device_label;
  GtkLabel *upstream_label;
  GtkLabel *protocol_label;
  GtkLabel *up_label;
  GtkLabel *down_label;
  GtkLabel *no_heads_label;
  PlHeaderList *request_headers;
  PlHeaderList *response_headers;

  PlDeviceList *devices;
  PlRequestItem *item;
  Heads heads_shown;
  const char *tone_class;
  guint tick;
};

G_DEFINE_FINAL_TYPE (PlRequestDetail, pl_request_detail, GTK_TYPE_BOX)

/* An empty fact is left out, and its name with it. */
static void
show_fact (GtkLabel *label, const char *text)
{
  if (!g_str_equal (gtk_label_get_text (label), text))
    gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
show_duration (GtkLabel *label, gint64 duration_us)
{
  g_autoptr (GString) text = g_string_new (NULL);

  pl_words_append_duration (text, duration_us);
  show_fact (label, text->str);
}

static void
show_size (GtkLabel *label, guint64 bytes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (bytes > 0)
    pl_words_append_size (text, bytes);
  show_fact (label, text->str);
}

static void
show_chip (PlRequestDetail *detail)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (detail->chip_label));
  const char *tone_class = pl_chip_get_class (pl_request_item_get_tone (detail->item));
  g_autofree char *text = pl_chip_dup_text (detail->item);

  gtk_label_set_text (detail->chip_label, text);
  if (detail->tone_class == tone_class)
    return;
  if (detail->tone_class != NULL)
    gtk_style_context_remove_class (context, detail->tone_class);
  gtk_style_context_add_class (context, tone_class);
  detail->tone_class = tone_class;
}

static void
show_timing (PlRequestDetail *detail)
{
  PlTiming timing = pl_request_item_get_timing (detail->item);

  show_duration (detail->connect_label, timing.connect_us);
  show_duration (detail->upload_label, timing.upload_us);
  show_duration (detail->wait_label, timing.wait_us);
  show_duration (detail->transfer_label, timing.transfer_us);
  pl_waterfall_set_timing (detail->waterfall, timing);
}

static gboolean
tick_cb (gpointer user_data)
{
  PlRequestDetail *detail = user_data;

  if (detail->item != NULL && pl_request_item_is_running (detail->item))
    show_timing (detail);
  return G_SOURCE_CONTINUE;
}

/* What can change while it runs. */
static void
show_progress (PlRequestDetail *detail)
{
  PlRequestItem *item = detail->item;
  g_autofree char *ending = pl_request_item_dup_reason (item);

  show_chip (detail);
  show_timing (detail);
  show_fact (detail->ending_label, ending);
  show_fact (detail->answer_label, pl_request_item_get_status_words (item));
  show_fact (detail->upstream_label, pl_request_item_get_upstream (item));
  show_fact (detail->protocol_label, pl_request_item_get_protocol (item));
  show_size (detail->up_label, pl_request_item_get_up_bytes (item));
  show_size (detail->down_label, pl_request_item_get_down_bytes (item));
}

/* The method, and the address as it is read. */
static char *
dup_target (PlRequestItem *item)
{
  g_autoptr (GString) text = g_string_new (pl_request_item_get_method (item));

  if (*pl_request_item_get_target (item) == '\0')
    return g_strdup (pl_request_item_get_unread_words (item));
  g_string_append_c (text, ' ');
  pl_plain_path_append (text, pl_request_item_get_target (item));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The name that the device was given, what it says of itself, and where it is. */
static void
show_who (PlRequestDetail *detail)
{
  PlRequestItem *item = detail->item;
  const char *name
      = pl_device_list_get_given_name (detail->devices, pl_request_item_get_client (item));
  g_autofree char *client = pl_request_item_dup_client (item);
  g_autoptr (GString) who = g_string_new (name);
  const char *const rest[]
      = { pl_request_item_get_device (item), client, pl_request_item_get_user_agent (item) };

  for (guint i = 0; i < G_N_ELEMENTS (rest); i++)
    if (*rest[i] != '\0')
      g_string_append_printf (who, "%s%s", who->len > 0 ? "\n" : "", rest[i]);
  show_fact (detail->device_label, who->str);
}

static void
renamed_cb (PlRequestDetail *detail)
{
  if (detail->item != NULL)
    show_who (detail);
}

void
pl_request_detail_set_devices (PlRequestDetail *detail, PlDeviceList *devices)
{
  detail->devices = devices;
  g_signal_connect_object (devices, "renamed", G_CALLBACK (renamed_cb), detail, G_CONNECT_SWAPPED);
}

static void
show_question (PlRequestDetail *detail)
{
  PlRequestItem *item = detail->item;
  const char *words = pl_request_item_get_path_words (item);
  g_autofree char *time = pl_request_item_dup_full_time (item);
  g_autofree char *target = dup_target (item);

  gtk_label_set_text (detail->title_label, *words != '\0' ? words : target);
  show_fact (detail->target_label, *pl_request_item_get_target (item) != '\0' ? target : "");
  show_fact (detail->began_label, time);
  show_who (detail);
}

static Heads
get_heads (PlRequestItem *item)
{
  const PlRecordHeads *heads = pl_request_item_get_record (item)->heads;

  if (heads == NULL)
    return HEADS_NONE;
  return (heads->request_in != NULL ? HEADS_REQUEST_IN : 0)
         | (heads->request_out != NULL ? HEADS_REQUEST_OUT : 0)
         | (heads->response_in != NULL ? HEADS_RESPONSE_IN : 0)
         | (heads->response_out != NULL ? HEADS_RESPONSE_OUT : 0);
}

static void
show_heads (PlRequestDetail *detail)
{
  Heads heads = get_heads (detail->item);
  const char *no_heads = pl_request_item_get_no_heads_words (detail->item);

  if (detail->heads_shown == heads)
    return;
  detail->heads_shown = heads;
  show_fact (detail->no_heads_label, no_heads != NULL ? no_heads : "");
  pl_header_list_show (detail->request_headers,
                       pl_request_item_new_diff (detail->item, PL_HEAD_REQUEST));
  pl_header_list_show (detail->response_headers,
                       pl_request_item_new_diff (detail->item, PL_HEAD_RESPONSE));
}

static void
item_changed_cb (PlRequestDetail *detail)
{
  show_progress (detail);
  show_heads (detail);
}

void
pl_request_detail_set_item (PlRequestDetail *detail, PlRequestItem *item)
{
  g_return_if_fail (PL_IS_REQUEST_DETAIL (detail));

  if (detail->item == item)
    return;
  if (detail->item != NULL)
    g_signal_handlers_disconnect_by_func (detail->item, item_changed_cb, detail);
  g_set_object (&detail->item, item);
  detail->heads_shown = HEADS_NOT_SHOWN;
  if (item == NULL)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), detail,
                           G_CONNECT_SWAPPED);
  show_question (detail);
  item_changed_cb (detail);
}

static void
pl_request_detail_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pl_request_detail_parent_class)->map (widget);
  PL_REQUEST_DETAIL (widget)->tick = g_timeout_add_seconds (TICK_S, tick_cb, widget);
}

static void
pl_request_detail_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PL_REQUEST_DETAIL (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (pl_request_detail_parent_class)->unmap (widget);
}

static void
pl_request_detail_dispose (GObject *object)
{
  pl_request_detail_set_item (PL_REQUEST_DETAIL (object), NULL);
  G_OBJECT_CLASS (pl_request_detail_parent_class)->dispose (object);
}

static void
pl_request_detail_class_init (PlRequestDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_request_detail_dispose;
  widget_class->map = pl_request_detail_map;
  widget_class->unmap = pl_request_detail_unmap;
  g_type_ensure (PL_TYPE_WATERFALL);
  g_type_ensure (PL_TYPE_HEADER_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/porchlight/ui/request-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, chip_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, title_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, ending_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, answer_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, target_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, connect_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, upload_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, wait_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, transfer_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, waterfall);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, began_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, device_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, upstream_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, protocol_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, up_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, down_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, no_heads_label);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, request_headers);
  gtk_widget_class_bind_template_child (widget_class, PlRequestDetail, response_headers);
}

static void
pl_request_detail_init (PlRequestDetail *detail)
{
  gtk_widget_init_template (GTK_WIDGET (detail));
}
