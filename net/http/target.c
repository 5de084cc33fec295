/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes request targets apart; which of the four forms one has is told by its first octets. */

#include "net/http/target.h"

#include "net/http/character.h"

/* Whether @text may be a path with its query. Wider than RFC 3986: what browsers leave unescaped
 * ("<>[]\^`{|}) is let through, since refusing it would break pages that work elsewhere. */
static gboolean
is_path_text (PlSlice text)
{
  for (gsize i = 0; i < text.length; i++)
    {
      if (!pl_character_is (text.bytes[i], PL_CHARACTER_VISIBLE) || text.bytes[i] == '#')
        return FALSE;
      if (text.bytes[i] == '%' && pl_character_unescape (pl_slice_from (text, i)) <= 0)
        return FALSE;
    }
  return TRUE;
}

static PlHttpFault
parse_path_and_query (PlSlice text, PlTarget *target)
{
  if (!is_path_text (text))
    return PL_HTTP_FAULT_TARGET;

  target->path = pl_slice (text.bytes, pl_slice_find (text, '?'));
  target->has_query = target->path.length < text.length;
  if (target->has_query)
    target->query = pl_slice_from (text, target->path.length + 1);
  return PL_HTTP_FAULT_NONE;
}

static PlHttpFault
parse_absolute (PlSlice text, PlTarget *target)
{
  PlHttpFault fault;
  PlSlice host;
  guint16 port;

  target->form = PL_TARGET_ABSOLUTE;
  target->scheme = pl_slice (text.bytes, pl_slice_find (text, ':'));
  text = pl_slice_from (text, target->scheme.length);
  if (!pl_slice_has_prefix (text, PL_SLICE ("://"))
      || (!pl_slice_equal_ignoring_case (target->scheme, PL_SLICE ("http"))
          && !pl_slice_equal_ignoring_case (target->scheme, PL_SLICE ("https"))))
    return PL_HTTP_FAULT_TARGET;

  text = pl_slice_from (text, strlen ("://"));
  target->authority
      = pl_slice (text.bytes, MIN (pl_slice_find (text, '/'), pl_slice_find (text, '?')));
  if (!pl_authority_split (target->authority, &host, &port))
    return PL_HTTP_FAULT_TARGET;

  fault = parse_path_and_query (pl_slice_from (text, target->authority.length), target);
  if (target->path.length == 0)
    target->path = PL_SLICE ("/");
  return fault;
}

static PlHttpFault
parse_authority_form (PlSlice text, PlTarget *target)
{
  PlSlice host;
  guint16 port;

  /* RFC 9112 §3.2.3: the port is not optional here. */
  if (!pl_authority_split (text, &host, &port) || port == 0)
    return PL_HTTP_FAULT_TARGET;

  target->form = PL_TARGET_AUTHORITY;
  target->authority = text;
  return PL_HTTP_FAULT_NONE;
}

PlHttpFault
pl_target_parse (PlSlice method, PlSlice text, PlTarget *target)
{
  *target = (PlTarget){ .form = PL_TARGET_ORIGIN };

  if (pl_slice_equal (method, PL_SLICE ("CONNECT")))
    return parse_authority_form (text, target);
  if (pl_slice_has_prefix (text, PL_SLICE ("/")))
    return parse_path_and_query (text, target);
  if (!pl_slice_equal (text, PL_SLICE ("*")))
    return parse_absolute (text, target);

  target->form = PL_TARGET_ASTERISK;
  return pl_slice_equal (method, PL_SLICE ("OPTIONS")) ? PL_HTTP_FAULT_NONE : PL_HTTP_FAULT_TARGET;
}
