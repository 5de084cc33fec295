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

static Row *
take_oldest (PlKeptHeads *kept)
{
  GList *oldest = kept->rows.head;

  if (oldest != NULL)
    g_object_weak_unref (G_OBJECT (((Row *) oldest->data)->item), gone_cb, oldest->data);
  return oldest != NULL ? oldest->data : NULL;
}

void
pl_kept_heads_free (PlKeptHeads *kept)
{
  Row *row;

  while ((row = take_oldest (kept)) != NULL)
    remove_row (row);
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
    {
      Row *row = take_oldest (kept);
      PlRequestItem *oldest = row->item;

      remove_row (row);
      pl_request_item_forget_heads (oldest);
    }
}
