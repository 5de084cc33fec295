/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON of somebody who is not trusted yet (RFC 8259), and JSON for them. */

#pragma once

#include <json-glib/json-glib.h>

/**
 * pl_acme_json_read:
 * @parser: a new one, which keeps what is returned
 *
 * Returns: (transfer none) (nullable): the object that @body is; %NULL when it is none, or is
 * nested deeper than anything of RFC 8555
 */
JsonObject *pl_acme_json_read (GBytes *body, JsonParser *parser);

/** pl_acme_json_find_text, pl_acme_json_find_url, pl_acme_json_find_object,
 * pl_acme_json_find_array: (transfer none) (nullable): a member if it is there and of that kind; a
 * URL is https, with a host and without a user, of 2000 characters at most. */
const char *pl_acme_json_find_text (JsonObject *object, const char *name);
const char *pl_acme_json_find_url (JsonObject *object, const char *name);
JsonObject *pl_acme_json_find_object (JsonObject *object, const char *name);
JsonArray *pl_acme_json_find_array (JsonObject *object, const char *name);

/** pl_acme_json_find_true: whether a member is there and says so. */
gboolean pl_acme_json_find_true (JsonObject *object, const char *name);

/** pl_acme_json_get_url: (transfer none) (nullable): an element, as pl_acme_json_find_url(). */
const char *pl_acme_json_get_url (JsonArray *array, guint index);

/** pl_acme_json_get_object: (transfer none) (nullable): an element that is an object. */
JsonObject *pl_acme_json_get_object (JsonArray *array, guint index);

/** pl_acme_json_is_url: whether @text may be asked, see pl_acme_json_find_url(). */
gboolean pl_acme_json_is_url (const char *text);

/** pl_acme_json_dup_quoted: (transfer full): @text as a string of JSON, with its quotes. */
char *pl_acme_json_dup_quoted (const char *text);
