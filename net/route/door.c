/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/route/door.h"

#include <string.h>

#include <gio/gio.h>

#include "net/http/mask.h"
#include "net/i18n.h"
#include "net/route/share_link.h"
#include "net/route/share_table.h"

/* The one cookie of share pages: that the password of a link was known. */
#define SHARE_COOKIE "immich_shared_link_token"

#define API_FOLDER "/api/"

/**
 * PlDoor:
 * @also: (element-type PlShareRow): beside the table
 * @turned_away: (nullable): whose devices are; %NULL: nobody's, as nearly always
 */
struct _PlDoor
{
  PlDoorRule rules[PL_CIRCLE_WORLD + 1];
  gboolean guest_uploads;
  gboolean guards;
  gboolean limits;
  GArray *also;
  PlTrust *turned_away;
};

PlCircle
pl_circle_find (const PlAddress *address, const PlTrust *home)
{
  if (pl_address_is_loopback (address))
    return PL_CIRCLE_COMPUTER;
  return pl_exposure_admits (PL_EXPOSURE_NETWORK, home, address) ? PL_CIRCLE_HOME : PL_CIRCLE_WORLD;
}

static void
clear_row (gpointer data)
{
  PlShareRow *row = data;

  g_free ((char *) row->method);
  g_free ((char *) row->path);
}

PlDoor *
pl_door_new (void)
{
  PlDoor *door = g_new0 (PlDoor, 1);

  door->guards = TRUE;
  door->limits = TRUE;
  door->also = g_array_new (FALSE, FALSE, sizeof (PlShareRow));
  g_array_set_clear_func (door->also, clear_row);
  return door;
}

PlDoor *
pl_door_dup (const PlDoor *door)
{
  PlDoor *copy = g_memdup2 (door, sizeof *door);

  g_array_ref (copy->also);
  if (door->turned_away != NULL)
    copy->turned_away = pl_trust_dup (door->turned_away);
  return copy;
}

void
pl_door_free (PlDoor *door)
{
  g_array_unref (door->also);
  g_clear_pointer (&door->turned_away, pl_trust_free);
  g_free (door);
}

void
pl_door_set_rule (PlDoor *door, PlCircle circle, PlDoorRule rule)
{
  door->rules[circle] = rule;
}

PlDoorRule
pl_door_get_rule (const PlDoor *door, PlCircle circle)
{
  return door->rules[circle];
}

void
pl_door_set_guest_uploads (PlDoor *door, gboolean allowed)
{
  door->guest_uploads = allowed;
}

void
pl_door_set_guard (PlDoor *door, gboolean guards)
{
  door->guards = guards;
}

gboolean
pl_door_guards (const PlDoor *door)
{
  return door->guards;
}

void
pl_door_set_limits (PlDoor *door, gboolean limits)
{
  door->limits = limits;
}

gboolean
pl_door_limits (const PlDoor *door)
{
  return door->limits;
}

gboolean
pl_door_turn_away (PlDoor *door, const char *network, GError **error)
{
  if (door->turned_away == NULL)
    door->turned_away = pl_trust_new ();
  return pl_trust_add (door->turned_away, network, error);
}

gboolean
pl_door_turns_away (const PlDoor *door, const PlAddress *address)
{
  return door->turned_away != NULL && !pl_address_is_loopback (address)
         && pl_trust_contains (door->turned_away, address);
}

static gboolean
is_below_api (PlSlice path)
{
  return pl_slice_has_prefix (path, PL_SLICE (API_FOLDER));
}

gboolean
pl_door_also (PlDoor *door, const char *line, GError **error)
{
  static const char *const methods[] = { "GET", "POST", "PUT", NULL };
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (g_strv_length (words) != 2 || !g_strv_contains (methods, words[0])
      || !pl_share_pattern_is_sound (pl_slice_from_string (words[1])))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” is not a kind of request and a path: GET, POST or PUT is allowed, a "
                      "space, and a path as in GET /api/assets/{id}/tiles"),
                   line);
      return FALSE;
    }
  PlShareRow row = {
    .method = g_strdup (words[0]),
    .path = g_strdup (words[1]),
    .fixed_bytes = strcspn (words[1], "{"),
    .need
    = is_below_api (pl_slice_from_string (words[1])) ? PL_SHARE_NEEDS_LINK : PL_SHARE_NEEDS_NOTHING,
  };
  g_array_append_val (door->also, row);
  return TRUE;
}

/* Judging */

static const PlShareRow *
find_row (const PlDoor *door, PlSlice method, PlSlice path)
{
  const PlShareRow *row = pl_share_table_find (method, path);

  for (guint i = 0; row == NULL && i < door->also->len; i++)
    if (pl_share_row_matches (&g_array_index (door->also, PlShareRow, i), method, path))
      row = &g_array_index (door->also, PlShareRow, i);
  return row;
}

/* Where no link is needed none may be half there either: a page's address may carry what others
 * added (fbclid and the like), but no login. */
static PlDoorVerdict
judge_query (const PlDoor *door, const PlShareRow *row, PlSlice query)
{
  gboolean has_password = FALSE;

  switch (pl_share_query_read (query, &has_password))
    {
    case PL_SHARE_QUERY_LOGIN:
      return PL_DOOR_LOGIN;
    case PL_SHARE_QUERY_UNCLEAR:
      return PL_DOOR_UNCLEAR;
    case PL_SHARE_QUERY_NO_LINK:
      return row->need == PL_SHARE_NEEDS_NOTHING ? PL_DOOR_GUEST : PL_DOOR_NO_LINK;
    case PL_SHARE_QUERY_LINK:
      if (has_password && !row->takes_password)
        return PL_DOOR_UNCLEAR;
      return row->need == PL_SHARE_NEEDS_UPLOADS && !door->guest_uploads ? PL_DOOR_UPLOAD
                                                                         : PL_DOOR_GUEST;
    }
  g_return_val_if_reached (PL_DOOR_UNCLEAR);
}

PlDoorVerdict
pl_door_judge (const PlDoor *door, PlCircle circle, PlSlice method, const PlTarget *target)
{
  const PlShareRow *row;

  if (door == NULL || door->rules[circle] == PL_DOOR_EVERYTHING)
    return PL_DOOR_OPEN;
  if (target->form != PL_TARGET_ORIGIN && target->form != PL_TARGET_ABSOLUTE)
    return PL_DOOR_NOT_SHARED;
  row = find_row (door, method, target->path);
  if (row == NULL)
    return PL_DOOR_NOT_SHARED;
  return judge_query (door, row, target->has_query ? target->query : PL_SLICE (""));
}

/* What guests send along */

/* Returns: the share cookie in a Cookie field (RFC 6265 §4.2.1), `name=value`; empty: none, or
 * several, of which nobody knows which counts */
static PlSlice
find_share_cookie (PlSlice cookies)
{
  PlSlice found = PL_SLICE ("");

  while (cookies.length > 0)
    {
      PlSlice pair = pl_slice (cookies.bytes, pl_slice_find (cookies, ';'));
      PlSlice trimmed = pl_slice_trim (pair);

      cookies = pl_slice_from (cookies, MIN (pair.length + 1, cookies.length));
      if (!pl_slice_has_prefix (trimmed, PL_SLICE (SHARE_COOKIE "=")))
        continue;
      if (found.length > 0)
        return PL_SLICE ("");
      found = trimmed;
    }
  return found;
}

/* Beginnings of names, in lower case: by such fields proxies and frameworks let a request be taken
 * for another than its first line says. */
static const char *const overriding[] = { "x-http-method", "x-method-override", "x-original-",
                                          "x-rewrite-",    "x-envoy-original-", "x-forwarded-" };

/* An underscore is a hyphen to some. */
static gboolean
begins_with (PlSlice name, const char *lower)
{
  gsize length = strlen (lower);

  if (name.length < length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (pl_ascii_lower (name.bytes[i]) != lower[i] && (name.bytes[i] != '_' || lower[i] != '-'))
      return FALSE;
  return TRUE;
}

static gboolean
overrides_request (PlSlice name)
{
  for (guint i = 0; i < G_N_ELEMENTS (overriding); i++)
    if (begins_with (name, overriding[i]))
      return TRUE;
  return FALSE;
}

gboolean
pl_door_guest_field_passes (const PlField *field, PlSlice *value)
{
  PlFieldId id = field->id != PL_FIELD_OTHER ? field->id : pl_field_identify_shadowed (field->name);

  *value = field->value;
  if (field->id == PL_FIELD_COOKIE)
    *value = find_share_cookie (field->value);
  else if ((pl_field_get_flags (id) & PL_FIELD_SECRET) != 0 || pl_mask_hides_field (field)
           || overrides_request (field->name))
    return FALSE;
  return value->length > 0 || field->value.length == 0;
}
