/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Host and port, and the two places of a request that name them. */

#include "net/http/target.h"

#include "net/http/character.h"

#define LONGEST_AUTHORITY_BYTES 255
#define LONGEST_PORT_DIGITS     5

static gboolean
parse_port (PlSlice digits, guint16 *port)
{
  guint value = 0;

  if (digits.length > LONGEST_PORT_DIGITS)
    return FALSE;
  for (gsize i = 0; i < digits.length; i++)
    {
      if (!g_ascii_isdigit (digits.bytes[i]))
        return FALSE;
      value = value * 10 + (digits.bytes[i] - '0');
    }
  *port = value;
  return value > 0 && value <= G_MAXUINT16;
}

/* RFC 3986 §3.2.2 allows more in a name, but nothing that DNS resolves; and a comma or a
 * percent sign would be read anew by whoever is told of the host in X-Forwarded-Host. */
static gboolean
take_host_name (PlSlice *rest, PlSlice *host)
{
  *host = pl_slice (rest->bytes, pl_character_span (*rest, PL_CHARACTER_UNRESERVED));
  *rest = pl_slice_from (*rest, host->length);
  return host->length > 0;
}

static gboolean
is_ipv6_address (PlSlice text)
{
  char terminated[LONGEST_AUTHORITY_BYTES + 1];

  for (gsize i = 0; i < text.length; i++)
    if (!g_ascii_isxdigit (text.bytes[i]) && text.bytes[i] != ':' && text.bytes[i] != '.')
      return FALSE;
  if (memchr (text.bytes, ':', text.length) == NULL)
    return FALSE;

  memcpy (terminated, text.bytes, text.length);
  terminated[text.length] = '\0';
  return g_hostname_is_ip_address (terminated);
}

static gboolean
take_ipv6_host (PlSlice *rest, PlSlice *host)
{
  gsize end = pl_slice_find (*rest, ']');

  if (end == rest->length)
    return FALSE;
  *host = pl_slice (rest->bytes + 1, end - 1);
  *rest = pl_slice_from (*rest, end + 1);
  return is_ipv6_address (*host);
}

gboolean
pl_authority_split (PlSlice authority, PlSlice *host, guint16 *port)
{
  PlSlice rest = authority;

  *port = 0;
  if (authority.length == 0 || authority.length > LONGEST_AUTHORITY_BYTES)
    return FALSE;

  if (authority.bytes[0] == '[' ? !take_ipv6_host (&rest, host) : !take_host_name (&rest, host))
    return FALSE;

  /* RFC 3986 §3.2.3: a colon with nothing after it says no port. */
  if (rest.length == 0 || pl_slice_equal (rest, PL_SLICE (":")))
    return TRUE;
  return rest.bytes[0] == ':' && parse_port (pl_slice_from (rest, 1), port);
}

static guint16
get_default_port (PlSlice scheme)
{
  if (pl_slice_equal_ignoring_case (scheme, PL_SLICE ("https")))
    return 443;
  return pl_slice_equal_ignoring_case (scheme, PL_SLICE ("http")) ? 80 : 0;
}

static gboolean
is_same_authority (PlSlice a, PlSlice b, guint16 default_port)
{
  PlSlice host_a, host_b;
  guint16 port_a, port_b;

  return pl_authority_split (a, &host_a, &port_a) && pl_authority_split (b, &host_b, &port_b)
         && pl_slice_equal_ignoring_case (host_a, host_b)
         && (port_a != 0 ? port_a : default_port) == (port_b != 0 ? port_b : default_port);
}

/* Sets @host to the one Host field, or to %NULL where there is none. */
static PlHttpFault
find_host (const PlHead *head, const PlField **host)
{
  *host = NULL;
  for (guint i = 0; i < head->n_fields; i++)
    {
      if (head->fields[i].id != PL_FIELD_HOST)
        continue;
      if (*host != NULL)
        return PL_HTTP_FAULT_HOST_REPEATED;
      *host = &head->fields[i];
    }

  if (*host == NULL && head->version != PL_HTTP_1_0)
    return PL_HTTP_FAULT_HOST_MISSING;
  return PL_HTTP_FAULT_NONE;
}

PlHttpFault
pl_target_decide_authority (const PlHead *head, const PlTarget *target, PlSlice *authority)
{
  const PlField *field;
  PlHttpFault fault = find_host (head, &field);
  PlSlice host;
  guint16 port;

  if (fault != PL_HTTP_FAULT_NONE)
    return fault;

  *authority = target->authority;
  if (field == NULL)
    return PL_HTTP_FAULT_NONE;
  if (field->value.length > 0 && !pl_authority_split (field->value, &host, &port))
    return PL_HTTP_FAULT_HOST_MALFORMED;

  if (target->authority.length == 0)
    *authority = field->value;
  else if (!is_same_authority (target->authority, field->value, get_default_port (target->scheme)))
    return PL_HTTP_FAULT_HOST_DIFFERS;
  return PL_HTTP_FAULT_NONE;
}
