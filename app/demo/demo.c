/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lifecycle. The server is made and listens on the caller's thread, so that a failure is the
 * caller's to see; from then on it, and everything it holds, belongs to the demo's thread. */

#include "app/demo/demo.h"

#include "app/demo/live.h"
#include "app/demo/routes.h"
#include "app/demo/site.h"

/* As many may wait to be accepted as Node lets. GSocket's own ten are fewer than the pictures that
 * a browser asks for at once over HTTP/2. */
#define LISTEN_BACKLOG 511

struct _PlDemo
{
  PlSite site;
  SoupServer *server;
  PlLive *live;
  char *url;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
};

static char *
dup_url (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  char *url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
}

/* What was cancelled or hung up on has callbacks to come, and frees itself in them. */
static void
wind_up (PlDemo *demo)
{
  soup_server_disconnect (demo->server);
  pl_live_free (demo->live);
  g_cancellable_cancel (demo->site.stopping);
  while (g_main_context_iteration (demo->context, FALSE))
    ;
}

static gpointer
run (gpointer user_data)
{
  PlDemo *demo = user_data;
  g_main_context_push_thread_default (demo->context);
  g_main_loop_run (demo->loop);
  wind_up (demo);
  g_main_context_pop_thread_default (demo->context);
  return NULL;
}

static gboolean
listen_at (SoupServer *server, guint16 port, GError **error)
{
  g_autoptr (GSocket) socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);

  if (socket == NULL)
    return FALSE;
  g_socket_set_listen_backlog (socket, LISTEN_BACKLOG);
  return g_socket_bind (socket, address, TRUE, error) && g_socket_listen (socket, error)
         && soup_server_listen_socket (server, socket, 0, error);
}

static gboolean
open_server (PlDemo *demo, guint16 port, GError **error)
{
  g_main_context_push_thread_default (demo->context);
  gboolean is_open = listen_at (demo->server, port, error);
  if (is_open)
    demo->url = dup_url (demo->server);
  g_main_context_pop_thread_default (demo->context);
  return is_open;
}

static void
demo_release (PlDemo *demo)
{
  g_clear_object (&demo->server);
  g_clear_object (&demo->site.stopping);
  g_clear_pointer (&demo->site.pictures, pl_pictures_free);
  g_clear_pointer (&demo->site.uploads, pl_uploads_free);
  g_clear_pointer (&demo->loop, g_main_loop_unref);
  g_clear_pointer (&demo->context, g_main_context_unref);
  g_free (demo->url);
  g_free (demo);
}

PlDemo *
pl_demo_new (PlDemoEra era, guint16 port, GError **error)
{
  PlDemo *demo = g_new0 (PlDemo, 1);
  demo->context = g_main_context_new ();
  demo->loop = g_main_loop_new (demo->context, FALSE);
  demo->site.era = era;
  demo->site.pictures = pl_pictures_new ();
  demo->site.uploads = pl_uploads_new ();
  demo->site.stopping = g_cancellable_new ();
  demo->server = soup_server_new (NULL, NULL);
  if (!open_server (demo, port, error))
    {
      demo_release (demo);
      return NULL;
    }
  pl_routes_install (demo->server, &demo->site);
  demo->live = pl_live_new (demo->server, era);
  demo->thread = g_thread_new ("demo", run, demo);
  return demo;
}

const char *
pl_demo_get_url (PlDemo *demo)
{
  return demo->url;
}

void
pl_demo_set_maintenance (PlDemo *demo, gboolean in_maintenance)
{
  g_atomic_int_set (&demo->site.in_maintenance, in_maintenance);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

void
pl_demo_free (PlDemo *demo)
{
  /* By the loop itself: quitting a loop that does not run yet has no effect. */
  g_autoptr (GSource) quit = g_idle_source_new ();
  g_source_set_callback (quit, quit_cb, demo->loop, NULL);
  g_source_set_priority (quit, G_PRIORITY_HIGH);
  g_source_attach (quit, demo->context);
  g_thread_join (demo->thread);
  demo_release (demo);
}
