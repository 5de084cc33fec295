/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/http2/request.h"

#include "net/http/character.h"

/* What a field takes besides its octets (RFC 7541 §4.1). */
#define FIELD_OVERHEAD_BYTES 32

static PlSlice
get_slice (nghttp2_rcbuf *octets)
{
  nghttp2_vec vector;

  if (octets == NULL)
    return pl_slice (NULL, 0);
  vector = nghttp2_rcbuf_get_buf (octets);
  return pl_slice ((const char *) vector.base, vector.len);
}

static void
forget (nghttp2_rcbuf **octets)
{
  if (*octets != NULL)
    nghttp2_rcbuf_decref (g_steal_pointer (octets));
}

static void
keep (nghttp2_rcbuf **place, nghttp2_rcbuf *octets)
{
  forget (place);
  nghttp2_rcbuf_incref (octets);
  *place = octets;
}

void
pl_http2_request_begin (PlHttp2Request *request, PlSupplies *supplies)
{
  const PlLimits *limits = supplies->limits;
  PlHeadLimits head_limits = { limits->request_head_bytes, limits->request_fields };

  request->head = pl_supplies_take_head (supplies);
  pl_head_init (request->head, PL_HEAD_REQUEST, head_limits);
  request->head->version = PL_HTTP_1_1; /* as which it goes on */
  request->text = pl_buffer_take (&supplies->pools.buffers, PL_BUFFER_HEAD);
}

void
pl_http2_request_clear (PlHttp2Request *request, PlSupplies *supplies)
{
  forget (&request->method);
  forget (&request->target);
  forget (&request->authority);
  if (request->cookies != NULL)
    g_string_free (g_steal_pointer (&request->cookies), TRUE);
  pl_supplies_give_head (supplies, &request->head);
  pl_buffer_give (&supplies->pools.buffers, &request->text);
}

/* Writing */

static gboolean
make_room (PlHttp2Request *request, PlSupplies *supplies, gsize length)
{
  while (pl_buffer_get_room (request->text) < length)
    if (request->text->end + length > request->head->limits.head_bytes
        || !pl_buffer_grow (&supplies->pools.buffers, &request->text))
      return FALSE;
  pl_head_follow (request->head, request->text->bytes);
  return request->text->end + length <= request->head->limits.head_bytes;
}

/* There is room. Returns where it stands now. */
static PlSlice
put (PlHttp2Request *request, PlSlice octets)
{
  char *place = request->text->bytes + request->text->end;

  if (octets.length > 0)
    memcpy (place, octets.bytes, octets.length);
  request->text->end += octets.length;
  return pl_slice (place, octets.length);
}

static PlHttpFault
add_field (PlHttp2Request *request, PlSupplies *supplies, PlSlice name, PlSlice value)
{
  if (!make_room (request, supplies, name.length + value.length + strlen (": \r\n")))
    return PL_HTTP_FAULT_HEAD_TOO_LONG;
  name = put (request, name);
  put (request, PL_SLICE (": "));
  value = put (request, value);
  put (request, PL_SLICE ("\r\n"));
  return pl_head_add_field (request->head, name, pl_slice_trim (value));
}

/* CONNECT has no path; its target is the authority (RFC 9113 §8.5). */
static PlHttpFault
write_first_line (PlHttp2Request *request, PlSupplies *supplies)
{
  PlSlice method = get_slice (request->method), authority = get_slice (request->authority);
  PlSlice target = request->target != NULL ? get_slice (request->target) : authority;

  request->has_first_line = TRUE;
  if (method.length == 0 || pl_character_span (method, PL_CHARACTER_TOKEN) != method.length)
    return PL_HTTP_FAULT_METHOD;
  if (target.length == 0 || pl_character_span (target, PL_CHARACTER_VISIBLE) != target.length)
    return PL_HTTP_FAULT_TARGET;
  if (!make_room (request, supplies, method.length + target.length + strlen ("  HTTP/2.0\r\n")))
    return PL_HTTP_FAULT_TARGET_TOO_LONG;
  request->head->method = put (request, method);
  put (request, PL_SLICE (" "));
  request->head->target = put (request, target);
  put (request, PL_SLICE (" HTTP/2.0\r\n"));
  return authority.length > 0 ? add_field (request, supplies, PL_SLICE ("host"), authority)
                              : PL_HTTP_FAULT_NONE;
}

/* Fields */

static void
add_crumb (PlHttp2Request *request, PlSlice crumb)
{
  if (request->cookies == NULL)
    request->cookies = g_string_new (NULL);
  else
    g_string_append (request->cookies, "; ");
  g_string_append_len (request->cookies, crumb.bytes, crumb.length);
}

static gboolean
is_pseudo (PlSlice name)
{
  return name.length > 0 && name.bytes[0] == ':';
}

static void
keep_pseudo (PlHttp2Request *request, PlSlice name, nghttp2_rcbuf *value)
{
  if (pl_slice_equal (name, PL_SLICE (":method")))
    keep (&request->method, value);
  else if (pl_slice_equal (name, PL_SLICE (":path")))
    keep (&request->target, value);
  else if (pl_slice_equal (name, PL_SLICE (":authority")))
    keep (&request->authority, value);
}

/* Beside :authority it may say the same, or nothing (RFC 9113 §8.3.1). */
static PlHttpFault
take_host (PlHttp2Request *request, PlSupplies *supplies, PlSlice value)
{
  PlSlice authority = get_slice (request->authority);

  if (authority.length == 0)
    return add_field (request, supplies, PL_SLICE ("host"), value);
  return pl_slice_equal_ignoring_case (authority, pl_slice_trim (value))
             ? PL_HTTP_FAULT_NONE
             : PL_HTTP_FAULT_HOST_DIFFERS;
}

static PlHttpFault
take_field (PlHttp2Request *request, PlSupplies *supplies, PlSlice name, PlSlice value)
{
  PlHttpFault fault = PL_HTTP_FAULT_NONE;

  if (!request->has_first_line)
    fault = write_first_line (request, supplies);
  if (fault != PL_HTTP_FAULT_NONE)
    return fault;
  switch (pl_field_identify (name))
    {
    case PL_FIELD_HOST:
      return take_host (request, supplies, value);
    case PL_FIELD_COOKIE:
      add_crumb (request, value);
      return PL_HTTP_FAULT_NONE;
    default:
      return add_field (request, supplies, name, value);
    }
}

void
pl_http2_request_add (PlHttp2Request *request,
                      PlSupplies *supplies,
                      nghttp2_rcbuf *name_octets,
                      nghttp2_rcbuf *value_octets)
{
  PlSlice name = get_slice (name_octets), value = get_slice (value_octets);

  request->unfolded_bytes += name.length + value.length + FIELD_OVERHEAD_BYTES;
  if (request->fault != PL_HTTP_FAULT_NONE)
    return;
  if (is_pseudo (name))
    keep_pseudo (request, name, value_octets);
  else if (request->cookies != NULL && request->cookies->len > request->head->limits.head_bytes)
    request->fault = PL_HTTP_FAULT_HEAD_TOO_LONG;
  else
    request->fault = take_field (request, supplies, name, value);
}

PlHttpFault
pl_http2_request_end (PlHttp2Request *request, PlSupplies *supplies)
{
  if (!request->has_first_line && request->fault == PL_HTTP_FAULT_NONE)
    request->fault = write_first_line (request, supplies);
  if (request->cookies != NULL && request->fault == PL_HTTP_FAULT_NONE)
    request->fault = add_field (request, supplies, PL_SLICE ("cookie"),
                                pl_slice (request->cookies->str, request->cookies->len));
  if (request->fault == PL_HTTP_FAULT_NONE && make_room (request, supplies, strlen ("\r\n")))
    put (request, PL_SLICE ("\r\n"));
  request->head->length_bytes = request->text->end;
  return request->fault;
}
