/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/acme/authority.h"

#include <json-glib/json-glib.h>

#include "app/acme/base64url.h"

static const Said *
find (const Said *said, const char *path)
{
  for (; said->path != NULL; said++)
    if (g_str_has_prefix (path, said->path))
      return said;
  return NULL;
}

static char *
dup_body (const Authority *authority, const Said *said)
{
  g_auto (GStrv) parts = g_strsplit (said->body, "%s", -1);

  return g_strjoinv (authority->site.url, parts);
}

static void
hang_up (Authority *authority, SoupServerMessage *message)
{
  g_autoptr (GIOStream) connection = soup_server_message_steal_connection (message);

  authority->n_hang_ups--;
  g_io_stream_close (connection, NULL, NULL);
}

/* Signatures are pebble's matter. */
static void
note_order (Authority *authority, SoupServerMessage *message)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (message));
  gsize n_octets = 0;
  g_autofree guint8 *payload = NULL;

  g_assert_true (json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                                             (gssize) g_bytes_get_size (body), NULL));
  payload
      = pl_base64url_decode (json_object_get_string_member (
                                 json_node_get_object (json_parser_get_root (parser)), "payload"),
                             &n_octets);
  g_string_append_len (authority->orders, (const char *) payload, (gssize) n_octets);
  g_string_append_c (authority->orders, '\n');
}

static void
answer_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  Authority *authority = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const Said *said = find (authority->said, path);

  authority->n_asked++;
  if (g_str_equal (path, "/account") && authority->n_hang_ups > 0)
    {
      hang_up (authority, message);
      return;
    }
  if (g_str_equal (path, "/order"))
    note_order (authority, message);
  if (said == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  g_autofree char *body
      = authority->long_body != NULL ? g_strdup (authority->long_body) : dup_body (authority, said);
  soup_server_message_set_status (message, said->status, NULL);
  soup_message_headers_replace (headers, "Replay-Nonce", "bm9uY2U");
  if (g_str_equal (said->body, ACCOUNT))
    soup_message_headers_replace (headers, "Location", authority->wish->directory);
  if (said->retry != NULL)
    soup_message_headers_replace (headers, "Retry-After", said->retry);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

/* The chain is of a leaf that says whose key signed it, as RFC 9773 asks for. */
static GBytes *
new_chain (const HttpsSite *site)
{
  static const guint8 id[] = { 1, 2, 3 };
  MadeCertificate as = { .name = "photos.example",
                         .issuer = site->authority_x509,
                         .issuer_key = site->authority_key,
                         .end_s = DAY_S };
  AUTHORITY_KEYID *extension = AUTHORITY_KEYID_new ();
  g_autoptr (EVP_PKEY) key = make_key ();
  g_autoptr (X509) x509 = make_certificate (&as, key);

  extension->keyid = ASN1_OCTET_STRING_new ();
  ASN1_OCTET_STRING_set (extension->keyid, id, sizeof id);
  X509_add1_ext_i2d (x509, NID_authority_key_identifier, extension, 0, 0);
  AUTHORITY_KEYID_free (extension);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), 5);
  X509_sign (x509, site->authority_key, EVP_sha256 ());
  return to_pem ((X509 *[]){ x509, NULL }, NULL, NULL);
}

static PlAcmeWish *
new_wish (const HttpsSite *site)
{
  static const char *const names[] = { "photos.example", NULL };
  PlAcmeWish *wish = g_new0 (PlAcmeWish, 1);

  wish->directory = g_strconcat (site->url, "/directory", NULL);
  wish->authorities = g_strdup (site->authority_path);
  wish->names = g_strdupv ((char **) names);
  return wish;
}

void
authority_set_up (Authority *authority, const Said *said)
{
  *authority = (Authority){ .said = said, .orders = g_string_new (NULL) };
  https_site_set_up (&authority->site);
  soup_server_add_handler (authority->site.server, NULL, answer_cb, authority, NULL);
  https_site_listen (&authority->site, "IP:127.0.0.1");
  authority->wish = new_wish (&authority->site);
  authority->chain = new_chain (&authority->site);
}

void
authority_tear_down (Authority *authority)
{
  https_site_tear_down (&authority->site);
  g_free (authority->long_body);
  g_string_free (authority->orders, TRUE);
  g_bytes_unref (authority->chain);
  pl_acme_wish_free (authority->wish);
}
