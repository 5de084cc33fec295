/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page of a link asks for beside pictures. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "app/demo/answer.h"
#include "app/demo/archive.h"
#include "app/demo/share.h"
#include "app/demo/share_links.h"

#define MONTH "2026-06-01"

static const PlShareLink *
get_link_with_album (PlVisit *visit, const char *album)
{
  const PlShareLink *link = pl_share_get_link (visit);

  if (link != NULL && g_strcmp0 (album, link->album) != 0)
    {
      pl_answer_error (visit->message, SOUP_STATUS_BAD_REQUEST,
                       "Not found or no album.read access");
      return NULL;
    }
  return link;
}

void
pl_share_album (PlVisit *visit)
{
  const PlShareLink *link = get_link_with_album (visit, visit->id);

  if (link != NULL)
    pl_answer_json (visit->message, SOUP_STATUS_OK,
                    "{'id': <%s>, 'albumName': <%s>, 'assetCount': <%u>}", link->album, link->title,
                    link->n);
}

void
pl_share_add_to_album (PlVisit *visit)
{
  if (get_link_with_album (visit, visit->id) != NULL && pl_share_admits_upload (visit))
    pl_answer_variant (visit->message, SOUP_STATUS_OK,
                       g_variant_new_array (G_VARIANT_TYPE_STRING, NULL, 0));
}

void
pl_share_buckets (PlVisit *visit)
{
  const PlShareLink *link = get_link_with_album (visit, pl_visit_get_query (visit, "albumId"));

  if (link != NULL)
    pl_answer_variant (
        visit->message, SOUP_STATUS_OK,
        g_variant_new_parsed ("[{'timeBucket': <'" MONTH "'>, 'count': <%u>}]", link->n));
}

/* A column for each property, as Immich has had it since 1.133. */
void
pl_share_bucket (PlVisit *visit)
{
  const PlShareLink *link = get_link_with_album (visit, pl_visit_get_query (visit, "albumId"));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

  if (link == NULL)
    return;
  for (guint i = 0; i < link->n; i++)
    {
      g_ptr_array_add (ids, pl_pictures_dup_id (link->first + i));
      g_ptr_array_add (titles, pl_pictures_dup_title (link->first + i));
    }
  pl_answer_json (visit->message, SOUP_STATUS_OK, "{'id': <%@as>, 'title': <%@as>}",
                  g_variant_new_strv ((const char *const *) ids->pdata, ids->len),
                  g_variant_new_strv ((const char *const *) titles->pdata, titles->len));
}

void
pl_share_asset (PlVisit *visit)
{
  guint index;

  if (!pl_pictures_find (visit->id, &index))
    pl_answer_error (visit->message, SOUP_STATUS_BAD_REQUEST, "Not found or no asset.read access");
  else if (pl_share_admits (visit, index))
    {
      g_autofree char *title = pl_pictures_dup_title (index);

      pl_answer_json (visit->message, SOUP_STATUS_OK,
                      "{'id': <%s>, 'type': <'IMAGE'>, 'originalFileName': <%s>}", visit->id,
                      title);
    }
}

/* Downloads */

/* Returns: (transfer full) (element-type guint): the pictures a body asks for; those of the whole
 * link where it names none; %NULL where one of them is not the link's */
static GArray *
read_wanted (PlVisit *visit, const PlShareLink *link)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  SoupMessageBody *body = soup_server_message_get_request_body (visit->message);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root = NULL;
  JsonArray *ids = NULL;

  if (body->length > 0 && json_parser_load_from_data (parser, body->data, body->length, NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root)
      && json_object_has_member (json_node_get_object (root), "assetIds"))
    ids = json_object_get_array_member (json_node_get_object (root), "assetIds");
  for (guint i = 0; i < (ids != NULL ? json_array_get_length (ids) : link->n); i++)
    {
      const char *id = ids != NULL ? json_array_get_string_element (ids, i) : NULL;
      guint index = link->first + i;

      if (ids != NULL
          && (id == NULL || !pl_pictures_find (id, &index) || !pl_share_link_holds (link, index)))
        return NULL;
      g_array_append_val (wanted, index);
    }
  return g_steal_pointer (&wanted);
}

static GArray *
get_wanted (PlVisit *visit)
{
  const PlShareLink *link = pl_share_get_link (visit);
  GArray *wanted;

  if (link == NULL)
    return NULL;
  wanted = read_wanted (visit, link);
  if (wanted == NULL)
    pl_answer_error (visit->message, SOUP_STATUS_BAD_REQUEST,
                     "Not found or no asset.download access");
  return wanted;
}

void
pl_share_download_info (PlVisit *visit)
{
  g_autoptr (GArray) wanted = get_wanted (visit);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (wanted == NULL)
    return;
  for (guint i = 0; i < wanted->len; i++)
    g_ptr_array_add (ids, pl_pictures_dup_id (g_array_index (wanted, guint, i)));
  pl_answer_json (visit->message, SOUP_STATUS_CREATED,
                  "{'totalSize': <%u>, 'archives': <[{'size': <%u>, 'assetIds': <%@as>}]>}",
                  wanted->len, wanted->len,
                  g_variant_new_strv ((const char *const *) ids->pdata, ids->len));
}

void
pl_share_download (PlVisit *visit)
{
  g_autoptr (GArray) wanted = get_wanted (visit);
  g_autoptr (PlArchive) archive = NULL;

  if (wanted == NULL)
    return;
  archive = pl_archive_new ();
  for (guint i = 0; i < wanted->len; i++)
    {
      guint index = g_array_index (wanted, guint, i);
      g_autofree char *name = g_strdup_printf ("picture-%02u.png", index + 1);
      g_autoptr (GBytes) picture
          = pl_pictures_dup (visit->site->pictures, index, PL_PICTURE_THUMBNAIL);

      pl_archive_add (archive, name, picture);
    }
  g_autoptr (GBytes) file = pl_archive_dup_file (archive);
  soup_server_message_set_status (visit->message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (visit->message),
                                         "application/octet-stream", NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (visit->message), file);
}
