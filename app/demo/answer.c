/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/answer.h"

#include <json-glib/json-glib.h>

void
pl_answer_variant (SoupServerMessage *message, guint status, GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  gsize length;
  char *json = json_gvariant_serialize_data (owned, &length);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json; charset=utf-8", SOUP_MEMORY_TAKE,
                                    json, length);
}

void
pl_answer_json (SoupServerMessage *message, guint status, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  pl_answer_variant (message, status, g_variant_new_parsed_va (format, &arguments));
  va_end (arguments);
}

void
pl_answer_error (SoupServerMessage *message, guint status, const char *words)
{
  pl_answer_json (message, status, "{'message': <%s>, 'error': <%s>, 'statusCode': <%u>}", words,
                  soup_status_get_phrase (status), status);
}

void
pl_answer_take_turns (SoupServerMessage *message)
{
  soup_server_message_pause (message);
  soup_server_message_unpause (message);
}
