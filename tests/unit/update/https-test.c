/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The question for a newer version over HTTPS: by whatever GIO has TLS from on this system,
 * answered by a server that has a certificate of an authority made for the test. */

#include "app/update/update.h"

#include <openssl/evp.h>

#include "tests/unit/certificates/https_site.h"
#include "tests/unit/update/whom.h"

#define KEY_BYTES       32
#define SIGNATURE_BYTES 64

char *whom_url, *whom_key;

typedef struct
{
  HttpsSite site;
  char *announcement;
} Makers;

static char *
dup_announcement (EVP_PKEY *key)
{
  static const char message[]
      = "{\"product\":\"porchlight\",\"version\":\"99.0\",\"page\":\"https://example.org/\"}";
  guchar signature[SIGNATURE_BYTES];
  gsize length = sizeof signature;
  EVP_MD_CTX *context = EVP_MD_CTX_new ();

  g_assert_cmpint (EVP_DigestSignInit (context, NULL, NULL, NULL, key), ==, 1);
  g_assert_cmpint (
      EVP_DigestSign (context, signature, &length, (const guchar *) message, sizeof message - 1),
      ==, 1);
  EVP_MD_CTX_free (context);

  g_autofree char *signed_text = g_base64_encode ((const guchar *) message, sizeof message - 1);
  g_autofree char *signature_text = g_base64_encode (signature, length);
  return g_strdup_printf ("{\"announcement\":\"%s\",\"signature\":\"%s\"}", signed_text,
                          signature_text);
}

static void
answer_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  Makers *makers = user_data;

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY,
                                    makers->announcement, strlen (makers->announcement));
}

static void
make_announcement (Makers *makers)
{
  EVP_PKEY *key = EVP_PKEY_Q_keygen (NULL, NULL, "ED25519");
  guchar octets[KEY_BYTES];
  gsize length = sizeof octets;

  g_assert_cmpint (EVP_PKEY_get_raw_public_key (key, octets, &length), ==, 1);
  whom_key = g_base64_encode (octets, length);
  makers->announcement = dup_announcement (key);
  EVP_PKEY_free (key);
}

static void
set_up (Makers *makers, gconstpointer data)
{
  make_announcement (makers);
  https_site_set_up (&makers->site);
  soup_server_add_handler (makers->site.server, NULL, answer_cb, makers, NULL);
}

static void
tear_down (Makers *makers, gconstpointer data)
{
  https_site_tear_down (&makers->site);
  g_free (makers->announcement);
  g_clear_pointer (&whom_key, g_free);
  g_clear_pointer (&whom_url, g_free);
}

/* @hosts: whom the server's certificate is for */
static void
listen_as (Makers *makers, const char *hosts)
{
  https_site_listen (&makers->site, hosts);
  whom_url = g_strconcat (makers->site.url, "/newest.json", NULL);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

/* Returns: (nullable): what there is; %NULL with @error */
static PlAnnouncement *
look (GError **error)
{
  g_autoptr (GAsyncResult) answer = NULL;
  PlAnnouncement *newer = NULL;

  pl_update_look_async (NULL, answered_cb, &answer);
  while (answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  pl_update_look_finish (answer, &newer, error);
  return newer;
}

static void
test_an_authority_that_is_trusted (Makers *makers, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  trust_only (makers->site.authority_path);
  listen_as (makers, "IP:127.0.0.1");

  g_autoptr (PlAnnouncement) newer = look (&error);

  g_assert_no_error (error);
  g_assert_cmpstr (newer->version, ==, "99.0");
}

static void
test_a_certificate_of_somebody_else (Makers *makers, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  trust_only (makers->site.authority_path);
  listen_as (makers, "DNS:somebody.example");

  g_assert_null (look (&error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_assert_cmpstr (error->message, ==, "its certificate is not one that this computer trusts");
}

static void
test_an_authority_that_nobody_knows (Makers *makers, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  trust_only (NULL);
  listen_as (makers, "IP:127.0.0.1");

  g_assert_null (look (&error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
}

static void
add (const char *path, void (*test) (Makers *, gconstpointer))
{
  g_test_add (path, Makers, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (is_without_https ())
    return 0;
  add ("/update-https/authority-that-is-trusted", test_an_authority_that_is_trusted);
  add ("/update-https/certificate-of-somebody-else", test_a_certificate_of_somebody_else);
  add ("/update-https/authority-that-nobody-knows", test_an_authority_that_nobody_knows);
  return g_test_run ();
}
