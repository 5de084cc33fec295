/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/media.h"

#include "app/demo/answer.h"
#include "app/demo/entity.h"
#include "app/demo/share.h"

#define BIG_FILE_BYTES ((goffset) 512 * 1024 * 1024)
#define BIG_FILE_ETAG  "\"big-file-1\""

#define CHUNK_BYTES       (128 * 1024)
#define BYTES_BEFORE_TURN (8 * CHUNK_BYTES)

/* In Immich's own words; it says 400, not 404, for an id it does not know. */
static gboolean
find_picture (PlVisit *visit, guint *index)
{
  if (pl_pictures_find (visit->id, index))
    return pl_share_admits (visit, *index);
  pl_answer_error (visit->message, SOUP_STATUS_BAD_REQUEST, "Not found or no asset.view access");
  return FALSE;
}

static void
send_picture (PlVisit *visit, PlPictureSize size)
{
  guint index;
  if (!find_picture (visit, &index))
    return;
  g_autofree char *etag = pl_pictures_dup_etag (index, size);
  if (pl_entity_is_fresh (visit->message, etag))
    return;
  g_autoptr (GBytes) file = pl_pictures_dup (visit->site->pictures, index, size);
  goffset start, length;
  if (!pl_entity_begin (visit->message, "image/png", etag, g_bytes_get_size (file), &start,
                        &length))
    return;
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (file, start, length);
  soup_message_body_append_bytes (soup_server_message_get_response_body (visit->message), part);
}

void
pl_media_thumbnail (PlVisit *visit)
{
  const char *size = pl_visit_get_query (visit, "size");
  gboolean is_large = g_strcmp0 (size, "preview") == 0 || g_strcmp0 (size, "fullsize") == 0;
  send_picture (visit, is_large ? PL_PICTURE_ORIGINAL : PL_PICTURE_THUMBNAIL);
}

void
pl_media_original (PlVisit *visit)
{
  send_picture (visit, PL_PICTURE_ORIGINAL);
}

guint64
pl_media_word_at (guint64 index)
{
  guint64 word = (index + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  word = (word ^ (word >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  word = (word ^ (word >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return word ^ (word >> 31);
}

/* Whole words are made, and what lies before @start in the first is left out. */
static GBytes *
make_octets (goffset start, gsize length)
{
  guint64 first = start / 8;
  gsize lead = start % 8;
  gsize n_words = (lead + length + 7) / 8;
  guint64 *words = g_new (guint64, n_words);
  for (gsize i = 0; i < n_words; i++)
    words[i] = GUINT64_TO_LE (pl_media_word_at (first + i));
  g_autoptr (GBytes) made = g_bytes_new_take (words, n_words * 8);
  return g_bytes_new_from_bytes (made, lead, length);
}

typedef struct
{
  goffset next;
  goffset end;
  gsize bytes_in_turn;
} Stream;

/* One chunk is in memory at a time: the next is made when libsoup has written the last. */
static void
send_more_cb (SoupServerMessage *message, gpointer user_data)
{
  Stream *stream = user_data;
  gsize length = MIN (CHUNK_BYTES, stream->end - stream->next);
  if (length == 0)
    return;
  g_autoptr (GBytes) chunk = make_octets (stream->next, length);
  stream->next += length;
  stream->bytes_in_turn += length;
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), chunk);
  if (stream->bytes_in_turn >= BYTES_BEFORE_TURN)
    {
      stream->bytes_in_turn = 0;
      pl_answer_take_turns (message);
    }
}

void
pl_media_big_file (PlVisit *visit)
{
  SoupServerMessage *message = visit->message;
  guint index;
  goffset start, length;
  if (!find_picture (visit, &index) || pl_entity_is_fresh (message, BIG_FILE_ETAG))
    return;
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Content-Disposition",
                                "attachment; filename=\"porchlight-big-file.bin\"");
  if (!pl_entity_begin (message, "application/octet-stream", BIG_FILE_ETAG, BIG_FILE_BYTES, &start,
                        &length))
    return;

  Stream *stream = g_new0 (Stream, 1);
  stream->next = start;
  stream->end = start + length;
  g_object_set_data_full (G_OBJECT (message), "pl-stream", stream, g_free);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (send_more_cb), stream);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (send_more_cb), stream);
}
