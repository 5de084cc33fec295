/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/maintenance.h"

#include <string.h>

#include "app/demo/answer.h"

#define PAGE_PATH "/maintenance"

static const char page[]
    = "<!doctype html><meta charset=\"utf-8\"><title>Maintenance</title>"
      "<h1>The demo is in maintenance</h1><p>Its administrator can end that here.</p>";

static void
answer_page (SoupServerMessage *message)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_STATIC, page,
                                    strlen (page));
}

void
pl_maintenance_answer (SoupServerMessage *message, const char *path)
{
  if (g_str_equal (path, "/api/server/config"))
    pl_answer_json (message, SOUP_STATUS_OK, "{'maintenanceMode': <true>}");
  else if (g_str_equal (path, "/.well-known/immich"))
    pl_answer_json (message, SOUP_STATUS_OK, "{'api': <{'endpoint': <'/api'>}>}");
  else if (g_str_has_prefix (path, "/api/"))
    pl_answer_error (message, SOUP_STATUS_NOT_FOUND, "In maintenance");
  else if (g_str_equal (path, PAGE_PATH))
    answer_page (message);
  else
    soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, PAGE_PATH);
}
