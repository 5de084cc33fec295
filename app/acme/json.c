/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/json.h"

#include <string.h>

#include "app/finder/ask_json.h"

/* json-glib goes as deep as what it reads, with a piece of the stack each time. Nothing of RFC 8555
 * is deeper than an error of a challenge with problems below it. */
#define MAX_DEPTH 16

#define MAX_URL_CHARACTERS 2000

/* Counts brackets outside of strings; whether they match is for the parser to say. */
static gboolean
is_shallow (const char *text, gsize length)
{
  gboolean is_in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (is_in_string && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        is_in_string = !is_in_string;
      else if (!is_in_string && (text[i] == '[' || text[i] == '{') && ++depth > MAX_DEPTH)
        return FALSE;
      else if (!is_in_string && (text[i] == ']' || text[i] == '}') && depth > 0)
        depth--;
    }
  return TRUE;
}

JsonObject *
pl_acme_json_read (GBytes *body, JsonParser *parser)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  if (length == 0 || !g_utf8_validate (text, (gssize) length, NULL) || !is_shallow (text, length))
    return NULL;
  return pl_ask_parse_object (body, parser);
}

/* (nullable): the getters of json-glib take it for the program's fault where it is of another
 * kind. */
static const char *
get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

const char *
pl_acme_json_find_text (JsonObject *object, const char *name)
{
  return get_text (json_object_get_member (object, name));
}

gboolean
pl_acme_json_is_url (const char *text)
{
  g_autoptr (GUri) uri = NULL;

  if (strlen (text) > MAX_URL_CHARACTERS || !g_str_is_ascii (text))
    return FALSE;
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https")
         && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && g_uri_get_userinfo (uri) == NULL && g_uri_get_fragment (uri) == NULL;
}

static const char *
get_url (JsonNode *node)
{
  const char *text = get_text (node);

  return text != NULL && pl_acme_json_is_url (text) ? text : NULL;
}

const char *
pl_acme_json_find_url (JsonObject *object, const char *name)
{
  return get_url (json_object_get_member (object, name));
}

const char *
pl_acme_json_get_url (JsonArray *array, guint index)
{
  return get_url (json_array_get_element (array, index));
}

JsonObject *
pl_acme_json_find_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonObject *
pl_acme_json_get_object (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
pl_acme_json_find_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gboolean
pl_acme_json_find_true (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

char *
pl_acme_json_dup_quoted (const char *text)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return json_to_string (node, FALSE);
}
