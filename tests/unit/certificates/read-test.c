/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files as people have them: whole, in disorder, locked, damaged, mixed up. */

#include "app/certificates/judge.h"
#include "app/certificates/load.h"
#include "app/certificates/read.h"
#include "app/system/path.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tests/unit/certificates/maker.h"

/* A root, an intermediate and a computer, as public authorities have it. */
typedef struct
{
  EVP_PKEY *root_key;
  EVP_PKEY *middle_key;
  EVP_PKEY *key;
  X509 *root;
  X509 *middle;
  X509 *own;
} House;

static void
set_up (House *house, gconstpointer data)
{
  house->root_key = make_key ();
  house->middle_key = make_key ();
  house->key = make_key ();
  house->root = make_certificate (
      &(MadeCertificate){ "Root X1", .is_authority = TRUE, .end_s = 3650 * DAY_S },
      house->root_key);
  house->middle = make_certificate (
      &(MadeCertificate){ "R3", .issuer = house->root, .issuer_key = house->root_key,
                          .is_authority = TRUE, .end_s = 1000 * DAY_S },
      house->middle_key);
  house->own = make_certificate (&(MadeCertificate){ "photos.example",
                                                     "DNS:photos.example,DNS:*.home.example,"
                                                     "IP:192.168.1.20,IP:fd00::20",
                                                     house->middle, house->middle_key, FALSE,
                                                     -DAY_S, 90 * DAY_S },
                                 house->key);
}

static void
tear_down (House *house, gconstpointer data)
{
  EVP_PKEY_free (house->root_key);
  EVP_PKEY_free (house->middle_key);
  EVP_PKEY_free (house->key);
  X509_free (house->root);
  X509_free (house->middle);
  X509_free (house->own);
}

static gint64
now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static PlCertificate *
read_pem (X509 *const *certificates, EVP_PKEY *key, EVP_PKEY *other_key)
{
  g_autoptr (GBytes) pem = to_pem (certificates, key, NULL);
  g_autoptr (GBytes) keys = other_key != NULL ? to_pem ((X509 *[]){ NULL }, other_key, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  PlCertificate *certificate = pl_certificate_read (pem, keys, NULL, &error);

  g_assert_no_error (error);
  return certificate;
}

static void
test_facts (House *house, gconstpointer data)
{
  g_autoptr (PlCertificate) certificate
      = read_pem ((X509 *[]){ house->own, house->middle, NULL }, NULL, house->key);
  const char *const *hosts = pl_certificate_get_hosts (certificate);

  g_assert_cmpstr (pl_certificate_get_issuer (certificate), ==, "R3");
  g_assert_cmpstr (hosts[0], ==, "photos.example");
  g_assert_cmpstr (hosts[1], ==, "*.home.example");
  g_assert_cmpstr (hosts[2], ==, "192.168.1.20");
  g_assert_cmpstr (hosts[3], ==, "fd00::20");
  g_assert_null (hosts[4]);
  g_assert_cmpint (ABS (pl_certificate_get_not_after_s (certificate) - now_s () - 90 * DAY_S), <,
                   60);
  g_assert_cmpint (ABS (pl_certificate_get_not_before_s (certificate) - now_s () + DAY_S), <, 60);
  g_assert_cmpuint (strlen (pl_certificate_get_fingerprint (certificate)), ==, 32 * 3 - 1);
  g_assert_cmpint (sk_X509_num (pl_certificate_get_chain (certificate)), ==, 1);
  g_assert_false (pl_certificate_was_sorted (certificate));
  g_assert_false (pl_certificate_is_self_signed (certificate));
}

static void
test_fits (House *house, gconstpointer data)
{
  g_autoptr (PlCertificate) certificate
      = read_pem ((X509 *[]){ house->own, NULL }, house->key, NULL);

  g_assert_true (pl_certificate_fits (certificate, "photos.example"));
  g_assert_true (pl_certificate_fits (certificate, "PHOTOS.example"));
  g_assert_true (pl_certificate_fits (certificate, "nas.home.example"));
  g_assert_true (pl_certificate_fits (certificate, "192.168.1.20"));
  g_assert_true (pl_certificate_fits (certificate, "fd00::20"));
  g_assert_false (pl_certificate_fits (certificate, "a.b.home.example"));
  g_assert_false (pl_certificate_fits (certificate, "example"));
  g_assert_false (pl_certificate_fits (certificate, "192.168.1.2"));
}

/* The root is not shown, what vouches for nothing is left out, and the order is mended. */
static void
test_order (House *house, gconstpointer data)
{
  g_autoptr (EVP_PKEY) stranger_key = make_key ();
  g_autoptr (X509) stranger = make_certificate (
      &(MadeCertificate){ "R3", .is_authority = TRUE, .end_s = DAY_S }, stranger_key);
  g_autoptr (PlCertificate) certificate = read_pem (
      (X509 *[]){ house->root, stranger, house->middle, house->own, NULL }, house->key, NULL);
  PlX509Stack *chain = pl_certificate_get_chain (certificate);

  g_assert_cmpint (X509_cmp (pl_certificate_get_x509 (certificate), house->own), ==, 0);
  g_assert_cmpint (sk_X509_num (chain), ==, 1);
  g_assert_cmpint (X509_cmp (sk_X509_value (chain, 0), house->middle), ==, 0);
  g_assert_true (pl_certificate_was_sorted (certificate));
  g_assert_true (pl_certificate_had_root (certificate));
}

static void
test_sealed (House *house, gconstpointer data)
{
  g_autoptr (PlX509Stack) others = sk_X509_new_null ();
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  g_autoptr (PKCS12) sealed = NULL;
  g_autoptr (GBytes) octets = NULL;
  g_autoptr (PlCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  char *content;
  long length;

  X509_up_ref (house->middle);
  sk_X509_push (others, house->middle);
  sealed = PKCS12_create ("abrakadabra", "photos", house->key, house->own, others, 0, 0, 0, 0, 0);
  i2d_PKCS12_bio (bio, sealed);
  length = BIO_get_mem_data (bio, &content);
  octets = g_bytes_new (content, length);

  certificate = pl_certificate_read (octets, NULL, "abrakadabra", &error);
  g_assert_no_error (error);
  g_assert_cmpint (sk_X509_num (pl_certificate_get_chain (certificate)), ==, 1);
  g_assert_null (pl_certificate_read (octets, NULL, NULL, &error));
  g_assert_error (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (pl_certificate_read (octets, NULL, "hokuspokus", &error));
  g_assert_error (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_PASSWORD);
}

static void
assert_refused (GBytes *certificates, GBytes *keys, const char *password, PlCertificateError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pl_certificate_read (certificates, keys, password, &error));
  g_assert_error (error, PL_CERTIFICATE_ERROR, (int) code);
}

static void
test_refused (House *house, gconstpointer data)
{
  X509 *const own[] = { house->own, house->middle, NULL };
  g_autoptr (GBytes) alone = to_pem (own, NULL, NULL);
  g_autoptr (GBytes) with_other_key = to_pem (own, house->root_key, NULL);
  g_autoptr (GBytes) locked = to_pem (own, house->key, "abrakadabra");
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) words = g_bytes_new_static ("no certificate", 14);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (alone, 0, g_bytes_get_size (alone) - 100);
  g_autoptr (GBytes) key = to_pem ((X509 *[]){ NULL }, house->key, NULL);
  g_autoptr (PlCertificate) opened = NULL;

  assert_refused (alone, NULL, NULL, PL_CERTIFICATE_ERROR_NO_KEY);
  assert_refused (alone, words, NULL, PL_CERTIFICATE_ERROR_NO_KEY);
  assert_refused (with_other_key, NULL, NULL, PL_CERTIFICATE_ERROR_MISMATCH);
  assert_refused (locked, NULL, NULL, PL_CERTIFICATE_ERROR_LOCKED);
  assert_refused (locked, NULL, "hokuspokus", PL_CERTIFICATE_ERROR_PASSWORD);
  assert_refused (empty, NULL, NULL, PL_CERTIFICATE_ERROR_NO_CERTIFICATE);
  assert_refused (empty, key, NULL, PL_CERTIFICATE_ERROR_NO_CERTIFICATE);
  assert_refused (words, NULL, NULL, PL_CERTIFICATE_ERROR_NO_CERTIFICATE);
  assert_refused (key, key, NULL, PL_CERTIFICATE_ERROR_NO_CERTIFICATE);
  assert_refused (cut, key, NULL, PL_CERTIFICATE_ERROR_NO_CERTIFICATE);
  opened = pl_certificate_read (locked, NULL, "abrakadabra", NULL);
  g_assert_nonnull (opened);
}

static void
test_weak_key (House *house, gconstpointer data)
{
  g_autoptr (EVP_PKEY) key = EVP_RSA_gen (1024);
  g_autoptr (X509) x509
      = make_certificate (&(MadeCertificate){ "old", "DNS:old.example", .end_s = DAY_S }, key);
  g_autoptr (GBytes) pem = to_pem ((X509 *[]){ x509, NULL }, key, NULL);

  assert_refused (pem, NULL, NULL, PL_CERTIFICATE_ERROR_WEAK);
}

/* Judgement */

static gboolean
has_remark (const PlCertificate *certificate, PlRemarkKind kind, const PlJudgement *by)
{
  g_autoptr (GPtrArray) remarks = pl_certificate_judge (certificate, by);

  for (guint i = 0; i < remarks->len; i++)
    if (((PlRemark *) remarks->pdata[i])->kind == kind)
      return TRUE;
  return FALSE;
}

static void
assert_remarks (const PlCertificate *certificate, const PlJudgement *by, int only)
{
  g_autoptr (GPtrArray) remarks = pl_certificate_judge (certificate, by);

  g_assert_cmpuint (remarks->len, ==, only < 0 ? 0 : 1);
  if (only >= 0)
    g_assert_cmpint (((PlRemark *) remarks->pdata[0])->kind, ==, only);
}

static void
test_judge (House *house, gconstpointer data)
{
  g_autoptr (X509_STORE) known = X509_STORE_new ();
  g_autoptr (X509_STORE) others = X509_STORE_new ();
  g_autoptr (PlCertificate) whole
      = read_pem ((X509 *[]){ house->own, house->middle, NULL }, NULL, house->key);
  g_autoptr (PlCertificate) alone = read_pem ((X509 *[]){ house->own, NULL }, NULL, house->key);
  g_autoptr (PlCertificate) with_root
      = read_pem ((X509 *[]){ house->own, house->middle, house->root, NULL }, NULL, house->key);
  PlJudgement by = { now_s (), "photos.example", known };

  X509_STORE_add_cert (known, house->root);
  assert_remarks (whole, &by, -1);
  assert_remarks (alone, &by, PL_REMARK_INCOMPLETE);
  by.known = others;
  assert_remarks (whole, &by, PL_REMARK_PRIVATE);
  assert_remarks (with_root, &by, PL_REMARK_PRIVATE);
  by.known = NULL;
  assert_remarks (whole, &by, -1);
  by.host = "elsewhere.example";
  assert_remarks (whole, &by, PL_REMARK_WRONG_NAME);
}

/* The clock is wrong more often than a certificate. */
static void
test_judge_time (House *house, gconstpointer data)
{
  g_autoptr (PlCertificate) certificate
      = read_pem ((X509 *[]){ house->own, house->middle, NULL }, NULL, house->key);
  PlJudgement by = { now_s () + 100 * DAY_S };
  g_autofree char *over = pl_certificate_dup_end_words (certificate, by.now_s);
  g_autofree char *soon = pl_certificate_dup_end_words (certificate, now_s () + 77 * DAY_S + 3600);

  assert_remarks (certificate, &by, PL_REMARK_EXPIRED);
  by.now_s = now_s () - 10 * DAY_S;
  assert_remarks (certificate, &by, PL_REMARK_NOT_YET);
  by.now_s = now_s () + 80 * DAY_S;
  assert_remarks (certificate, &by, PL_REMARK_ENDS_SOON);
  g_assert_true (g_str_has_prefix (over, "ended on "));
  g_assert_true (g_str_has_suffix (soon, ", in 12 days"));
}

static void
test_judge_alone (House *house, gconstpointer data)
{
  g_autoptr (X509) x509 = make_certificate (
      &(MadeCertificate){ "a\nb", .end_s = 100 * DAY_S, .digest = EVP_sha1 () }, house->key);
  g_autoptr (PlCertificate) certificate = read_pem ((X509 *[]){ x509, NULL }, house->key, NULL);
  PlJudgement by = { now_s () };

  g_assert_true (has_remark (certificate, PL_REMARK_SELF_SIGNED, &by));
  g_assert_true (has_remark (certificate, PL_REMARK_NO_NAME, &by));
  g_assert_true (has_remark (certificate, PL_REMARK_WEAK, &by));
  g_assert_cmpstr (pl_certificate_get_issuer (certificate), ==, "a b");
}

/* Files */

static void
write_bytes (const char *path, GBytes *bytes, int mode)
{
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
test_load (House *house, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("porchlight-XXXXXX", NULL);
  g_autofree char *fullchain = g_build_filename (folder, "fullchain.pem", NULL);
  g_autofree char *privkey = g_build_filename (folder, "privkey.pem", NULL);
  g_autofree char *password = g_build_filename (folder, "password", NULL);
  g_autoptr (GBytes) chain = to_pem ((X509 *[]){ house->own, house->middle, NULL }, NULL, NULL);
  g_autoptr (GBytes) key = to_pem ((X509 *[]){ NULL }, house->key, "abrakadabra");
  g_autoptr (GBytes) word = g_bytes_new_static ("abrakadabra\r\nmore", 17);
  PlCertificateFiles files = { fullchain, privkey, password };
  g_autoptr (GError) error = NULL;
  g_autoptr (PlCertificate) certificate = NULL;

  g_assert_null (pl_certificate_load (&files, &error));
  g_assert_error (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_UNREADABLE);
  g_autofree char *missing
      = g_strdup_printf ("“%s” cannot be read: there is no such file.", fullchain);
  g_assert_cmpstr (error->message, ==, missing);
  g_clear_error (&error);
  write_bytes (fullchain, chain, 0644);
  write_bytes (privkey, key, 0600);
  write_bytes (password, word, 0600);
  certificate = pl_certificate_load (&files, &error);
  g_assert_no_error (error);
  g_assert_null (pl_certificate_files_dup_exposed (&files));
  files.password = NULL;
  g_assert_null (pl_certificate_load (&files, &error));
  g_assert_error (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, privkey));
  g_unlink (fullchain);
  g_unlink (privkey);
  g_unlink (password);
  g_rmdir (folder);
}

/* Windows writes paths otherwise. */
static void
assert_path (const char *path, const char *expected)
{
  g_autofree char *whole = pl_path_dup_whole (expected, NULL);
  g_assert_cmpstr (path, ==, whole);
}

static void
test_lists (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) two
      = pl_certificate_files_read_lists ("a.pem; /b.p12;", "a.key", ";b.txt", "/etc/x", &error);
  const PlCertificateFiles *files;

  g_assert_no_error (error);
  g_assert_cmpuint (two->len, ==, 2);
  files = &g_array_index (two, PlCertificateFiles, 0);
  assert_path (files->certificate, "/etc/x/a.pem");
  assert_path (files->key, "/etc/x/a.key");
  g_assert_null (files->password);
  files = &g_array_index (two, PlCertificateFiles, 1);
  assert_path (files->certificate, "/b.p12");
  g_assert_null (files->key);
  assert_path (files->password, "/etc/x/b.txt");
  g_assert_null (pl_certificate_files_read_lists ("a.pem", "a.key;b.key", "", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

#define ADD(name, func) g_test_add (name, House, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/certificates/facts", test_facts);
  ADD ("/certificates/fits", test_fits);
  ADD ("/certificates/order", test_order);
  ADD ("/certificates/sealed", test_sealed);
  ADD ("/certificates/refused", test_refused);
  ADD ("/certificates/weak-key", test_weak_key);
  ADD ("/certificates/judge", test_judge);
  ADD ("/certificates/judge-time", test_judge_time);
  ADD ("/certificates/judge-alone", test_judge_alone);
  ADD ("/certificates/load", test_load);
  g_test_add_func ("/certificates/lists", test_lists);
  return g_test_run ();
}
