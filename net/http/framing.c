/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Content-Length and Transfer-Encoding, read once and strictly, then what the kind of message
 * makes of them. */

#include "net/http/framing.h"

#include "net/http/character.h"

#define LONGEST_LENGTH_DIGITS 19 /* of 2^63 - 1; so many nines still fit in 64 bits */

/* What the framing fields of a head say, taken together. */
typedef struct
{
  guint n_lengths;
  guint n_encodings;
  PlSlice length;
  PlSlice encoding;
} FramingFields;

static FramingFields
collect_fields (const PlHead *head)
{
  FramingFields fields = { 0 };

  for (guint i = 0; i < head->n_fields; i++)
    {
      const PlField *field = &head->fields[i];

      if (field->id == PL_FIELD_CONTENT_LENGTH)
        {
          fields.n_lengths++;
          fields.length = field->value;
        }
      else if (field->id == PL_FIELD_TRANSFER_ENCODING)
        {
          fields.n_encodings++;
          fields.encoding = field->value;
        }
    }
  return fields;
}

static PlHttpFault
parse_length (PlSlice text, guint64 *length_bytes)
{
  guint64 value = 0;

  if (text.length == 0 || text.length > LONGEST_LENGTH_DIGITS)
    return PL_HTTP_FAULT_CONTENT_LENGTH;
  for (gsize i = 0; i < text.length; i++)
    {
      if (!g_ascii_isdigit (text.bytes[i]))
        return PL_HTTP_FAULT_CONTENT_LENGTH;
      value = value * 10 + (text.bytes[i] - '0');
    }
  if (value > G_MAXINT64)
    return PL_HTTP_FAULT_CONTENT_LENGTH;

  *length_bytes = value;
  return PL_HTTP_FAULT_NONE;
}

/* Why a Transfer-Encoding other than a single plain `chunked` is refused: 501 where codings that we
 * do not have stand before one final `chunked`; 400 where it is written so that readers may differ,
 * or where nothing says where the body ends (RFC 9112 §6.3). */
static PlHttpFault
explain_encoding (PlSlice value)
{
  gboolean is_chunked_last = FALSE;
  guint n_codings = 0, n_chunked = 0;
  PlSlice coding;

  while (pl_field_list_next (&value, &coding))
    {
      gsize name_length = pl_character_span (coding, PL_CHARACTER_TOKEN);

      if (name_length == 0 || (name_length < coding.length && coding.bytes[name_length] != ';'))
        return PL_HTTP_FAULT_TRANSFER_ENCODING;
      is_chunked_last = pl_slice_equal_ignoring_case (coding, PL_SLICE ("chunked"));
      n_chunked += pl_slice_equal_ignoring_case (pl_slice (coding.bytes, name_length),
                                                 PL_SLICE ("chunked"));
      n_codings++;
    }
  return n_codings > 1 && n_chunked == 1 && is_chunked_last ? PL_HTTP_FAULT_TRANSFER_CODING
                                                            : PL_HTTP_FAULT_TRANSFER_ENCODING;
}

static PlHttpFault
check_encoding (const PlHead *head, const FramingFields *fields)
{
  /* RFC 9112 §6.1: HTTP/1.0 has no transfer codings, so whoever sends one is confused or lies. */
  if (fields->n_encodings > 1 || head->version == PL_HTTP_1_0)
    return PL_HTTP_FAULT_TRANSFER_ENCODING;
  if (!pl_slice_equal_ignoring_case (fields->encoding, PL_SLICE ("chunked")))
    return explain_encoding (fields->encoding);
  return PL_HTTP_FAULT_NONE;
}

/* Reads the two fields; @unframed is the kind of a body that neither announces. */
static PlHttpFault
read_framing (const PlHead *head, PlBodyKind unframed, PlBody *body)
{
  FramingFields fields = collect_fields (head);
  PlBody found = { unframed, 0 };
  PlHttpFault fault = PL_HTTP_FAULT_NONE;

  if (fields.n_lengths > 0 && fields.n_encodings > 0)
    return PL_HTTP_FAULT_LENGTH_AND_ENCODING;
  if (fields.n_lengths > 1)
    return PL_HTTP_FAULT_CONTENT_LENGTH;

  if (fields.n_encodings > 0)
    {
      fault = check_encoding (head, &fields);
      found.kind = PL_BODY_CHUNKED;
    }
  else if (fields.n_lengths > 0)
    {
      fault = parse_length (fields.length, &found.length_bytes);
      found.kind = found.length_bytes > 0 ? PL_BODY_FIXED : PL_BODY_NONE;
    }

  if (fault == PL_HTTP_FAULT_NONE)
    *body = found;
  return fault;
}

static gboolean
response_has_no_body (guint status, PlSlice request_method)
{
  return status < 200 || status == 204 || status == 304
         || pl_slice_equal (request_method, PL_SLICE ("HEAD"))
         || (status < 300 && pl_slice_equal (request_method, PL_SLICE ("CONNECT")));
}

PlHttpFault
pl_framing_decide_request (const PlHead *head, PlBody *body)
{
  return read_framing (head, PL_BODY_NONE, body);
}

PlHttpFault
pl_framing_decide_response (const PlHead *head, PlSlice request_method, PlBody *body)
{
  PlHttpFault fault = read_framing (head, PL_BODY_UNTIL_CLOSE, body);

  if (fault == PL_HTTP_FAULT_NONE && response_has_no_body (head->status, request_method))
    *body = (PlBody){ PL_BODY_NONE, 0 };
  return fault;
}
