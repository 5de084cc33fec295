/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers to pl_ask_async() that are JSON, as far as they are what was expected. */

#pragma once

#include <json-glib/json-glib.h>

/** pl_ask_parse_object: (transfer none) (nullable): the object that @body is, for as long as
 * @parser lives; %NULL: it is none. */
JsonObject *pl_ask_parse_object (GBytes *body, JsonParser *parser);

/** pl_ask_find_value: (transfer none) (nullable): the member @name of @object, if it is a value of
 * @type: the getters of json-glib take it for the program's fault where it is of another kind. */
JsonNode *pl_ask_find_value (JsonObject *object, const char *name, GType type);
