/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/ask_json.h"

JsonObject *
pl_ask_parse_object (GBytes *body, JsonParser *parser)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  JsonNode *root;

  if (!json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

JsonNode *
pl_ask_find_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
             ? node
             : NULL;
}
