/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/page.h"

#include <string.h>

#include "app/demo/demo-resources.h"

static const struct
{
  const char *path;
  const char *content_type;
} files[] = {
  { "/page.html", "text/html; charset=utf-8" },
  { "/page.css", "text/css; charset=utf-8" },
  { "/page.js", "text/javascript; charset=utf-8" },
  { "/lamp.svg", "image/svg+xml" },
  { "/share.html", "text/html; charset=utf-8" },
  { "/share.js", "text/javascript; charset=utf-8" },
};

/* Where Immich has what its pages are made of: strangers who may see what was shared by link alone
 * get these, too. */
#define PIECES "/_app/immutable"

static void
answer_file (SoupServerMessage *message, const char *path, const char *content_type)
{
  g_autofree char *name = g_strconcat ("/org/porchlight/demo", path, NULL);
  g_autoptr (GBytes) file = g_resource_lookup_data (pl_demo_get_resource (), name, 0, NULL);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  soup_message_headers_set_content_type (response, content_type, NULL);
  soup_message_headers_replace (response, "Cache-Control", "no-cache");
  soup_message_headers_replace (response, "X-Content-Type-Options", "nosniff");
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), file);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

gboolean
pl_page_try_answer (SoupServerMessage *message, const char *path)
{
  const char *method = soup_server_message_get_method (message);
  if (method != SOUP_METHOD_GET && method != SOUP_METHOD_HEAD)
    return FALSE;
  if (g_str_equal (path, "/"))
    path = "/page.html";
  else if (g_str_has_prefix (path, PIECES "/"))
    path += strlen (PIECES);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (g_str_equal (path, files[i].path))
      {
        answer_file (message, path, files[i].content_type);
        return TRUE;
      }
  return FALSE;
}
