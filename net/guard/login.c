/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/guard/login.h"

#include "net/http/character.h"
#include "net/route/spelling.h"

/**
 * LoginRow:
 * @method: GET stands for HEAD, too: its status tells as much
 * @path: how it ends, in lower case; `/api` stands before it, and before 1.118 some asked Immich's
 * server itself, without
 * @needs_password: it is a try only with a password in the query
 */
typedef struct
{
  const char *method;
  const char *path;
  PlLogin login;
  gboolean needs_password;
} LoginRow;

static const LoginRow rows[] = {
  /* All eras: 201; wrong: 401, and 400 in old ones. */
  { "POST", "/auth/login", PL_LOGIN_PASSWORD, FALSE },
  /* What a page with a password asks: 1.107 on, and before. Without it a 401 is innocent. */
  { "GET", "/shared-links/me", PL_LOGIN_LINK, TRUE },
  { "GET", "/shared-link/me", PL_LOGIN_LINK, TRUE },
  /* Newer ones send it in the body. */
  { "POST", "/shared-links/login", PL_LOGIN_LINK, FALSE },
};

/* Queries */

/* Whether @name is @lower to readers that see through percent-encodings and case. */
static gboolean
name_is (PlSlice name, const char *lower)
{
  for (; name.length > 0 && *lower != '\0'; lower++)
    {
      gint unescaped = pl_character_unescape (name);
      char character = pl_ascii_lower (unescaped >= 0 ? (char) unescaped : name.bytes[0]);

      if (character != *lower)
        return FALSE;
      name = pl_slice_from (name, unescaped >= 0 ? PL_CHARACTER_ESCAPE_BYTES : 1);
    }
  return name.length == 0 && *lower == '\0';
}

/* @value: (out): of the first called so. */
static gboolean
query_has (PlSlice query, const char *lower, PlSlice *value)
{
  while (query.length > 0)
    {
      PlSlice pair = pl_slice (query.bytes, pl_slice_find (query, '&'));
      PlSlice name = pl_slice (pair.bytes, pl_slice_find (pair, '='));

      if (name_is (name, lower))
        {
          *value = pl_slice_from (pair, MIN (name.length + 1, pair.length));
          return TRUE;
        }
      query = pl_slice_from (query, MIN (pair.length + 1, query.length));
    }
  return FALSE;
}

/* Paths */

static gboolean
ends_with (PlSlice path, PlSlice lower)
{
  if (path.length > 0 && path.bytes[path.length - 1] == '/')
    path.length--;
  return path.length >= lower.length
         && pl_slice_equal_ignoring_case (pl_slice_from (path, path.length - lower.length), lower);
}

static PlLogin
find_by_path (PlSlice method, PlSlice path, gboolean has_password)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (pl_slice_equal (method, pl_slice_from_string (rows[i].method))
        && (has_password || !rows[i].needs_password)
        && ends_with (path, pl_slice_from_string (rows[i].path)))
      return rows[i].login;
  return PL_LOGIN_NONE;
}

static PlLogin
find_password (const PlHead *head, const PlTarget *target)
{
  PlSlice method = head->method, password;
  gboolean has_password = FALSE;

  if (pl_slice_equal (method, PL_SLICE ("HEAD")))
    method = PL_SLICE ("GET");
  if (pl_slice_equal (method, PL_SLICE ("GET")))
    {
      has_password = target->has_query && query_has (target->query, "password", &password);
      if (!has_password)
        return PL_LOGIN_NONE;
    }
  else if (!pl_slice_equal (method, PL_SLICE ("POST")))
    return PL_LOGIN_NONE;
  if (pl_path_is_plain (target->path))
    return find_by_path (method, target->path, has_password);

  g_autofree char *room = g_malloc (MAX (target->path.length, 1));
  return find_by_path (method, pl_path_read_widely (target->path, room), has_password);
}

/* Keys */

static gboolean
find_key (const PlHead *head, const PlTarget *target, PlSlice *key)
{
  const PlField *field = pl_head_find (head, PL_FIELD_X_API_KEY);

  if (field == NULL)
    return target->has_query && query_has (target->query, "apikey", key);
  *key = field->value;
  return TRUE;
}

PlLogin
pl_login_find (const PlHead *head, const PlTarget *target)
{
  PlLogin login = find_password (head, target);
  PlSlice key;

  if (login == PL_LOGIN_NONE && find_key (head, target, &key))
    return PL_LOGIN_KEY;
  return login;
}

/* FNV-1a: a few bits that are as good as different for two keys. */
guint32
pl_login_hash_key (const PlHead *head, const PlTarget *target)
{
  guint32 hash = 2166136261u;
  PlSlice key;

  if (!find_key (head, target, &key))
    return 0;
  for (gsize i = 0; i < key.length; i++)
    hash = (hash ^ (guint8) key.bytes[i]) * 16777619u;
  return MAX (hash, 1);
}

PlLoginOutcome
pl_login_judge (PlLogin login, guint status)
{
  switch (login)
    {
    case PL_LOGIN_NONE:
      break;
    case PL_LOGIN_PASSWORD:
      if (status == 400)
        return PL_LOGIN_FAILED;
      G_GNUC_FALLTHROUGH;
    case PL_LOGIN_LINK:
      if (status == 401)
        return PL_LOGIN_FAILED;
      return status < 400 && status >= 200 ? PL_LOGIN_SUCCEEDED : PL_LOGIN_UNKNOWN;
    case PL_LOGIN_KEY:
      return status == 401 ? PL_LOGIN_FAILED : PL_LOGIN_UNKNOWN;
    }
  return PL_LOGIN_UNKNOWN;
}

const char *
pl_login_get_name (PlLogin login)
{
  static const char *const names[] = {
    [PL_LOGIN_PASSWORD] = "password",
    [PL_LOGIN_LINK] = "link-password",
    [PL_LOGIN_KEY] = "api-key",
    [PL_LOGIN_NONE] = NULL,
  };

  return names[login];
}
