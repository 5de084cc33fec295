/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table has paths as clients write them. In the split era the server part gets them without
 * `/api`, because the proxy in front of it takes that off. What is in no row is the web part's: a
 * file of the page, else the page itself for those who want HTML, as single-page programs do. */

#include "app/demo/routes.h"

#include <string.h>

#include "app/demo/answer.h"
#include "app/demo/api.h"
#include "app/demo/maintenance.h"
#include "app/demo/media.h"
#include "app/demo/page.h"
#include "app/demo/share.h"
#include "app/demo/upload.h"

#define API "/api"

/* Of bodies other than uploads; more is forgotten, so that nobody fills the memory. */
#define MAX_BODY_BYTES (64 * 1024)

enum
{
  NOW = 1 << PL_DEMO_ERA_NOW,
  SPLIT = 1 << PL_DEMO_ERA_SPLIT,
  BOTH = NOW | SPLIT,
};

typedef struct
{
  guint eras;
  const char *method;
  const char *path;
  PlVisitFunc answer;
  PlVisitFunc begin; /* (nullable): called when the head is there, before the body */
} Route;

static const Route routes[] = {
  { BOTH, "GET", "/.well-known/immich", pl_api_well_known, NULL },

  { NOW, "GET", "/api/server/ping", pl_api_ping, NULL },
  { NOW, "GET", "/api/server/version", pl_api_version, NULL },
  { NOW, "GET", "/api/server/config", pl_api_config, NULL },
  { SPLIT, "GET", "/api/server-info/ping", pl_api_ping, NULL },
  { SPLIT, "GET", "/api/server-info/version", pl_api_version, NULL },
  { SPLIT, "GET", "/api/server-info/config", pl_api_config, NULL },
  { BOTH, "POST", "/api/auth/login", pl_api_login, NULL },

  { BOTH, "GET", "/api/assets/{id}/thumbnail", pl_media_thumbnail, NULL },
  { BOTH, "GET", "/api/assets/{id}/original", pl_media_original, NULL },
  { BOTH, "GET", "/api/assets/{id}/video/playback", pl_media_big_file, NULL },
  { BOTH, "POST", "/api/assets", pl_upload_finish, pl_upload_begin },
  { SPLIT, "GET", "/api/asset/thumbnail/{id}", pl_media_thumbnail, NULL },
  { SPLIT, "GET", "/api/asset/file/{id}", pl_media_original, NULL },
  { SPLIT, "POST", "/api/asset/download/{id}", pl_media_original, NULL },
  { SPLIT, "POST", "/api/asset/upload", pl_upload_finish, pl_upload_begin },

  { NOW, "GET", "/share/{id}", pl_share_page, NULL },
  { NOW, "GET", "/s/{id}", pl_share_page, NULL },
  { NOW, "GET", "/api/server/features", pl_api_features, NULL },
  { NOW, "GET", "/api/server/media-types", pl_api_media_types, NULL },
  { NOW, "GET", "/api/shared-links/me", pl_share_me, NULL },
  { NOW, "GET", "/api/albums/{id}", pl_share_album, NULL },
  { NOW, "PUT", "/api/albums/{id}/assets", pl_share_add_to_album, NULL },
  { NOW, "GET", "/api/timeline/buckets", pl_share_buckets, NULL },
  { NOW, "GET", "/api/timeline/bucket", pl_share_bucket, NULL },
  { NOW, "GET", "/api/assets/{id}", pl_share_asset, NULL },
  { NOW, "POST", "/api/download/info", pl_share_download_info, NULL },
  { NOW, "POST", "/api/download/archive", pl_share_download, NULL },
  { SPLIT, "GET", "/api/server-info/features", pl_api_features, NULL },
  { SPLIT, "GET", "/api/server-info/media-types", pl_api_media_types, NULL },
  { SPLIT, "GET", "/api/shared-link/me", pl_share_me, NULL },
  { SPLIT, "GET", "/api/album/{id}", pl_share_album, NULL },
  { SPLIT, "PUT", "/api/album/{id}/assets", pl_share_add_to_album, NULL },
  { SPLIT, "GET", "/api/asset/time-buckets", pl_share_buckets, NULL },
  { SPLIT, "GET", "/api/asset/time-bucket", pl_share_bucket, NULL },
  { SPLIT, "GET", "/api/asset/assetById/{id}", pl_share_asset, NULL },
  { SPLIT, "POST", "/api/asset/download/info", pl_share_download_info, NULL },
  { SPLIT, "POST", "/api/asset/download/archive", pl_share_download, NULL },

  { NOW, "GET", "/api/demo/links", pl_share_list, NULL },
  { BOTH, "GET", "/api/demo/pictures", pl_api_pictures, NULL },
  { BOTH, "GET", "/api/demo/headers", pl_api_headers, NULL },
  { BOTH, "GET", "/api/demo/slow", pl_api_slow, NULL },
  { BOTH, "GET", "/api/demo/status", pl_api_status, NULL },
};

/* Whether @path is the route's, and what stands in it at `{id}`. */
static gboolean
match_path (const char *pattern, const char *path, char **id)
{
  const char *hole = strstr (pattern, "{id}");
  if (hole == NULL)
    return g_str_equal (pattern, path);
  gsize lead = hole - pattern;
  if (strncmp (pattern, path, lead) != 0)
    return FALSE;
  gsize id_length = strcspn (path + lead, "/");
  if (!g_str_equal (path + lead + id_length, hole + strlen ("{id}")))
    return FALSE;
  *id = g_strndup (path + lead, id_length);
  return TRUE;
}

static const Route *
find_route (PlSite *site, SoupServerMessage *message, const char *path, char **id)
{
  const char *method = soup_server_message_get_method (message);
  if (method == SOUP_METHOD_HEAD)
    method = SOUP_METHOD_GET;
  for (const Route *route = routes; route < routes + G_N_ELEMENTS (routes); route++)
    {
      const char *pattern = route->path;
      if (site->era == PL_DEMO_ERA_SPLIT && g_str_has_prefix (pattern, API "/"))
        pattern += strlen (API);
      if (route->eras & (1 << site->era) && g_str_equal (route->method, method)
          && match_path (pattern, path, id))
        return route;
    }
  return NULL;
}

static void
answer_unknown (PlSite *site, SoupServerMessage *message, const char *path)
{
  const char *accept
      = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Accept");
  gboolean is_api = site->era == PL_DEMO_ERA_NOW && g_str_has_prefix (path, API "/");
  gboolean wants_page = !is_api && accept != NULL && strstr (accept, "text/html") != NULL;
  if (!is_api && pl_page_try_answer (message, path))
    return;
  if (wants_page && pl_page_try_answer (message, "/"))
    return;
  g_autofree char *words
      = g_strdup_printf ("Cannot %s %s", soup_server_message_get_method (message), path);
  pl_answer_error (message, SOUP_STATUS_NOT_FOUND, words);
}

static gboolean
is_in_maintenance (PlSite *site)
{
  return g_atomic_int_get (&site->in_maintenance);
}

static void
limit_body_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  if (body->length <= MAX_BODY_BYTES)
    return;
  soup_message_body_truncate (body);
  soup_message_body_set_accumulate (body, FALSE);
}

static void
head_arrived_cb (SoupServer *server,
                 SoupServerMessage *message,
                 const char *path,
                 GHashTable *query,
                 gpointer user_data)
{
  PlSite *site = user_data;
  g_autofree char *id = NULL;
  const Route *route = is_in_maintenance (site) ? NULL : find_route (site, message, path, &id);
  if (route != NULL && route->begin != NULL)
    route->begin (&(PlVisit){ site, message, id, query });
  else
    g_signal_connect (message, "got-chunk", G_CALLBACK (limit_body_cb), NULL);
}

static void
request_arrived_cb (SoupServer *server,
                    SoupServerMessage *message,
                    const char *path,
                    GHashTable *query,
                    gpointer user_data)
{
  PlSite *site = user_data;
  g_autofree char *id = NULL;
  if (is_in_maintenance (site))
    {
      pl_maintenance_answer (message, path);
      return;
    }
  const Route *route = find_route (site, message, path, &id);
  if (route != NULL)
    route->answer (&(PlVisit){ site, message, id, query });
  else
    answer_unknown (site, message, path);
}

void
pl_routes_install (SoupServer *server, PlSite *site)
{
  soup_server_add_early_handler (server, NULL, head_arrived_cb, site, NULL);
  soup_server_add_handler (server, NULL, request_arrived_cb, site, NULL);
}
