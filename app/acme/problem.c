/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/problem.h"

#include <string.h>

#include "app/acme/json.h"

#define PREFIX "urn:ietf:params:acme:error:"

#define MAX_QUOTED_CHARACTERS 300

static const char *const way_names[] = {
  [PL_ACME_WAY_TLS_ALPN] = "tls-alpn-01",
  [PL_ACME_WAY_HTTP] = "http-01",
  [PL_ACME_WAY_DNS] = "dns-01",
};

gboolean
pl_acme_way_read (const char *text, PlAcmeWay *way)
{
  for (guint i = 0; i < G_N_ELEMENTS (way_names); i++)
    if (g_str_equal (text, way_names[i]))
      {
        *way = i;
        return TRUE;
      }
  return FALSE;
}

const char *
pl_acme_way_get_name (PlAcmeWay way)
{
  return way_names[way];
}

#define ROW(name, enumerator, code) { #name, PL_ACME_PROBLEM_##enumerator },

static PlAcmeProblemKind
find_kind (const char *type)
{
  static const struct
  {
    const char *name;
    PlAcmeProblemKind kind;
  } known[] = { PL_ACME_PROBLEMS (ROW) };

  if (type == NULL || !g_str_has_prefix (type, PREFIX))
    return PL_ACME_PROBLEM_OTHER;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (type + strlen (PREFIX), known[i].name))
      return known[i].kind;
  return PL_ACME_PROBLEM_OTHER;
}

void
pl_acme_problem_free (PlAcmeProblem *problem)
{
  g_free (problem->type);
  g_free (problem->detail);
  g_free (problem->name);
  g_free (problem);
}

/* Of an order with several names the particulars are below (RFC 8555 §6.7.1). */
static JsonObject *
find_particular (JsonObject *object)
{
  JsonArray *array = pl_acme_json_find_array (object, "subproblems");

  return array != NULL && json_array_get_length (array) > 0 ? pl_acme_json_get_object (array, 0)
                                                            : NULL;
}

static char *
dup_name (JsonObject *object)
{
  JsonObject *identifier = pl_acme_json_find_object (object, "identifier");

  return identifier != NULL ? g_strdup (pl_acme_json_find_text (identifier, "value")) : NULL;
}

PlAcmeProblem *
pl_acme_problem_read_object (JsonObject *object)
{
  PlAcmeProblem *problem = g_new0 (PlAcmeProblem, 1);
  JsonObject *particular = find_particular (object);
  JsonObject *from = particular != NULL && pl_acme_json_find_text (particular, "type") != NULL
                         ? particular
                         : object;

  problem->type = g_strdup (pl_acme_json_find_text (from, "type"));
  problem->detail = g_strdup (pl_acme_json_find_text (from, "detail"));
  problem->name = dup_name (from);
  problem->kind = find_kind (problem->type);
  return problem;
}

PlAcmeProblem *
pl_acme_problem_read (GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object = pl_acme_json_read (body, parser);

  return object != NULL
                 && (pl_acme_json_find_text (object, "type") != NULL
                     || pl_acme_json_find_text (object, "detail") != NULL)
             ? pl_acme_problem_read_object (object)
             : NULL;
}

gboolean
pl_acme_problem_is_of_way (const PlAcmeProblem *problem)
{
  if (problem == NULL)
    return TRUE;
  switch (problem->kind)
    {
    case PL_ACME_PROBLEM_CONNECTION:
    case PL_ACME_PROBLEM_INCORRECT:
    case PL_ACME_PROBLEM_TLS:
    case PL_ACME_PROBLEM_UNAUTHORIZED:
    case PL_ACME_PROBLEM_OTHER:
      return TRUE;
    case PL_ACME_PROBLEM_ACCOUNT:
    case PL_ACME_PROBLEM_REQUEST:
    case PL_ACME_PROBLEM_NONCE:
    case PL_ACME_PROBLEM_KEY:
    case PL_ACME_PROBLEM_ALGORITHM:
    case PL_ACME_PROBLEM_CAA:
    case PL_ACME_PROBLEM_DNS:
    case PL_ACME_PROBLEM_BINDING:
    case PL_ACME_PROBLEM_CONTACT:
    case PL_ACME_PROBLEM_RATE:
    case PL_ACME_PROBLEM_NAME:
    case PL_ACME_PROBLEM_SERVER:
    case PL_ACME_PROBLEM_UNSUPPORTED_CONTACT:
    case PL_ACME_PROBLEM_UNSUPPORTED_NAME:
    case PL_ACME_PROBLEM_ACTION:
      break;
    }
  return FALSE;
}

char *
pl_acme_dup_quotable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *quotable = g_string_new (NULL);
  guint n_characters = 0;

  for (const char *at = valid; *at != '\0' && n_characters < MAX_QUOTED_CHARACTERS;
       at = g_utf8_next_char (at), n_characters++)
    {
      gunichar character = g_utf8_get_char (at);

      g_string_append_unichar (quotable, g_unichar_isprint (character) ? character : ' ');
    }
  return g_strstrip (g_string_free (quotable, FALSE));
}
