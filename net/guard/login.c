/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/guard/login.h"

#include "net/guard/seeded_hash.h"
#include "net/http/query.h"
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
  /* By whoever has a session already, which may be a stolen one; the password so far is asked for:
   * 400 if it is wrong. */
  { "POST", "/auth/change-password", PL_LOGIN_PASSWORD, FALSE },
  /* The PIN code of the locked folder, since 1.133: 400 if it is wrong; 401: there is no session.
   * That one has none yet, and sets it (POST /auth/pin-code), is no try. */
  { "POST", "/auth/session/unlock", PL_LOGIN_PIN, FALSE },
  { "PUT", "/auth/pin-code", PL_LOGIN_PIN, FALSE },
  { "DELETE", "/auth/pin-code", PL_LOGIN_PIN, FALSE },
  /* What a page with a password asks: 1.107 on, and before. Without it a 401 is innocent. */
  { "GET", "/shared-links/me", PL_LOGIN_LINK, TRUE },
  { "GET", "/shared-link/me", PL_LOGIN_LINK, TRUE },
  /* Newer ones send it in the body. */
  { "POST", "/shared-links/login", PL_LOGIN_LINK, FALSE },
};

/* Queries */

/* What a query has that is of a login. */
typedef struct
{
  gboolean has_password;
  gboolean has_key;
  PlSlice keys; /* from the first to the end of the last: which of several counts is Immich's */
} Secrets;

/* Most names are seen by it to be others. */
static gboolean
may_begin_secret (char first)
{
  return !g_ascii_isalnum (first) || first == 'p' || first == 'P' || first == 'a' || first == 'A';
}

static void
note_key (Secrets *secrets, PlSlice value)
{
  const char *begin = secrets->has_key ? secrets->keys.bytes : value.bytes;

  secrets->keys = pl_slice (begin, (gsize) (value.bytes + value.length - begin));
  secrets->has_key = TRUE;
}

/* Each request pays for this. */
static Secrets
read_query (const PlTarget *target)
{
  PlSlice query = target->has_query ? target->query : PL_SLICE ("");
  Secrets secrets = { 0 };

  while (query.length > 0)
    {
      PlSlice pair = pl_slice (query.bytes, pl_slice_find (query, '&'));

      if (may_begin_secret (query.bytes[0]))
        {
          PlSlice name = pl_slice (pair.bytes, pl_slice_find (pair, '='));

          secrets.has_password |= pl_query_name_passes_for (name, "password");
          if (pl_query_name_passes_for (name, "apikey"))
            note_key (&secrets, pl_slice_from (pair, MIN (name.length + 1, pair.length)));
        }
      query = pl_slice_from (query, MIN (pair.length + 1, query.length));
    }
  return secrets;
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
find_password (PlSlice method, PlSlice path, gboolean has_password)
{
  if (pl_slice_equal (method, PL_SLICE ("HEAD")))
    method = PL_SLICE ("GET");
  if (!has_password && pl_slice_equal (method, PL_SLICE ("GET")))
    return PL_LOGIN_NONE;
  if (pl_path_is_plain (path))
    return find_by_path (method, path, has_password);

  g_autofree char *room = g_malloc (MAX (path.length, 1));
  return find_by_path (method, pl_path_read_widely (path, room), has_password);
}

PlLogin
pl_login_find (const PlHead *head, const PlTarget *target)
{
  Secrets secrets = read_query (target);
  PlLogin login = find_password (head->method, target->path, secrets.has_password);

  if (login == PL_LOGIN_NONE
      && (secrets.has_key || pl_head_find (head, PL_FIELD_X_API_KEY) != NULL))
    return PL_LOGIN_KEY;
  return login;
}

guint32
pl_login_hash_key (const PlHead *head, const PlTarget *target)
{
  PlSlice key = pl_head_get_value (head, PL_FIELD_X_API_KEY);

  if (key.length == 0)
    key = read_query (target).keys;
  return key.length > 0 ? MAX (pl_seeded_hash (key), 1) : 0;
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
    case PL_LOGIN_PIN:
      if (status == 400)
        return PL_LOGIN_FAILED;
      return status < 300 && status >= 200 ? PL_LOGIN_SUCCEEDED : PL_LOGIN_UNKNOWN;
    }
  return PL_LOGIN_UNKNOWN;
}

const char *
pl_login_get_name (PlLogin login)
{
  static const char *const names[] = {
    [PL_LOGIN_PASSWORD] = "password", [PL_LOGIN_LINK] = "link-password",
    [PL_LOGIN_KEY] = "api-key",       [PL_LOGIN_PIN] = "pin-code",
    [PL_LOGIN_NONE] = NULL,
  };

  return names[login];
}
