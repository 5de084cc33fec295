/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Announcements: that of the owner of the key is read, and whatever anybody has done to it is seen.
 */

#include "app/update/announcement.h"

#include <openssl/evp.h>
#include <string.h>

#define KEY_BYTES       32
#define SIGNATURE_BYTES 64

#define GOOD                                                                                       \
  "{\"product\":\"porchlight\",\"version\":\"1.2.3\",\"page\":\"https://example.org/1.2.3\"}"

/* Two keys for tests, made of what no key is made of. */
static EVP_PKEY *
new_key (char octet)
{
  guchar seed[KEY_BYTES];

  memset (seed, octet, sizeof seed);
  return EVP_PKEY_new_raw_private_key (EVP_PKEY_ED25519, NULL, seed, sizeof seed);
}

static char *
dup_public (EVP_PKEY *key)
{
  guchar octets[KEY_BYTES];
  gsize length = sizeof octets;

  g_assert_cmpint (EVP_PKEY_get_raw_public_key (key, octets, &length), ==, 1);
  return g_base64_encode (octets, length);
}

/* @length: of @message, which may have anything in it */
static char *
dup_document (EVP_PKEY *key, const char *message, gsize length)
{
  guchar signature[SIGNATURE_BYTES];
  gsize signature_length = sizeof signature;
  EVP_MD_CTX *context = EVP_MD_CTX_new ();

  g_assert_cmpint (EVP_DigestSignInit (context, NULL, NULL, NULL, key), ==, 1);
  g_assert_cmpint (
      EVP_DigestSign (context, signature, &signature_length, (const guchar *) message, length), ==,
      1);
  EVP_MD_CTX_free (context);

  g_autofree char *signed_text = g_base64_encode ((const guchar *) message, length);
  g_autofree char *signature_text = g_base64_encode (signature, signature_length);
  return g_strdup_printf ("{\"announcement\":\"%s\",\"signature\":\"%s\"}", signed_text,
                          signature_text);
}

/* (nullable): read with the key that signs in these tests */
static PlAnnouncement *
read_text (const char *document, gsize length)
{
  EVP_PKEY *key = new_key ('a');
  g_autofree char *public_key = dup_public (key);
  g_autoptr (GBytes) bytes = g_bytes_new (document, length);
  g_autoptr (GError) error = NULL;
  PlAnnouncement *announcement = pl_announcement_read (bytes, public_key, &error);

  EVP_PKEY_free (key);
  if (announcement == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  else
    g_assert_no_error (error);
  return announcement;
}

static PlAnnouncement *
read_signed_by (char octet, const char *message)
{
  EVP_PKEY *key = new_key (octet);
  g_autofree char *document = dup_document (key, message, strlen (message));

  EVP_PKEY_free (key);
  return read_text (document, strlen (document));
}

static void
test_a_good_one (void)
{
  g_autoptr (PlAnnouncement) announcement = read_signed_by ('a', GOOD);

  g_assert_nonnull (announcement);
  g_assert_cmpstr (announcement->version, ==, "1.2.3");
  g_assert_cmpstr (announcement->page, ==, "https://example.org/1.2.3");
}

static void
test_of_somebody_else (void)
{
  g_assert_null (read_signed_by ('b', GOOD));
}

/* Any octet but a space at its end, whatever it is changed to. */
static void
test_each_octet_counts (void)
{
  EVP_PKEY *key = new_key ('a');
  g_autofree char *document = dup_document (key, GOOD, strlen (GOOD));
  gsize length = strlen (document);
  guint n_read = 0;

  EVP_PKEY_free (key);
  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *changed = g_strdup (document);
      changed[i] ^= 1;
      g_autoptr (PlAnnouncement) announcement = read_text (changed, length);

      /* Base64 has bits at its end that mean nothing: what is read is what was signed. */
      if (announcement == NULL)
        continue;
      n_read++;
      g_assert_cmpstr (announcement->version, ==, "1.2.3");
      g_assert_cmpstr (announcement->page, ==, "https://example.org/1.2.3");
    }
  g_assert_cmpuint (n_read, <=, 4);
}

static void
test_cut_anywhere (void)
{
  EVP_PKEY *key = new_key ('a');
  g_autofree char *document = dup_document (key, GOOD, strlen (GOOD));

  EVP_PKEY_free (key);
  for (gsize length = 0; length < strlen (document); length++)
    g_assert_null (read_text (document, length));
}

/* Signed by the owner of the key, and no announcement of a version of Porchlight all the same. */
static void
test_what_is_no_announcement (void)
{
  static const char *const messages[] = {
    "",
    "[]",
    "\"porchlight\"",
    "{}",
    "{\"product\":\"other\",\"version\":\"1\",\"page\":\"https://a\"}",
    "{\"version\":\"1\",\"page\":\"https://a\"}",
    "{\"product\":\"porchlight\",\"page\":\"https://a\"}",
    "{\"product\":\"porchlight\",\"version\":\"1\"}",
    "{\"product\":\"porchlight\",\"version\":1,\"page\":\"https://a\"}",
    "{\"product\":\"porchlight\",\"version\":\"1\",\"page\":[\"https://a\"]}",
    "{\"product\":\"porchlight\",\"version\":\"1.2-rc\",\"page\":\"https://a\"}",
    "{\"product\":\"porchlight\",\"version\":\"1\",\"page\":\"http://a\"}",
    "{\"product\":\"porchlight\",\"version\":\"1\",\"page\":\"file:///etc/passwd\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    g_assert_null (read_signed_by ('a', messages[i]));
}

static void
test_what_is_no_document (void)
{
  static const char *const documents[] = {
    "{}",
    "[]",
    "null",
    "{\"announcement\":1,\"signature\":2}",
    "{\"announcement\":\"\"}",
    "{\"announcement\":\"YQ==\",\"signature\":\"YQ==\"}",
    "<!doctype html><title>404</title>",
  };
  g_autofree char *deep = g_strnfill (100000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    g_assert_null (read_text (documents[i], strlen (documents[i])));
  g_assert_null (read_text (deep, strlen (deep)));
}

static void
test_a_key_that_is_none (void)
{
  static const char *const keys[] = { "", "YQ==", "not base64 at all" };
  EVP_PKEY *key = new_key ('a');
  g_autofree char *document = dup_document (key, GOOD, strlen (GOOD));
  g_autoptr (GBytes) bytes = g_bytes_new (document, strlen (document));

  EVP_PKEY_free (key);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_null (pl_announcement_read (bytes, keys[i], NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/update/announcement/good", test_a_good_one);
  g_test_add_func ("/app/update/announcement/somebody-else", test_of_somebody_else);
  g_test_add_func ("/app/update/announcement/each-octet", test_each_octet_counts);
  g_test_add_func ("/app/update/announcement/cut", test_cut_anywhere);
  g_test_add_func ("/app/update/announcement/no-announcement", test_what_is_no_announcement);
  g_test_add_func ("/app/update/announcement/no-document", test_what_is_no_document);
  g_test_add_func ("/app/update/announcement/no-key", test_a_key_that_is_none);
  return g_test_run ();
}
