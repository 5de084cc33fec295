/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any web server answers 200 to anything, so an answer counts only if it is the JSON that Immich
 * sends. The ping comes first, at the paths it has had, then the version; one in maintenance has no
 * ping, but says so in its configuration; then, for the parts of
 * an old Immich, which is told by a file that its web part alone has; then, for people, the title
 * of whatever else it is. */

#include "app/finder/probe.h"

#include <string.h>

#include "app/finder/ask.h"
#include "app/finder/ask_json.h"
#include "app/finder/page_title.h"
#include "app/i18n.h"
#include "net/route/loop.h"

/* RFC 5842 §7.2 */
#define LOOP_DETECTED 508

/* What an Immich in maintenance still answers. */
#define CONFIG "/api/server/config"

#define WELL_KNOWN "/.well-known/immich"

/* json-glib parses by recursion: this keeps brackets from exhausting the stack. */
#define MAX_JSON_BYTES 4096

static const struct
{
  PlProbeKind kind;
  const char *ping;
  const char *version;
} eras[] = {
  { PL_PROBE_WHOLE, "/api/server/ping", "/api/server/version" },
  { PL_PROBE_WHOLE, "/api/server-info/ping", "/api/server-info/version" },
  { PL_PROBE_SERVER, "/server-info/ping", "/server-info/version" },
};

typedef struct
{
  SoupSession *session;
  guint timeout_ms;
  guint era;
  gint64 started_us;
  PlProbe *probe;
} Inquiry;

void
pl_probe_free (PlProbe *probe)
{
  g_free (probe->url);
  g_free (probe->web_url);
  g_free (probe->server_url);
  g_free (probe->remark);
  g_free (probe);
}

gboolean
pl_probe_is_immich (const PlProbe *probe)
{
  return probe->kind == PL_PROBE_WHOLE || (probe->server_url != NULL && probe->web_url != NULL);
}

gboolean
pl_probe_is_of_immich (const PlProbe *probe)
{
  switch (probe->kind)
    {
    case PL_PROBE_NOBODY:
    case PL_PROBE_PORCHLIGHT:
    case PL_PROBE_OTHER:
      return FALSE;
    case PL_PROBE_WHOLE:
    case PL_PROBE_SERVER:
    case PL_PROBE_WEB:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

gboolean
pl_probe_is_in_maintenance (const PlProbe *probe)
{
  return probe->mode == PL_PROBE_MODE_MAINTENANCE;
}

gboolean
pl_probe_is_at_least (const PlProbe *probe, guint major, guint minor)
{
  return probe->major > major || (probe->major == major && probe->minor >= minor);
}

char *
pl_probe_dup_version (const PlProbe *probe)
{
  if (probe->major == 0 && probe->minor == 0)
    return g_strdup (_ ("(version unknown)"));
  return g_strdup_printf ("%u.%u", probe->major, probe->minor);
}

char *
pl_probe_dup_exact_version (const PlProbe *probe)
{
  if (!pl_probe_is_at_least (probe, 0, 1))
    return NULL;
  return g_strdup_printf ("%u.%u.%u", probe->major, probe->minor, probe->patch);
}

static void
inquiry_free (Inquiry *inquiry)
{
  g_object_unref (inquiry->session);
  g_clear_pointer (&inquiry->probe, pl_probe_free);
  g_free (inquiry);
}

static void
ask (GTask *task, const char *path, GAsyncReadyCallback callback)
{
  Inquiry *inquiry = g_task_get_task_data (task);
  g_autoptr (SoupMessage) message = pl_ask_new_message (inquiry->probe->url, path);

  pl_ask_async (inquiry->session, message, inquiry->timeout_ms, g_task_get_cancellable (task),
                callback, task);
}

static void
finish (GTask *task)
{
  Inquiry *inquiry = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&inquiry->probe), (GDestroyNotify) pl_probe_free);
}

/* (nullable): the object that a good answer holds, as long as @parser does */
static JsonObject *
read_json (GAsyncResult *result, GBytes *body, JsonParser *parser)
{
  gsize length = body != NULL ? g_bytes_get_size (body) : 0;

  if (length == 0 || length > MAX_JSON_BYTES
      || soup_message_get_status (pl_ask_get_message (result)) != SOUP_STATUS_OK)
    return NULL;
  return pl_ask_parse_object (body, parser);
}

/* (nullable): where it sends visitors, as can be shown */
static char *
dup_location (SoupMessage *message)
{
  const char *location
      = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");

  if (location == NULL || !SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (message)))
    return NULL;
  return g_utf8_make_valid (location, -1);
}

static char *
dup_remark (SoupMessage *message, GBytes *body)
{
  g_autofree char *location = dup_location (message);
  guint status = soup_message_get_status (message);
  g_autofree char *title = pl_page_title_dup (g_bytes_get_data (body, NULL));

  if (status >= 500)
    return g_strdup_printf (
        _ ("Something answers there with an error (%u): what is behind it may not run."), status);
  if (location != NULL)
    return g_strdup_printf (
        _ ("Something answers there, but it is no Immich: it sends visitors on to %s."), location);
  if (title != NULL)
    return g_strdup_printf (_ ("Something answers there, but it is no Immich: “%s”."), title);
  return g_strdup (_ ("Something answers there, but it is no Immich."));
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Inquiry *inquiry = g_task_get_task_data (task);
  g_autoptr (GBytes) body = pl_ask_finish (result, NULL);

  if (body != NULL)
    inquiry->probe->remark = dup_remark (pl_ask_get_message (result), body);
  else
    inquiry->probe->remark = g_strdup (_ ("Something answers there, but it is no Immich."));
  finish (task);
}

static void
well_known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PlProbe *probe = ((Inquiry *) g_task_get_task_data (task))->probe;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GBytes) body = pl_ask_finish (result, NULL);
  JsonObject *object = read_json (result, body, parser);

  if (object != NULL && json_object_has_member (object, "api"))
    {
      probe->web_url = g_strdup (probe->url);
      if (probe->kind == PL_PROBE_OTHER)
        probe->kind = PL_PROBE_WEB;
    }
  if (probe->kind == PL_PROBE_OTHER)
    ask (g_steal_pointer (&task), "/", page_cb);
  else
    finish (task);
}

static guint
read_part (JsonObject *object, const char *name)
{
  JsonNode *node = pl_ask_find_value (object, name, G_TYPE_INT64);
  gint64 part = node != NULL ? json_node_get_int (node) : 0;

  return part >= 0 && part < 100000 ? part : 0;
}

static void
version_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PlProbe *probe = ((Inquiry *) g_task_get_task_data (task))->probe;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GBytes) body = pl_ask_finish (result, NULL);
  JsonObject *object = read_json (result, body, parser);

  if (object != NULL)
    {
      probe->major = read_part (object, "major");
      probe->minor = read_part (object, "minor");
      probe->patch = read_part (object, "patch");
    }
  if (probe->kind == PL_PROBE_SERVER)
    ask (g_steal_pointer (&task), WELL_KNOWN, well_known_cb);
  else
    finish (task);
}

static gboolean
is_pong (JsonObject *object)
{
  JsonNode *node = object != NULL ? pl_ask_find_value (object, "res", G_TYPE_STRING) : NULL;

  return node != NULL && g_str_equal (json_node_get_string (node), "pong");
}

static void
note_immich (Inquiry *inquiry)
{
  PlProbe *probe = inquiry->probe;

  probe->kind = eras[inquiry->era].kind;
  probe->health_path = eras[inquiry->era].ping;
  if (probe->kind == PL_PROBE_SERVER)
    probe->server_url = g_strdup (probe->url);
}

static void ping_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ask_next (GTask *task)
{
  Inquiry *inquiry = g_task_get_task_data (task);

  if (++inquiry->era < G_N_ELEMENTS (eras))
    ask (task, eras[inquiry->era].ping, ping_cb);
  else
    ask (task, WELL_KNOWN, well_known_cb);
}

static gboolean
tells_of_maintenance (JsonObject *object)
{
  JsonNode *node
      = object != NULL ? pl_ask_find_value (object, "maintenanceMode", G_TYPE_BOOLEAN) : NULL;

  return node != NULL && json_node_get_boolean (node);
}

static void
config_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Inquiry *inquiry = g_task_get_task_data (task);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GBytes) body = pl_ask_finish (result, NULL);

  if (tells_of_maintenance (read_json (result, body, parser)))
    {
      note_immich (inquiry);
      inquiry->probe->mode = PL_PROBE_MODE_MAINTENANCE;
      ask (g_steal_pointer (&task), eras[inquiry->era].version, version_cb);
    }
  else
    ask_next (g_steal_pointer (&task));
}

/* A Porchlight that meets its own request again answers with the mark it knew it by. Be that this
 * one or another, no Immich is ever met there. */
static gboolean
is_loop (SoupMessage *message)
{
  const char *mark
      = soup_message_headers_get_list (soup_message_get_response_headers (message), PL_LOOP_FIELD);

  return soup_message_get_status (message) == LOOP_DETECTED && mark != NULL
         && strstr (mark, "porchlight;") != NULL;
}

/* As in maintenance all is, or leads to the page about it. */
static gboolean
is_missing (SoupMessage *message)
{
  guint status = soup_message_get_status (message);

  return status == SOUP_STATUS_NOT_FOUND || SOUP_STATUS_IS_REDIRECTION (status);
}

static void
note_date (PlProbe *probe, SoupMessage *message)
{
  const char *text
      = soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  probe->date_s = date != NULL ? g_date_time_to_unix (date) : 0;
  probe->asked_s = g_get_real_time () / G_USEC_PER_SEC;
}

static void
ping_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Inquiry *inquiry = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GBytes) body = pl_ask_finish (result, &error);

  if (inquiry->era == 0)
    inquiry->probe->took_us = g_get_monotonic_time () - inquiry->started_us;
  if (body == NULL && g_task_return_error_if_cancelled (task))
    return;
  if (body == NULL && inquiry->era == 0)
    {
      inquiry->probe->remark = pl_ask_dup_failure (error);
      finish (task);
      return;
    }
  if (inquiry->era == 0)
    note_date (inquiry->probe, pl_ask_get_message (result));
  inquiry->probe->kind = PL_PROBE_OTHER;
  if (is_loop (pl_ask_get_message (result)))
    {
      inquiry->probe->kind = PL_PROBE_PORCHLIGHT;
      inquiry->probe->remark = g_strdup (_ ("This address leads back to Porchlight itself."));
      finish (task);
    }
  else if (is_pong (read_json (result, body, parser)))
    {
      note_immich (inquiry);
      ask (g_steal_pointer (&task), eras[inquiry->era].version, version_cb);
    }
  else if (inquiry->era == 0 && is_missing (pl_ask_get_message (result)))
    ask (g_steal_pointer (&task), CONFIG, config_cb);
  else
    ask_next (g_steal_pointer (&task));
}

void
pl_probe_async (SoupSession *session,
                const char *url,
                guint timeout_ms,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  Inquiry *inquiry = g_new0 (Inquiry, 1);

  g_task_set_source_tag (task, pl_probe_async);
  g_task_set_task_data (task, inquiry, (GDestroyNotify) inquiry_free);
  inquiry->session = g_object_ref (session);
  inquiry->timeout_ms = timeout_ms;
  inquiry->started_us = g_get_monotonic_time ();
  inquiry->probe = g_new0 (PlProbe, 1);
  inquiry->probe->url = g_strdup (url);
  ask (task, eras[0].ping, ping_cb);
}

PlProbe *
pl_probe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_probe_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
