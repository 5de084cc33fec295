/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The forwarding fields. The way of a stranger, nearly every request, needs no look at the head;
 * only a trusted proxy in front of us has its own fields read. */

#include "net/route/forwarded.h"

#include "net/http/target.h"

/* Walks the elements of all X-Forwarded-For fields, from the oldest hop to the newest. */
typedef struct
{
  const PlHead *head;
  guint next_field;
  PlSlice rest;
} HopReader;

static gboolean
next_hop (HopReader *reader, PlSlice *hop)
{
  while (!pl_field_list_next (&reader->rest, hop))
    {
      const PlField *field;

      if (reader->next_field == reader->head->n_fields)
        return FALSE;
      field = &reader->head->fields[reader->next_field++];
      if (field->id == PL_FIELD_X_FORWARDED_FOR)
        reader->rest = field->value;
    }
  return TRUE;
}

/* Finds the real client among the hops, the one who connected to us being the last of them.
 * Returns %FALSE when one is not an address: then none is to be believed. */
static gboolean
find_real_client (const PlForwardedInput *input, PlAddress *real)
{
  HopReader reader = { .head = input->head };
  gboolean is_found = FALSE;
  PlSlice text;

  while (next_hop (&reader, &text))
    {
      PlAddress hop;

      if (pl_slice_equal_ignoring_case (text, PL_SLICE ("unknown")))
        is_found = FALSE;
      else if (!pl_address_parse (text, &hop))
        return FALSE;
      else if (!is_found || !pl_trust_contains (input->trusted, &hop))
        {
          *real = hop;
          is_found = TRUE;
        }
    }
  if (!is_found)
    *real = *input->client;
  return TRUE;
}

static void
add_hops (const PlHead *head, PlWriter *writer)
{
  HopReader reader = { .head = head };
  PlSlice hop;

  while (next_hop (&reader, &hop))
    {
      pl_writer_add (writer, hop);
      pl_writer_add (writer, PL_SLICE (", "));
    }
}

/* The value of the field @id if it came exactly once, else an empty slice. */
static PlSlice
get_single_value (const PlHead *head, PlFieldId id)
{
  PlSlice value = { NULL, 0 };
  guint n_found = 0;

  for (guint i = 0; i < head->n_fields; i++)
    if (head->fields[i].id == id)
      {
        value = head->fields[i].value;
        n_found++;
      }
  return n_found == 1 ? value : pl_slice (NULL, 0);
}

static PlSlice
choose_proto (const PlForwardedInput *input, gboolean is_trusted)
{
  PlSlice theirs = { NULL, 0 };

  if (is_trusted)
    theirs = get_single_value (input->head, PL_FIELD_X_FORWARDED_PROTO);
  if (pl_slice_equal_ignoring_case (theirs, PL_SLICE ("https")))
    return PL_SLICE ("https");
  if (pl_slice_equal_ignoring_case (theirs, PL_SLICE ("http")))
    return PL_SLICE ("http");
  return input->is_tls ? PL_SLICE ("https") : PL_SLICE ("http");
}

static PlSlice
choose_host (const PlForwardedInput *input, gboolean is_trusted)
{
  PlSlice theirs, host;
  guint16 port;

  if (!is_trusted)
    return input->authority;
  theirs = get_single_value (input->head, PL_FIELD_X_FORWARDED_HOST);
  return pl_authority_split (theirs, &host, &port) ? theirs : input->authority;
}

static PlSlice
write_host_text (const PlAddress *address, char *text)
{
  PlWriter writer;

  pl_writer_init (&writer, text, PL_ADDRESS_TEXT_BYTES);
  pl_address_write_host (address, &writer);
  return pl_slice (text, writer.length);
}

void
pl_forwarded_write (const PlForwardedInput *input, PlWriter *writer)
{
  gboolean is_trusted = pl_trust_contains (input->trusted, input->client);
  PlAddress real;
  gboolean is_appended = is_trusted && find_real_client (input, &real);
  PlSlice host = choose_host (input, is_trusted);
  char client_text[PL_ADDRESS_TEXT_BYTES], real_text[PL_ADDRESS_TEXT_BYTES];
  PlSlice client = write_host_text (input->client, client_text);

  pl_writer_add (writer, PL_SLICE ("X-Forwarded-For: "));
  if (is_appended)
    add_hops (input->head, writer);
  pl_writer_add (writer, client);
  pl_writer_add_end (writer);

  if (host.length > 0)
    pl_writer_add_field (writer, PL_SLICE ("X-Forwarded-Host"), host);
  pl_writer_add_field (writer, PL_SLICE ("X-Forwarded-Proto"), choose_proto (input, is_trusted));
  pl_writer_add_field (writer, PL_SLICE ("X-Real-IP"),
                       is_appended ? write_host_text (&real, real_text) : client);
}

PlAddress
pl_forwarded_get_client (const PlForwardedInput *input)
{
  PlAddress real;

  return pl_trust_contains (input->trusted, input->client) && find_real_client (input, &real)
             ? real
             : *input->client;
}
