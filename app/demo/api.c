/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/api.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "app/demo/answer.h"

#define DEMO_EMAIL    "demo@porchlight.example"
#define DEMO_PASSWORD "demo"
#define DEMO_USER_ID  "5eed0000-0000-4000-8000-00000000aaaa"

#define LONGEST_WAIT_MS (10 * 60 * 1000)

void
pl_api_ping (PlVisit *visit)
{
  pl_answer_json (visit->message, SOUP_STATUS_OK, "{'res': <'pong'>}");
}

void
pl_api_version (PlVisit *visit)
{
  if (visit->site->era == PL_DEMO_ERA_NOW)
    pl_answer_json (visit->message, SOUP_STATUS_OK, "{'major': <1>, 'minor': <135>, 'patch': <3>}");
  else
    pl_answer_json (visit->message, SOUP_STATUS_OK, "{'major': <1>, 'minor': <82>, 'patch': <1>}");
}

void
pl_api_config (PlVisit *visit)
{
  pl_answer_json (visit->message, SOUP_STATUS_OK,
                  "{'loginPageMessage': <'" DEMO_EMAIL ", " DEMO_PASSWORD "'>,"
                  " 'trashDays': <30>, 'oauthButtonText': <''>, 'isInitialized': <true>,"
                  " 'isOnboarded': <true>, 'externalDomain': <''>, 'publicUsers': <true>}");
}

void
pl_api_features (PlVisit *visit)
{
  pl_answer_json (visit->message, SOUP_STATUS_OK,
                  "{'passwordLogin': <true>, 'oauth': <false>, 'map': <false>, 'search': <false>,"
                  " 'trash': <false>, 'configFile': <false>}");
}

void
pl_api_media_types (PlVisit *visit)
{
  pl_answer_json (visit->message, SOUP_STATUS_OK,
                  "{'image': <['.jpg', '.jpeg', '.png', '.webp']>, 'video': <['.mp4']>,"
                  " 'sidecar': <@as []>}");
}

void
pl_api_well_known (PlVisit *visit)
{
  pl_answer_json (visit->message, SOUP_STATUS_OK, "{'api': <{'endpoint': <'/api'>}>}");
}

static gboolean
member_is (JsonReader *reader, const char *name, const char *expected)
{
  json_reader_read_member (reader, name);
  gboolean is_so = g_strcmp0 (json_reader_get_string_value (reader), expected) == 0;
  json_reader_end_member (reader);
  return is_so;
}

static void
welcome (SoupServerMessage *message)
{
  g_autofree char *token = g_uuid_string_random ();
  g_autofree char *cookie
      = g_strdup_printf ("immich_access_token=%s; Path=/; HttpOnly; SameSite=Lax", token);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  soup_message_headers_append (response, "Set-Cookie", cookie);
  soup_message_headers_append (response, "Set-Cookie",
                               "immich_auth_type=password; Path=/; HttpOnly; SameSite=Lax");
  soup_message_headers_append (response, "Set-Cookie",
                               "immich_is_authenticated=true; Path=/; SameSite=Lax");
  pl_answer_json (message, SOUP_STATUS_CREATED,
                  "{'accessToken': <%s>, 'userId': <'" DEMO_USER_ID "'>,"
                  " 'userEmail': <'" DEMO_EMAIL "'>, 'name': <'Demo'>, 'profileImagePath': <''>,"
                  " 'isAdmin': <false>, 'shouldChangePassword': <false>}",
                  token);
}

void
pl_api_login (PlVisit *visit)
{
  SoupMessageBody *body = soup_server_message_get_request_body (visit->message);
  g_autoptr (JsonParser) parser = json_parser_new ();
  if (body->length == 0 || !json_parser_load_from_data (parser, body->data, body->length, NULL))
    {
      pl_answer_error (visit->message, SOUP_STATUS_BAD_REQUEST, "The body is not valid JSON");
      return;
    }
  g_autoptr (JsonReader) reader = json_reader_new (json_parser_get_root (parser));
  if (member_is (reader, "email", DEMO_EMAIL) && member_is (reader, "password", DEMO_PASSWORD))
    welcome (visit->message);
  else
    pl_answer_error (visit->message, SOUP_STATUS_UNAUTHORIZED, "Incorrect email or password");
}

void
pl_api_pictures (PlVisit *visit)
{
  GVariantBuilder list;
  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{ss}"));
  for (guint i = 0; i < PL_N_PICTURES; i++)
    {
      g_autofree char *id = pl_pictures_dup_id (i);
      g_autofree char *title = pl_pictures_dup_title (i);
      g_variant_builder_add_parsed (&list, "{'id': %s, 'title': %s}", id, title);
    }
  pl_answer_variant (visit->message, SOUP_STATUS_OK, g_variant_builder_end (&list));
}

static gboolean
is_secret (const char *name)
{
  return g_ascii_strcasecmp (name, "Cookie") == 0 || g_ascii_strcasecmp (name, "Authorization") == 0
         || g_ascii_strncasecmp (name, "x-api-key", 9) == 0
         || (g_ascii_strncasecmp (name, "x-immich-", 9) == 0
             && g_ascii_strcasecmp (name, "x-immich-checksum") != 0);
}

void
pl_api_headers (PlVisit *visit)
{
  GVariantBuilder list;
  SoupMessageHeadersIter iterator;
  const char *name, *value;
  g_variant_builder_init (&list, G_VARIANT_TYPE ("a(ss)"));
  soup_message_headers_iter_init (&iterator,
                                  soup_server_message_get_request_headers (visit->message));
  while (soup_message_headers_iter_next (&iterator, &name, &value))
    {
      /* GVariant takes UTF-8 alone, and a field may hold any octet. */
      g_autofree char *label = g_utf8_make_valid (name, -1);
      g_autofree char *text = g_utf8_make_valid (is_secret (name) ? "(left out)" : value, -1);
      g_variant_builder_add (&list, "(ss)", label, text);
    }
  soup_message_headers_replace (soup_server_message_get_response_headers (visit->message),
                                "Cache-Control", "no-store");
  pl_answer_variant (visit->message, SOUP_STATUS_OK, g_variant_builder_end (&list));
}

static guint64
get_number (PlVisit *visit, const char *name, guint64 least, guint64 most, guint64 otherwise)
{
  const char *text = pl_visit_get_query (visit, name);
  guint64 number;
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, least, most, &number, NULL))
    return otherwise;
  return number;
}

static gboolean
waited_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);
  return G_SOURCE_REMOVE;
}

static void
stop_waiting (gpointer timer)
{
  g_source_destroy (timer);
  g_source_unref (timer);
}

/* The timer belongs to the message and holds no reference to it: when the client leaves first,
 * both go. */
void
pl_api_slow (PlVisit *visit)
{
  guint64 wait_ms = get_number (visit, "ms", 0, LONGEST_WAIT_MS, 1000);
  GSource *timer = g_timeout_source_new (wait_ms);
  g_source_set_callback (timer, waited_cb, visit->message, NULL);
  g_source_attach (timer, g_main_context_get_thread_default ());
  g_object_set_data_full (G_OBJECT (visit->message), "pl-timer", timer, stop_waiting);
  pl_answer_json (visit->message, SOUP_STATUS_OK, "{'waited_ms': <%t>}", wait_ms);
  soup_server_message_pause (visit->message);
}

void
pl_api_status (PlVisit *visit)
{
  guint status = get_number (visit, "code", 200, 599, 200);
  pl_answer_error (visit->message, status, "As asked");
}
