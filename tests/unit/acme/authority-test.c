/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An authority that says what pebble never does: limits, trouble, nonsense, and when to renew. */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "app/acme/acme.h"
#include "app/acme/base64url.h"
#include "tests/unit/acme/threads.h"
#include "tests/unit/certificates/maker.h"

/* What is answered at a path. */
typedef struct
{
  const char *path;
  guint status;
  const char *retry; /* (nullable): Retry-After */
  const char *body;  /* %s: the server's own address, at most nine times */
} Said;

typedef struct
{
  SoupServer *server;
  char *url;
  char *folder;
  const Said *said;
  char *long_body;
  guint n_asked;
  GString *orders;  /* what they were of, a line each */
  guint n_hang_ups; /* so many questions for an account get no answer */
  PlAcmeWish *wish;
  GBytes *chain;
  gboolean is_back;
  gboolean is_told;
  gint64 start_s, end_s, ask_again_s;
  GError *error;
} Authority;

#define DIRECTORY                                                                                  \
  "{\"newNonce\":\"%s/nonce\",\"newAccount\":\"%s/account\",\"newOrder\":\"%s/order\","            \
  "\"renewalInfo\":\"%s/renewal\"}"
#define ACCOUNT       "{\"status\":\"valid\"}" /* has a place of its own, where it can be asked for */
#define PROBLEM(type) "{\"type\":\"urn:ietf:params:acme:error:" type "\",\"detail\":\"so it is\"}"
#define WINDOW                                                                                     \
  "{\"suggestedWindow\":{\"start\":\"2025-01-02T04:00:00Z\",\"end\":\"2025-01-03T04:00:00Z\"}}"

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

  return g_strjoinv (authority->url, parts);
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
new_chain (X509 *authority, EVP_PKEY *authority_key)
{
  static const guint8 id[] = { 1, 2, 3 };
  MadeCertificate as = {
    .name = "photos.example", .issuer = authority, .issuer_key = authority_key, .end_s = DAY_S
  };
  AUTHORITY_KEYID *extension = AUTHORITY_KEYID_new ();
  g_autoptr (EVP_PKEY) key = make_key ();
  g_autoptr (X509) x509 = make_certificate (&as, key);

  extension->keyid = ASN1_OCTET_STRING_new ();
  ASN1_OCTET_STRING_set (extension->keyid, id, sizeof id);
  X509_add1_ext_i2d (x509, NID_authority_key_identifier, extension, 0, 0);
  AUTHORITY_KEYID_free (extension);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), 5);
  X509_sign (x509, authority_key, EVP_sha256 ());
  return to_pem ((X509 *[]){ x509, NULL }, NULL, NULL);
}

static void
listen_as (Authority *authority, X509 *x509, EVP_PKEY *key)
{
  g_autoptr (GBytes) pem = to_pem ((X509 *[]){ x509, NULL }, key, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_pem (
      g_bytes_get_data (pem, NULL), (gssize) g_bytes_get_size (pem), &error);
  GSList *uris;

  g_assert_no_error (error);
  authority->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (authority->server, NULL, answer_cb, authority, NULL);
  soup_server_set_tls_certificate (authority->server, certificate);
  soup_server_listen_local (authority->server, 0,
                            SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (authority->server);
  authority->url = g_strdup_printf ("https://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
write_wish (Authority *authority, X509 *x509)
{
  static const char *const names[] = { "photos.example", NULL };
  g_autoptr (GBytes) pem = to_pem ((X509 *[]){ x509, NULL }, NULL, NULL);
  PlAcmeWish *wish = authority->wish = g_new0 (PlAcmeWish, 1);

  authority->folder = g_dir_make_tmp ("authority-XXXXXX", NULL);
  wish->directory = g_strconcat (authority->url, "/directory", NULL);
  wish->authorities = g_build_filename (authority->folder, "authority.pem", NULL);
  wish->names = g_strdupv ((char **) names);
  g_assert_true (g_file_set_contents (wish->authorities, g_bytes_get_data (pem, NULL),
                                      (gssize) g_bytes_get_size (pem), NULL));
}

static void
set_up (Authority *authority, gconstpointer said)
{
  MadeCertificate as
      = { .name = "Authority", .is_authority = TRUE, .begin_s = -DAY_S, .end_s = DAY_S };
  g_autoptr (EVP_PKEY) root_key = make_key ();
  g_autoptr (X509) root = make_certificate (&as, root_key);
  MadeCertificate server_as = { .name = "Server",
                                .hosts = "IP:127.0.0.1",
                                .issuer = root,
                                .issuer_key = root_key,
                                .begin_s = -DAY_S,
                                .end_s = DAY_S };
  g_autoptr (EVP_PKEY) key = make_key ();
  g_autoptr (X509) x509 = make_certificate (&server_as, key);

  authority->said = said;
  authority->orders = g_string_new (NULL);
  listen_as (authority, x509, key);
  write_wish (authority, root);
  authority->chain = new_chain (root, root_key);
}

static void
tear_down (Authority *authority, gconstpointer said)
{
  g_object_unref (authority->server);
  g_unlink (authority->wish->authorities);
  g_rmdir (authority->folder);
  g_free (authority->folder);
  g_free (authority->url);
  g_free (authority->long_body);
  g_string_free (authority->orders, TRUE);
  g_bytes_unref (authority->chain);
  g_clear_error (&authority->error);
  pl_acme_wish_free (authority->wish);
}

/* Asking for a certificate */

static void
show_cb (GPtrArray *challenges, gpointer user_data)
{
  g_assert_cmpuint (challenges->len, ==, 0);
}

static void
step_cb (PlAcmeStep step, const char *words, gpointer user_data)
{
}

static void
obtained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Authority *authority = user_data;
  g_autoptr (GBytes) chain = NULL;
  g_autoptr (GBytes) key = NULL;

  g_assert_false (pl_acme_obtain_finish (result, &chain, &key, &authority->error));
  authority->is_back = TRUE;
}

static void
go_with (Authority *authority, GBytes *account_key)
{
  static const PlAcmeFuncs funcs = { show_cb, step_cb };

  pl_acme_obtain_async (authority->wish, account_key, &funcs, NULL, NULL, obtained_cb, authority);
  while (!authority->is_back)
    g_main_context_iteration (NULL, TRUE);
}

static void
go (Authority *authority)
{
  g_autoptr (GBytes) account_key = pl_acme_new_account_key (NULL);

  go_with (authority, account_key);
}

static void
assert_says (const Authority *authority, const char *part)
{
  if (strstr (authority->error->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, authority->error->message);
}

static const Said limited[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/nonce", 200, NULL, "" },
  { "/account", 429, "7200", PROBLEM ("rateLimited") },
  { NULL },
};

static void
test_limited (Authority *authority, gconstpointer said)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  gint64 retry_s;

  go (authority);
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_RATE_LIMITED);
  assert_says (authority, "asked too often");
  retry_s = pl_acme_error_get_retry_s (authority->error);
  g_assert_cmpint (retry_s, >=, now_s + 7200);
  g_assert_cmpint (retry_s, <=, now_s + 7200 + 60);
}

static const Said busy[] = {
  { "/directory", 503, "Wed, 03 May 2028 14:05:00 GMT", "<html>\001" },
  { NULL },
};

/* A date further away than anybody would wait for. */
static void
test_busy (Authority *authority, gconstpointer said)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  go (authority);
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
  assert_says (authority, "trouble of its own");
  g_assert_cmpint (pl_acme_error_get_retry_s (authority->error), >, now_s);
  g_assert_cmpint (pl_acme_error_get_retry_s (authority->error), <=, now_s + 15 * DAY_S);
}

static const Said nonsense[] = {
  { "/directory", 200, NULL, "<html>Good morning</html>" },
  { NULL },
};

static void
test_nonsense (Authority *authority, gconstpointer said)
{
  go (authority);
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
}

static void
test_too_long (Authority *authority, gconstpointer said)
{
  authority->long_body = g_strnfill (8 * 1024 * 1024, ' ');
  go (authority);
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
}

static const Said elsewhere[] = {
  { "/directory", 301, NULL, "" },
  { NULL },
};

static void
test_elsewhere (Authority *authority, gconstpointer said)
{
  go (authority);
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
  g_assert_cmpuint (authority->n_asked, ==, 1);
}

static const Said forgetful[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/nonce", 200, NULL, "" },
  { "/account", 400, NULL, PROBLEM ("badNonce") },
  { NULL },
};

/* An end there is, even where no nonce is ever taken. */
static void
test_forgetful (Authority *authority, gconstpointer said)
{
  go (authority);
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
  g_assert_cmpuint (authority->n_asked, ==, 2 + 20);
}

static const Said closing[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/nonce", 200, NULL, "" },
  { "/account", 403, NULL, PROBLEM ("externalAccountRequired") },
  { NULL },
};

/* A kept connection was closed: it is asked once more, with a nonce that was not used yet. */
static void
test_hangs_up (Authority *authority, gconstpointer said)
{
  authority->n_hang_ups = 1;
  go (authority);
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_REFUSED);
  g_assert_cmpuint (authority->n_asked, ==, 5);
}

static void
test_hangs_up_again (Authority *authority, gconstpointer said)
{
  authority->n_hang_ups = 2;
  go (authority);
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
  assert_says (authority, "the connection broke off");
  g_assert_cmpuint (authority->n_hang_ups, ==, 0);
}

static const Said ordering[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/nonce", 200, NULL, "" },
  { "/account", 201, NULL, ACCOUNT },
  { "/order", 409, NULL, PROBLEM ("alreadyReplaced") },
  { NULL },
};

#define IDENTIFIERS "\"identifiers\":[{\"type\":\"dns\",\"value\":\"photos.example\"}]"

/* What it replaces is told, and left out when the order is refused for that. */
static void
test_replaces (Authority *authority, gconstpointer said)
{
  authority->wish->replaces = g_bytes_ref (authority->chain);
  go (authority);
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_REFUSED);
  g_assert_cmpstr (authority->orders->str, ==,
                   "{" IDENTIFIERS ",\"replaces\":\"AQID.BQ\"}\n{" IDENTIFIERS "}\n");
}

static void
test_replaces_nothing (Authority *authority, gconstpointer said)
{
  go (authority);
  g_assert_cmpstr (authority->orders->str, ==, "{" IDENTIFIERS "}\n");
}

static const Said nameless[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/nonce", 200, NULL, "" },
  { "/account", 201, NULL, "{}" },
  { NULL },
};

/* An account without an address cannot be used. */
static void
test_nameless (Authority *authority, gconstpointer said)
{
  go (authority);
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
}

/* What nobody is asked for */

static void
assert_unasked (Authority *authority, const char *part)
{
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_REFUSED);
  assert_says (authority, part);
  g_assert_cmpuint (authority->n_asked, ==, 0);
}

static void
test_bad_key (Authority *authority, gconstpointer said)
{
  g_autoptr (GBytes) none = g_bytes_new_static ("no key", 6);

  go_with (authority, none);
  assert_unasked (authority, "account");
}

static void
test_bad_names (Authority *authority, gconstpointer said)
{
  static const char *const names[]
      = { "192.168.1.20", "Photos.example", "a,DNS:b", "*", "a.*.b", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *list[] = { names[i], NULL };

      g_strfreev (authority->wish->names);
      authority->wish->names = g_strdupv ((char **) list);
      authority->is_back = FALSE;
      g_clear_error (&authority->error);
      go (authority);
      assert_unasked (authority, "no name that a certificate authority knows");
    }
}

static void
test_wildcard (Authority *authority, gconstpointer said)
{
  g_free (authority->wish->names[0]);
  authority->wish->names[0] = g_strdup ("*.photos.example");
  go (authority);
  assert_unasked (authority, "takes a proof by DNS");
}

static void
test_plain_directory (Authority *authority, gconstpointer said)
{
  g_free (authority->wish->directory);
  authority->wish->directory = g_strdup ("http://127.0.0.1/directory");
  go (authority);
  assert_unasked (authority, "https://");
}

static void
test_no_authorities (Authority *authority, gconstpointer said)
{
  g_unlink (authority->wish->authorities);
  go (authority);
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
  assert_says (authority, "cannot be read");
}

/* Renewal */

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Authority *authority = user_data;

  authority->is_told = pl_acme_ask_renewal_finish (result, &authority->start_s, &authority->end_s,
                                                   &authority->ask_again_s, &authority->error);
  authority->is_back = TRUE;
}

static void
ask_renewal (Authority *authority)
{
  pl_acme_ask_renewal_async (authority->wish, authority->chain, NULL, told_cb, authority);
  while (!authority->is_back)
    g_main_context_iteration (NULL, TRUE);
}

static const Said renewing[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/renewal/AQID.BQ", 200, "21600", WINDOW },
  { NULL },
};

static void
test_renewal (Authority *authority, gconstpointer said)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  ask_renewal (authority);
  g_assert_no_error (authority->error);
  g_assert_true (authority->is_told);
  g_assert_cmpint (authority->start_s, ==, 1735790400);
  g_assert_cmpint (authority->end_s, ==, 1735790400 + DAY_S);
  g_assert_cmpint (authority->ask_again_s, >=, now_s + 21600);
  g_assert_cmpint (authority->ask_again_s, <=, now_s + 21600 + 60);
}

static const Said hasty[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/renewal/", 200, "1", WINDOW },
  { NULL },
};

static void
test_hasty_renewal (Authority *authority, gconstpointer said)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  ask_renewal (authority);
  g_assert_true (authority->is_told);
  g_assert_cmpint (authority->ask_again_s, >=, now_s + 60);
}

static const Said silent[] = {
  { "/directory", 200, NULL,
    "{\"newNonce\":\"%s/nonce\",\"newAccount\":\"%s/account\",\"newOrder\":\"%s/order\"}" },
  { NULL },
};

static void
test_no_renewal (Authority *authority, gconstpointer said)
{
  ask_renewal (authority);
  g_assert_no_error (authority->error);
  g_assert_false (authority->is_told);
}

static const Said wrong[] = {
  { "/directory", 200, NULL, DIRECTORY },
  { "/renewal/", 200, NULL, "{\"suggestedWindow\":[]}" },
  { NULL },
};

static void
test_wrong_renewal (Authority *authority, gconstpointer said)
{
  ask_renewal (authority);
  g_assert_error (authority->error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER);
}

static void
test_no_chain (Authority *authority, gconstpointer said)
{
  g_bytes_unref (authority->chain);
  authority->chain = g_bytes_new (NULL, 0);
  ask_renewal (authority);
  g_assert_no_error (authority->error);
  g_assert_false (authority->is_told);
  g_assert_cmpuint (authority->n_asked, ==, 0);
}

static void
add (const char *path, const Said *said, void (*test) (Authority *, gconstpointer))
{
  g_test_add (path, Authority, said, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  add ("/acme/authority/limited", limited, test_limited);
  add ("/acme/authority/busy", busy, test_busy);
  add ("/acme/authority/nonsense", nonsense, test_nonsense);
  add ("/acme/authority/too-long", nonsense, test_too_long);
  add ("/acme/authority/elsewhere", elsewhere, test_elsewhere);
  add ("/acme/authority/forgetful", forgetful, test_forgetful);
  add ("/acme/authority/hangs-up", closing, test_hangs_up);
  add ("/acme/authority/hangs-up-again", closing, test_hangs_up_again);
  add ("/acme/authority/replaces", ordering, test_replaces);
  add ("/acme/authority/replaces-nothing", ordering, test_replaces_nothing);
  add ("/acme/authority/nameless", nameless, test_nameless);
  add ("/acme/authority/bad-key", renewing, test_bad_key);
  add ("/acme/authority/bad-names", renewing, test_bad_names);
  add ("/acme/authority/wildcard", renewing, test_wildcard);
  add ("/acme/authority/plain-directory", renewing, test_plain_directory);
  add ("/acme/authority/no-authorities", renewing, test_no_authorities);
  add ("/acme/renewal", renewing, test_renewal);
  add ("/acme/renewal/hasty", hasty, test_hasty_renewal);
  add ("/acme/renewal/none", silent, test_no_renewal);
  add ("/acme/renewal/wrong", wrong, test_wrong_renewal);
  add ("/acme/renewal/no-chain", renewing, test_no_chain);
  status = g_test_run ();
  threads_end ();
  return status;
}
