/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/upload.h"

#include "app/demo/answer.h"
#include "app/demo/early.h"
#include "app/demo/multipart.h"
#include "app/demo/share.h"

#define BYTES_BEFORE_TURN (1024 * 1024)

typedef struct
{
  PlMultipart *form;
  GChecksum *checksum;
  guint64 size;
  gsize bytes_in_turn;
} Upload;

static void
upload_free (Upload *upload)
{
  pl_multipart_free (upload->form);
  g_checksum_free (upload->checksum);
  g_free (upload);
}

static void
take_file (const guint8 *bytes, gsize length, gpointer user_data)
{
  Upload *upload = user_data;
  g_checksum_update (upload->checksum, bytes, length);
  upload->size += length;
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  Upload *upload = user_data;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (chunk, &length);
  pl_multipart_feed (upload->form, bytes, length);
  upload->bytes_in_turn += length;
  if (upload->bytes_in_turn >= BYTES_BEFORE_TURN)
    {
      upload->bytes_in_turn = 0;
      pl_answer_take_turns (message);
    }
}

static Upload *
upload_new (const char *boundary)
{
  Upload *upload = g_new0 (Upload, 1);
  upload->form = pl_multipart_new (boundary, take_file, upload);
  upload->checksum = g_checksum_new (G_CHECKSUM_SHA1);
  return upload;
}

static char *
dup_boundary (SoupMessageHeaders *request)
{
  g_autoptr (GHashTable) parameters = NULL;
  const char *type = soup_message_headers_get_content_type (request, &parameters);
  if (g_strcmp0 (type, "multipart/form-data") != 0)
    return NULL;
  return g_strdup (g_hash_table_lookup (parameters, "boundary"));
}

static gboolean
answer_known (PlVisit *visit, SoupMessageHeaders *request)
{
  g_autofree char *checksum
      = pl_uploads_dup_checksum (soup_message_headers_get_one (request, "x-immich-checksum"));
  const char *id = checksum != NULL ? pl_uploads_find (visit->site->uploads, checksum) : NULL;
  if (id == NULL)
    return FALSE;
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"status\":\"duplicate\"}", id);
  pl_early_answer (visit->message, SOUP_STATUS_OK, json, visit->site->stopping);
  return TRUE;
}

void
pl_upload_begin (PlVisit *visit)
{
  SoupServerMessage *message = visit->message;
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  if (answer_known (visit, request))
    return;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_autofree char *boundary = dup_boundary (request);
  if (boundary == NULL)
    return;
  Upload *upload = upload_new (boundary);
  g_object_set_data_full (G_OBJECT (message), "pl-upload", upload, (GDestroyNotify) upload_free);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), upload);
}

void
pl_upload_finish (PlVisit *visit)
{
  Upload *upload = g_object_get_data (G_OBJECT (visit->message), "pl-upload");
  if (!pl_share_admits_upload (visit))
    return;
  if (upload == NULL || !pl_multipart_is_complete (upload->form))
    {
      pl_answer_error (visit->message, SOUP_STATUS_BAD_REQUEST, "Unexpected end of form");
      return;
    }
  if (!pl_multipart_has_file (upload->form))
    {
      pl_answer_error (visit->message, SOUP_STATUS_BAD_REQUEST, "Asset data is missing");
      return;
    }
  const char *sha1 = g_checksum_get_string (upload->checksum);
  const char *known = pl_uploads_find (visit->site->uploads, sha1);
  const char *id = known != NULL ? known : pl_uploads_add (visit->site->uploads, sha1);
  pl_answer_json (visit->message, known != NULL ? SOUP_STATUS_OK : SOUP_STATUS_CREATED,
                  "{'id': <%s>, 'status': <%s>, 'size': <%t>, 'sha1': <%s>}", id,
                  known != NULL ? "duplicate" : "created", upload->size, sha1);
}
