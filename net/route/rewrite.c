/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each head is walked once, and each field meets one question: does it go on? The fields that
 * say something about our own connections are then written by us. */

#include "net/route/rewrite.h"

#include "net/route/connection_options.h"
#include "net/route/door.h"
#include "net/route/loop.h"

/* Writes how the body is framed. @field is what the sender said about it, the first of
 * Content-Length and Transfer-Encoding, or %NULL. */
static void
write_framing (const PlBody *body, const PlField *field, PlWriter *writer)
{
  switch (body->kind)
    {
    case PL_BODY_NONE:
      if (field != NULL && field->id == PL_FIELD_CONTENT_LENGTH)
        pl_writer_add_field (writer, field->name, field->value);
      break;
    case PL_BODY_FIXED:
      pl_writer_add (writer, PL_SLICE ("Content-Length: "));
      pl_writer_add_decimal (writer, body->length_bytes);
      pl_writer_add_end (writer);
      break;
    case PL_BODY_CHUNKED:
      pl_writer_add_field (writer, PL_SLICE ("Transfer-Encoding"), PL_SLICE ("chunked"));
      break;
    case PL_BODY_UNTIL_CLOSE:
      break;
    }
}

/* Requests */

static void
write_request_line (const PlRewriteRequest *request, PlWriter *writer)
{
  pl_writer_add (writer, request->forwarded.head->method);
  pl_writer_add_char (writer, ' ');
  pl_writer_add (writer, request->match->target_prefix);
  pl_writer_add (writer, request->match->target_rest);
  pl_writer_add (writer, PL_SLICE (" HTTP/1.1\r\n"));
}

/* Whether @name is a spelling with underscores of a field that we write ourselves. */
static gboolean
shadows_ours (PlSlice name)
{
  PlFieldId id = pl_field_identify_shadowed (name);

  return id == PL_FIELD_CONTENT_LENGTH || pl_field_is_of_connection (id)
         || (pl_field_get_flags (id) & PL_FIELD_FORWARDING) != 0;
}

static gboolean
request_field_passes (const PlRewriteRequest *request, const PlField *field)
{
  switch (field->id)
    {
    case PL_FIELD_OTHER:
      return !shadows_ours (field->name);
    case PL_FIELD_EXPECT:
      return !request->drop_expect && request->forwarded.head->version != PL_HTTP_1_0;
    default:
      return (pl_field_get_flags (field->id) & (PL_FIELD_HOP_BY_HOP | PL_FIELD_FORWARDING)) == 0;
    }
}

static void
write_passing_field (const PlRewriteRequest *request, const PlField *field, PlWriter *writer)
{
  PlSlice value = field->value;

  if (!request->is_guest || pl_door_guest_field_passes (field, &value))
    pl_writer_add_field (writer, field->name, value);
}

static void
write_request_fields (const PlRewriteRequest *request, PlWriter *writer)
{
  const PlHead *head = request->forwarded.head;
  PlConnectionOptions options;
  gboolean is_framed = FALSE;

  pl_connection_options_find (head, &options);
  for (guint i = 0; i < head->n_fields; i++)
    {
      const PlField *field = &head->fields[i];

      if (field->id == PL_FIELD_HOST)
        pl_writer_add_field (writer, field->name, request->forwarded.authority);
      else if (field->id == PL_FIELD_CONTENT_LENGTH || field->id == PL_FIELD_TRANSFER_ENCODING)
        {
          if (!is_framed)
            write_framing (&request->body, field, writer);
          is_framed = TRUE;
        }
      else if (field->id == PL_FIELD_CDN_LOOP
               || (!pl_connection_options_name (&options, field->name)
                   && request_field_passes (request, field)))
        write_passing_field (request, field, writer);
    }
  if (!is_framed)
    write_framing (&request->body, NULL, writer);
}

static void
write_request_options (const PlRewriteRequest *request, PlWriter *writer)
{
  const PlHead *head = request->forwarded.head;
  gboolean takes_trailers = head->version != PL_HTTP_1_0
                            && pl_head_list_contains (head, PL_FIELD_TE, PL_SLICE ("trailers"));
  gboolean upgrades = request->upgrade.length > 0;

  if (upgrades && takes_trailers)
    pl_writer_add_field (writer, PL_SLICE ("Connection"), PL_SLICE ("Upgrade, TE"));
  else if (upgrades)
    pl_writer_add_field (writer, PL_SLICE ("Connection"), PL_SLICE ("Upgrade"));
  else if (takes_trailers)
    pl_writer_add_field (writer, PL_SLICE ("Connection"), PL_SLICE ("TE"));

  if (upgrades)
    pl_writer_add_field (writer, PL_SLICE ("Upgrade"), request->upgrade);
  if (takes_trailers)
    pl_writer_add_field (writer, PL_SLICE ("TE"), PL_SLICE ("trailers"));
}

void
pl_rewrite_request (const PlRewriteRequest *request, PlWriter *writer)
{
  const PlForwardedInput *forwarded = &request->forwarded;

  write_request_line (request, writer);
  if (pl_head_find (forwarded->head, PL_FIELD_HOST) == NULL)
    pl_writer_add_field (writer, PL_SLICE ("Host"), forwarded->authority);
  write_request_fields (request, writer);
  write_request_options (request, writer);
  pl_writer_add_field (writer, PL_SLICE (PL_LOOP_FIELD),
                       pl_slice_from_string (pl_loop_get_mark ()));
  pl_forwarded_write (forwarded, writer);
  pl_writer_add_end (writer);
}

/* A protocol is a name and maybe a version after a slash (RFC 9110 §7.8). */
static gboolean
is_h2c (PlSlice protocol)
{
  PlSlice name = pl_slice (protocol.bytes, pl_slice_find (protocol, '/'));

  return pl_slice_equal_ignoring_case (name, PL_SLICE ("h2c"));
}

gboolean
pl_rewrite_offers_upgrade (const PlHead *head, PlWriter *protocols)
{
  gboolean is_any = FALSE;
  PlSlice rest, protocol;

  if (head->version == PL_HTTP_1_0
      || !pl_head_list_contains (head, PL_FIELD_CONNECTION, PL_SLICE ("upgrade")))
    return FALSE;

  for (guint i = 0; i < head->n_fields; i++)
    {
      if (head->fields[i].id != PL_FIELD_UPGRADE)
        continue;
      rest = head->fields[i].value;
      while (pl_field_list_next (&rest, &protocol))
        if (!is_h2c (protocol))
          {
            pl_writer_add (protocols, is_any ? PL_SLICE (", ") : PL_SLICE (""));
            pl_writer_add (protocols, protocol);
            is_any = TRUE;
          }
    }
  return is_any;
}

/* Responses */

static void
write_status_line (const PlHead *head, PlWriter *writer)
{
  pl_writer_add (writer, PL_SLICE ("HTTP/1.1 "));
  pl_writer_add_decimal (writer, head->status);
  pl_writer_add_char (writer, ' ');
  pl_writer_add (writer, head->reason);
  pl_writer_add_end (writer);
}

static gboolean
is_interim (guint status)
{
  return status < 200 && status != 101;
}

static gboolean
may_be_framed (guint status)
{
  return status >= 200 && status != 204;
}

static void
write_response_fields (const PlRewriteResponse *response, PlWriter *writer)
{
  const PlHead *head = response->head;
  PlConnectionOptions options;
  gboolean is_framed = !may_be_framed (head->status);
  gboolean is_dated = is_interim (head->status) || response->date.length == 0;
  gboolean is_strict = is_interim (head->status) || !response->hsts;

  pl_connection_options_find (head, &options);
  for (guint i = 0; i < head->n_fields; i++)
    {
      const PlField *field = &head->fields[i];

      if (field->id == PL_FIELD_CONTENT_LENGTH || field->id == PL_FIELD_TRANSFER_ENCODING)
        {
          if (!is_framed)
            write_framing (&response->body, field, writer);
          is_framed = TRUE;
        }
      else if (!pl_connection_options_name (&options, field->name)
               && !pl_field_is_of_connection (field->id))
        {
          pl_writer_add_field (writer, field->name, field->value);
          is_dated |= field->id == PL_FIELD_DATE;
          is_strict |= field->id == PL_FIELD_STRICT_TRANSPORT_SECURITY;
        }
    }
  if (!is_framed)
    write_framing (&response->body, NULL, writer);
  if (!is_dated)
    pl_writer_add_field (writer, PL_SLICE ("Date"), response->date);
  if (!is_strict)
    pl_writer_add_field (writer, PL_SLICE ("Strict-Transport-Security"),
                         PL_SLICE (PL_REWRITE_HSTS));
}

static void
write_response_options (const PlRewriteResponse *response, PlWriter *writer)
{
  gboolean is_http_1_0 = response->client_version == PL_HTTP_1_0;

  if (is_interim (response->head->status))
    return;

  if (response->upgrade.length > 0)
    {
      pl_writer_add_field (writer, PL_SLICE ("Connection"),
                           response->head->status == 101 || response->keep_alive
                               ? PL_SLICE ("Upgrade")
                               : PL_SLICE ("close, Upgrade"));
      pl_writer_add_field (writer, PL_SLICE ("Upgrade"), response->upgrade);
    }
  else if (is_http_1_0 && response->keep_alive)
    pl_writer_add_field (writer, PL_SLICE ("Connection"), PL_SLICE ("keep-alive"));
  else if (!is_http_1_0 && !response->keep_alive)
    pl_writer_add_field (writer, PL_SLICE ("Connection"), PL_SLICE ("close"));
}

void
pl_rewrite_response (const PlRewriteResponse *response, PlWriter *writer)
{
  write_status_line (response->head, writer);
  write_response_fields (response, writer);
  write_response_options (response, writer);
  pl_writer_add_end (writer);
}
