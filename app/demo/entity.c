/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/entity.h"

#include <string.h>

gboolean
pl_entity_is_fresh (SoupServerMessage *message, const char *etag)
{
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  soup_message_headers_replace (response, "ETag", etag);
  soup_message_headers_replace (response, "Cache-Control", "private, max-age=86400, no-transform");
  soup_message_headers_replace (response, "Accept-Ranges", "bytes");

  const char *known = soup_message_headers_get_list (
      soup_server_message_get_request_headers (message), "If-None-Match");
  g_autofree char *weak_etag = g_strconcat ("W/", etag, NULL);
  if (known == NULL
      || !(g_str_equal (known, "*") || soup_header_contains (known, etag)
           || soup_header_contains (known, weak_etag)))
    return FALSE;
  /* Else libsoup would say Content-Length: 0, which for a 304 means an empty file (§8.6). */
  soup_message_headers_set_encoding (response, SOUP_ENCODING_NONE);
  soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
  return TRUE;
}

/* The one range asked for, or FALSE when the whole file is to be sent. libsoup gives ranges as they
 * were written: they may begin before the file or end after it. */
static gboolean
find_range (SoupMessageHeaders *request, const char *etag, goffset size, SoupRange *range)
{
  const char *only_if = soup_message_headers_get_one (request, "If-Range");
  SoupRange *ranges;
  int n_ranges;
  if ((only_if != NULL && !g_str_equal (only_if, etag))
      || !soup_message_headers_get_ranges (request, size, &ranges, &n_ranges))
    return FALSE;
  range->start = MAX (ranges[0].start, 0);
  range->end = MIN (ranges[0].end, size - 1);
  soup_message_headers_free_ranges (request, ranges);
  return n_ranges == 1;
}

static void
refuse_range (SoupServerMessage *message, goffset size)
{
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  g_autofree char *value = g_strdup_printf ("bytes */%" G_GOFFSET_FORMAT, size);
  soup_message_headers_replace (response, "Content-Range", value);
  soup_message_headers_replace (response, "Cache-Control", "no-store");
  soup_server_message_set_status (message, SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE, NULL);
}

gboolean
pl_entity_begin (SoupServerMessage *message,
                 const char *content_type,
                 const char *etag,
                 goffset size,
                 goffset *start,
                 goffset *length)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  gboolean is_get = soup_server_message_get_method (message) == SOUP_METHOD_GET;
  SoupRange range = { 0, size - 1 };
  /* §14.2: Range means something with GET alone. */
  gboolean is_part = is_get && find_range (request, etag, size, &range);
  /* Left there, libsoup would cut the answer again, and without regard to If-Range. */
  soup_message_headers_remove (request, "Range");

  if (is_part && range.start >= size)
    {
      refuse_range (message, size);
      return FALSE;
    }
  if (is_part)
    soup_message_headers_set_content_range (response, range.start, range.end, size);
  else
    range = (SoupRange){ 0, size - 1 };
  soup_server_message_set_status (message, is_part ? SOUP_STATUS_PARTIAL_CONTENT : SOUP_STATUS_OK,
                                  NULL);
  soup_message_headers_set_content_type (response, content_type, NULL);
  *start = range.start;
  *length = range.end - range.start + 1;
  soup_message_headers_set_content_length (response, *length);
  return is_get;
}
