/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/locate.h"

#define SERVER_PORT 3001
#define WEB_PORT    3000

typedef struct
{
  SoupSession *session;
  guint timeout_ms;
  PlProbe *probe;
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->session);
  g_clear_pointer (&search->probe, pl_probe_free);
  g_free (search);
}

static char *
dup_at_port (const char *url, guint16 port)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GUri) other = soup_uri_copy (uri, SOUP_URI_PORT, port, SOUP_URI_NONE);
  g_autofree char *text = g_uri_to_string (other);

  if (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';
  return g_steal_pointer (&text);
}

static void
finish (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&search->probe), (GDestroyNotify) pl_probe_free);
}

static void
found_web (Search *search, PlProbe *web)
{
  search->probe->web_url = g_strdup (web->url);
}

/* What is known of the server counts for both. */
static void
found_server (Search *search, PlProbe *server)
{
  char *web_url = g_steal_pointer (&search->probe->web_url);

  pl_probe_free (search->probe);
  search->probe = server;
  g_free (server->web_url);
  server->web_url = web_url;
}

static void
other_part_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (PlProbe) other = pl_probe_finish (result, NULL);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (search->probe->kind == PL_PROBE_SERVER && other->web_url != NULL)
    found_web (search, other);
  else if (search->probe->kind == PL_PROBE_WEB && other->kind == PL_PROBE_SERVER)
    found_server (search, g_steal_pointer (&other));
  finish (task);
}

static void
probe_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;

  search->probe = pl_probe_finish (result, &error);
  if (search->probe == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (pl_probe_is_immich (search->probe)
      || (search->probe->kind != PL_PROBE_SERVER && search->probe->kind != PL_PROBE_WEB))
    {
      finish (task);
      return;
    }

  g_autofree char *url = dup_at_port (
      search->probe->url, search->probe->kind == PL_PROBE_SERVER ? WEB_PORT : SERVER_PORT);
  pl_probe_async (search->session, url, search->timeout_ms, g_task_get_cancellable (task),
                  other_part_cb, g_object_ref (task));
}

void
pl_locate_async (SoupSession *session,
                 const char *url,
                 guint timeout_ms,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, pl_locate_async);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  search->session = g_object_ref (session);
  search->timeout_ms = timeout_ms;
  pl_probe_async (session, url, timeout_ms, cancellable, probe_cb, task);
}

PlProbe *
pl_locate_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_locate_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
