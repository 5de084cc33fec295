/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two languages for the same tale. In X-Forwarded-* it is told in three lists, one after the
 * other; in Forwarded each element has all that one hop saw. */

#include "net/route/hops.h"

#include "net/http/character.h"
#include "net/http/target.h"

/* Walks the elements of all fields of one name, from the newest to the oldest. */
typedef struct
{
  const PlHead *head;
  PlFieldId id;
  guint n_fields_left;
  PlSlice rest;
} ElementReader;

static ElementReader
read_elements_of (const PlHead *head, PlFieldId id)
{
  return (ElementReader){ .head = head, .id = id, .n_fields_left = head->n_fields };
}

static gboolean
read_element (ElementReader *reader, PlSlice *element)
{
  while (!pl_field_list_take_last (&reader->rest, element))
    {
      const PlField *field;

      if (reader->n_fields_left == 0)
        return FALSE;
      field = &reader->head->fields[--reader->n_fields_left];
      if (field->id == reader->id)
        reader->rest = field->value;
    }
  return TRUE;
}

/* A port is digits, or a word that hides it (RFC 7239 §6.3). It is of no use, so its value is not
 * looked at. */
static gboolean
is_port (PlSlice text)
{
  gsize n_digits = 0;

  if (pl_slice_has_prefix (text, PL_SLICE ("_")))
    return text.length > 1 && pl_character_span (text, PL_CHARACTER_UNRESERVED) == text.length;
  while (n_digits < text.length && g_ascii_isdigit (text.bytes[n_digits]))
    n_digits++;
  return n_digits > 0 && n_digits == text.length;
}

/* Finds the host in `host`, `host:port`, `[host]`, `[host]:port`. IPv6 without brackets has no
 * port. */
static gboolean
split_host (PlSlice text, PlSlice *host)
{
  gsize colon = pl_slice_find (text, ':');
  gsize bracket = pl_slice_find (text, ']');
  PlSlice rest;

  if (pl_slice_has_prefix (text, PL_SLICE ("[")) && bracket < text.length)
    {
      *host = pl_slice (text.bytes + 1, bracket - 1);
      rest = pl_slice_from (text, bracket + 1);
      if (pl_slice_find (*host, ':') == host->length)
        return FALSE;
    }
  else
    {
      gboolean is_ipv6
          = colon < text.length
            && pl_slice_find (pl_slice_from (text, colon + 1), ':') < text.length - colon - 1;

      *host = pl_slice (text.bytes, is_ipv6 ? text.length : colon);
      rest = pl_slice_from (text, host->length);
    }
  return rest.length == 0 || (rest.bytes[0] == ':' && is_port (pl_slice_from (rest, 1)));
}

/* Whether the element is an address, and which. */
static gboolean
read_address (PlSlice text, PlAddress *address)
{
  PlSlice host;
  gsize zone;

  if (!split_host (text, &host))
    return FALSE;
  zone = pl_slice_find (host, '%');
  if (zone < host.length)
    {
      if (zone + 1 == host.length || pl_slice_find (host, ':') > zone)
        return FALSE;
      host.length = zone;
    }
  return pl_address_parse (host, address) && address->port == 0;
}

void
pl_hops_clear (PlHops *hops)
{
  hops->n_addresses = 0;
  hops->names_client = FALSE;
  hops->proto = hops->host = PL_SLICE ("");
}

/* Takes in the next hop. Returns: whether what lies beyond it is believed. */
static gboolean
take_hop (PlHops *hops, PlSlice text, const PlTrust *trusted)
{
  PlAddress *address = &hops->addresses[hops->n_addresses];

  hops->names_client = hops->n_addresses < PL_HOPS_MAX && read_address (text, address);
  if (!hops->names_client)
    return FALSE;
  hops->n_addresses++;
  return pl_trust_contains (trusted, address);
}

/* Returns: an empty slice for what is no scheme of the web. */
static PlSlice
read_scheme (PlSlice text)
{
  if (pl_slice_equal_ignoring_case (text, PL_SLICE ("https"))
      || pl_slice_equal_ignoring_case (text, PL_SLICE ("wss")))
    return PL_SLICE ("https");
  if (pl_slice_equal_ignoring_case (text, PL_SLICE ("http"))
      || pl_slice_equal_ignoring_case (text, PL_SLICE ("ws")))
    return PL_SLICE ("http");
  return PL_SLICE ("");
}

/* Returns: an empty slice for what is not one well-formed authority. */
static PlSlice
read_host (PlSlice text)
{
  PlSlice host;
  guint16 port;

  return pl_authority_split (text, &host, &port) ? text : PL_SLICE ("");
}

/* X-Forwarded-For, -Proto, -Host */

/* Returns: how many elements from the end of a list it is to what the hop wrote that saw the real
 * client; at least 1, the proxy that connected to us. */
static guint
read_forwarded_for (const PlHead *head, const PlTrust *trusted, PlHops *hops)
{
  ElementReader reader = read_elements_of (head, PL_FIELD_X_FORWARDED_FOR);
  guint depth = 0;
  PlSlice element;

  while (read_element (&reader, &element))
    {
      depth++;
      if (!take_hop (hops, element, trusted))
        break;
    }
  return MAX (depth, 1);
}

/* Reads the list @id as far as it can be read with @read, and @depth elements at most. */
static PlSlice
read_beside (const PlHead *head, PlFieldId id, guint depth, PlSlice (*read) (PlSlice text))
{
  ElementReader reader = read_elements_of (head, id);
  PlSlice found = PL_SLICE ("");
  PlSlice element;

  for (guint i = 0; i < depth && read_element (&reader, &element); i++)
    {
      PlSlice value = read (element);

      if (value.length == 0)
        break;
      found = value;
    }
  return found;
}

/* Forwarded */

/* What one element says; empty what it does not say. */
typedef struct
{
  PlSlice node; /* for= */
  PlSlice proto;
  PlSlice host;
} ForwardedElement;

/* Returns: where to put the parameter called @name; %NULL when it is of no interest. */
static PlSlice *
find_place (ForwardedElement *element, PlSlice name)
{
  if (pl_slice_equal_ignoring_case (name, PL_SLICE ("for")))
    return &element->node;
  if (pl_slice_equal_ignoring_case (name, PL_SLICE ("proto")))
    return &element->proto;
  if (pl_slice_equal_ignoring_case (name, PL_SLICE ("host")))
    return &element->host;
  return NULL;
}

/* RFC 7239 §4: no parameter may come twice in an element. */
static gboolean
parse_forwarded_element (PlSlice text, ForwardedElement *element)
{
  PlSlice part, name, value;

  *element = (ForwardedElement){ 0 };
  while (pl_field_part_next (&text, &part))
    {
      PlSlice *place;

      if (!pl_field_part_split (part, &name, &value))
        return FALSE;
      place = find_place (element, name);
      if (place == NULL)
        continue;
      if (place->bytes != NULL)
        return FALSE;
      *place = value;
    }
  return TRUE;
}

static void
take_if_said (PlSlice *known, PlSlice said)
{
  if (said.length > 0)
    *known = said;
}

/* The hop that wrote an element is trusted, since all read so far are; so its scheme and host are
 * believed even where it hides whom it saw. */
static void
read_forwarded (const PlHead *head, const PlTrust *trusted, PlHops *hops)
{
  ElementReader reader = read_elements_of (head, PL_FIELD_FORWARDED);
  ForwardedElement element;
  gboolean goes_on = TRUE;
  PlSlice text;

  while (goes_on && read_element (&reader, &text))
    {
      hops->names_client = FALSE;
      if (!parse_forwarded_element (text, &element))
        return;
      take_if_said (&hops->proto, read_scheme (element.proto));
      take_if_said (&hops->host, read_host (element.host));
      goes_on = take_hop (hops, element.node, trusted);
    }
}

static gboolean
has_any (const PlHead *head, PlFieldId a, PlFieldId b, PlFieldId c)
{
  for (guint i = 0; i < head->n_fields; i++)
    if (head->fields[i].id == a || head->fields[i].id == b || head->fields[i].id == c)
      return TRUE;
  return FALSE;
}

void
pl_hops_read (const PlHead *head, const PlTrust *trusted, PlHops *hops)
{
  pl_hops_clear (hops);
  if (has_any (head, PL_FIELD_X_FORWARDED_FOR, PL_FIELD_X_FORWARDED_PROTO,
               PL_FIELD_X_FORWARDED_HOST))
    {
      guint depth = read_forwarded_for (head, trusted, hops);

      hops->proto = read_beside (head, PL_FIELD_X_FORWARDED_PROTO, depth, read_scheme);
      hops->host = read_beside (head, PL_FIELD_X_FORWARDED_HOST, depth, read_host);
    }
  else
    read_forwarded (head, trusted, hops);
}

void
pl_hops_read_addresses (const PlHead *head,
                        PlFieldId language,
                        const PlTrust *trusted,
                        PlHops *hops)
{
  pl_hops_clear (hops);
  if (language == PL_FIELD_FORWARDED)
    read_forwarded (head, trusted, hops);
  else
    read_forwarded_for (head, trusted, hops);
}
