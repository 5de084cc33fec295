/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/kept_heads.h"

/**
 * PlKeptHeads:
 * @rows: (element-type Row): the oldest first
 */
struct _PlKeptHeads
{
  GQueue rows;
  gsize n_bytes;
};

typedef struct
{
  PlKeptHeads *kept;
  PlRequestItem *item;
  gsize n_bytes;
  GList link;
} Row;

PlKeptHeads *
pl_kept_heads_new (void)
{
  return g_new0 (PlKeptHeads, 1);
}

static void
remove_row (Row *row)
{
  g_queue_unlink (&row->kept->rows, &row->link);
  row->kept->n_bytes -= row->n_bytes;
  g_free (row);
}

static void
gone_cb (gpointer data, GObject *item)
{
  remove_row (data);
}

/* Returns: whose it was */
static PlRequestItem *
remove_oldest (PlKeptHeads *kept)
{
  Row *oldest = g_queue_peek_head (&kept->rows);
  PlRequestItem *item = oldest->item;

  g_object_weak_unref (G_OBJECT (item), gone_cb, oldest);
  remove_row (oldest);
  return item;
}

void
pl_kept_heads_free (PlKeptHeads *kept)
{
  while (!g_queue_is_empty (&kept->rows))
    (void) remove_oldest (kept);
  g_free (kept);
}

static gsize
get_size (GBytes *head)
{
  return head != NULL ? g_bytes_get_size (head) : 0;
}

static gsize
measure (const PlRecordHeads *heads)
{
  if (heads == NULL)
    return 0;
  return get_size (heads->request_in) + get_size (heads->request_out)
         + get_size (heads->response_in) + get_size (heads->response_out);
}

static void
add (PlKeptHeads *kept, PlRequestItem *item, gsize n_bytes)
{
  Row *row = g_new0 (Row, 1);

  *row = (Row){ .kept = kept, .item = item, .n_bytes = n_bytes, .link.data = row };
  g_object_weak_ref (G_OBJECT (item), gone_cb, row);
  g_queue_push_tail_link (&kept->rows, &row->link);
  kept->n_bytes += n_bytes;
}

void
pl_kept_heads_note (PlKeptHeads *kept, PlRequestItem *item)
{
  gsize n_bytes = measure (pl_request_item_get_record (item)->heads);

  if (n_bytes == 0)
    return;
  add (kept, item, n_bytes);
  while (kept->n_bytes > PL_KEPT_HEADS_BYTES)
    pl_request_item_forget_heads (remove_oldest (kept));
}
