/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/share.h"

#include "app/demo/answer.h"
#include "app/demo/page.h"
#include "app/demo/share_links.h"

#define COOKIE "immich_shared_link_token"

/* Admission */

gboolean
pl_share_admits (PlVisit *visit, guint index)
{
  const PlShareLink *link;

  if (!pl_share_is_guest (visit))
    return TRUE;
  link = pl_share_get_link (visit);
  if (link == NULL)
    return FALSE;
  if (!pl_share_link_holds (link, index))
    pl_answer_error (visit->message, SOUP_STATUS_BAD_REQUEST, "Not found or no asset.view access");
  return pl_share_link_holds (link, index);
}

gboolean
pl_share_admits_upload (PlVisit *visit)
{
  const PlShareLink *link;

  if (!pl_share_is_guest (visit))
    return TRUE;
  link = pl_share_get_link (visit);
  if (link == NULL)
    return FALSE;
  if (!link->takes_uploads)
    pl_answer_error (visit->message, SOUP_STATUS_UNAUTHORIZED, "Unauthorized");
  return link->takes_uploads;
}

/* Pages. An unknown link has the page, too, with 404. */

void
pl_share_page (PlVisit *visit)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (visit->message));
  const PlShareLink *link = g_str_has_prefix (path, "/share/")
                                ? pl_share_link_find (visit->id, NULL)
                                : pl_share_link_find (NULL, visit->id);

  pl_page_try_answer (visit->message, "/share.html");
  if (link == NULL)
    soup_server_message_set_status (visit->message, SOUP_STATUS_NOT_FOUND, NULL);
}

void
pl_share_list (PlVisit *visit)
{
  GVariantBuilder list;
  guint n_links;
  const PlShareLink *links = pl_share_links (&n_links);

  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{ss}"));
  for (guint i = 0; i < n_links; i++)
    g_variant_builder_add_parsed (&list, "{'key': %s, 'slug': %s, 'title': %s, 'password': %s}",
                                  links[i].key, links[i].slug, links[i].title,
                                  links[i].password != NULL ? links[i].password : "");
  pl_answer_variant (visit->message, SOUP_STATUS_OK, g_variant_builder_end (&list));
}

/* What a link is about, for whoever knows its password */

static char *
dup_token (const PlShareLink *link)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, link->key, -1);
}

static gboolean
knows_password (PlVisit *visit, const PlShareLink *link)
{
  g_autofree char *token = dup_token (link);
  const char *cookies = soup_message_headers_get_list (
      soup_server_message_get_request_headers (visit->message), "Cookie");
  const char *said = pl_visit_get_query (visit, "password");

  if (cookies != NULL && strstr (cookies, token) != NULL)
    return TRUE;
  return g_strcmp0 (said, link->password) == 0;
}

static void
remember_guest (PlVisit *visit, const PlShareLink *link)
{
  g_autofree char *token = dup_token (link);
  g_autofree char *cookie
      = g_strdup_printf (COOKIE "=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400", token);

  soup_message_headers_append (soup_server_message_get_response_headers (visit->message),
                               "Set-Cookie", cookie);
}

void
pl_share_me (PlVisit *visit)
{
  const PlShareLink *link = pl_share_get_link (visit);

  if (link == NULL)
    return;
  if (link->password != NULL && !knows_password (visit, link))
    {
      pl_answer_error (visit->message, SOUP_STATUS_UNAUTHORIZED, "Invalid password");
      return;
    }
  if (link->password != NULL)
    remember_guest (visit, link);
  pl_answer_json (visit->message, SOUP_STATUS_OK,
                  "{'id': <%s>, 'key': <%s>, 'slug': <%s>, 'type': <'ALBUM'>,"
                  " 'description': <%s>, 'allowDownload': <true>, 'allowUpload': <%b>,"
                  " 'showMetadata': <true>, 'assets': <@as []>,"
                  " 'album': <{'id': <%s>, 'albumName': <%s>, 'assetCount': <%u>}>}",
                  link->id, link->key, link->slug, link->title, link->takes_uploads, link->album,
                  link->title, link->n);
}
