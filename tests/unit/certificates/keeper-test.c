/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that change under a program that runs: as certbot replaces them, one after the other, and
 * wrongly. */

#include "app/certificates/keeper.h"
#include "app/certificates/local.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tests/unit/certificates/maker.h"

#define PATIENCE_S 30

typedef struct
{
  char *folder;
  char *chain;
  char *key;
  PlCertificateKeeper *keeper;
  guint n_told;
  guint n_others;
} Room;

static void
changed_cb (PlCertificateKeeper *keeper, gboolean shows_other, gpointer user_data)
{
  Room *room = user_data;

  room->n_told++;
  room->n_others += shows_other;
}

static void
set_up (Room *room, gconstpointer data)
{
  room->folder = g_dir_make_tmp ("porchlight-XXXXXX", NULL);
  room->chain = g_build_filename (room->folder, "fullchain.pem", NULL);
  room->key = g_build_filename (room->folder, "privkey.pem", NULL);
  room->keeper = pl_certificate_keeper_new ();
  g_signal_connect (room->keeper, "changed", G_CALLBACK (changed_cb), room);
}

static void
tear_down (Room *room, gconstpointer data)
{
  static const char *const files[]
      = { "fullchain.pem", "privkey.pem", PL_LOCAL_AUTHORITY_FILE, PL_LOCAL_CERTIFICATE_FILE };

  g_object_unref (room->keeper);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (room->folder, files[i], NULL);
      g_unlink (path);
    }
  g_rmdir (room->folder);
  g_free (room->folder);
  g_free (room->chain);
  g_free (room->key);
}

static void
write_bytes (const char *path, GBytes *bytes)
{
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));
}

/* Writes a certificate for @host that ends in @days, and its key. */
static void
write_pair (Room *room, const char *host, int days)
{
  g_autofree char *hosts = g_strdup_printf ("DNS:%s", host);
  g_autoptr (EVP_PKEY) key = make_key ();
  g_autoptr (X509) x509
      = make_certificate (&(MadeCertificate){ host, hosts, .end_s = days * DAY_S }, key);
  g_autoptr (GBytes) chain = to_pem ((X509 *[]){ x509, NULL }, NULL, NULL);
  g_autoptr (GBytes) secret = to_pem ((X509 *[]){ NULL }, key, NULL);

  write_bytes (room->chain, chain);
  write_bytes (room->key, secret);
}

static PlCertificateWish *
new_wish (Room *room)
{
  g_autoptr (GArray) files
      = pl_certificate_files_read_lists (room->chain, room->key, "", NULL, NULL);

  return pl_certificate_wish_new (PL_ENCRYPTION_FILES, NULL, files);
}

static const char *
get_host (Room *room)
{
  const PlGathering *gathering = pl_certificate_keeper_get (room->keeper);

  g_assert_cmpuint (gathering->certificates->len, ==, 1);
  return pl_certificate_get_hosts (gathering->certificates->pdata[0])[0];
}

static gboolean
is_for (Room *room, const char *host)
{
  return pl_certificate_fits (pl_certificate_keeper_get (room->keeper)->certificates->pdata[0],
                              host);
}

static void
wait_until_told (Room *room)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  guint n_told = room->n_told;

  while (room->n_told == n_told && g_get_monotonic_time () < until_us)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpuint (room->n_told, >, n_told);
}

static void
want (Room *room)
{
  g_autoptr (PlCertificateWish) wish = new_wish (room);
  g_autoptr (GError) error = NULL;

  g_assert_true (pl_certificate_keeper_want (room->keeper, wish, &error));
  g_assert_no_error (error);
}

static void
assert_first_remark (Room *room, PlRemarkKind kind)
{
  const PlGathering *gathering = pl_certificate_keeper_get (room->keeper);

  g_assert_cmpuint (gathering->remarks->len, >, 0);
  g_assert_cmpint (((const PlRemark *) gathering->remarks->pdata[0])->kind, ==, kind);
}

static void
test_changed_files (Room *room, gconstpointer data)
{
  write_pair (room, "one.example", 90);
  want (room);
  g_assert_cmpstr (get_host (room), ==, "one.example");
  write_pair (room, "two.example", 90);
  wait_until_told (room);
  g_assert_cmpstr (get_host (room), ==, "two.example");
  g_assert_cmpuint (room->n_others, ==, 1);
  g_assert_null (pl_certificate_keeper_get_problem (room->keeper));
}

/* What cannot be used, or would be refused by browsers, does not replace what serves. */
static void
test_worse (Room *room, gconstpointer data)
{
  write_pair (room, "one.example", 90);
  want (room);
  write_pair (room, "two.example", -1);
  pl_certificate_keeper_look (room->keeper);
  wait_until_told (room);
  g_assert_cmpstr (get_host (room), ==, "one.example");
  g_assert_nonnull (pl_certificate_keeper_get_problem (room->keeper));
  g_unlink (room->key);
  pl_certificate_keeper_look (room->keeper);
  wait_until_told (room);
  g_assert_cmpstr (get_host (room), ==, "one.example");
  g_assert_nonnull (strstr (pl_certificate_keeper_get_problem (room->keeper), room->key));
  write_pair (room, "three.example", 90);
  pl_certificate_keeper_look (room->keeper);
  wait_until_told (room);
  g_assert_cmpstr (get_host (room), ==, "three.example");
  g_assert_null (pl_certificate_keeper_get_problem (room->keeper));
  g_assert_cmpuint (room->n_others, ==, 1);
}

static void
test_wants (Room *room, gconstpointer data)
{
  g_autoptr (PlCertificateWish) files = new_wish (room);
  g_autoptr (PlCertificateWish) own
      = pl_certificate_wish_new (PL_ENCRYPTION_LOCAL, room->folder, NULL);
  g_autoptr (PlCertificateWish) off = pl_certificate_wish_new (PL_ENCRYPTION_OFF, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (pl_certificate_keeper_want (room->keeper, own, NULL));
  g_assert_cmpstr (get_host (room), ==, "localhost");
  g_assert_nonnull (pl_certificate_keeper_get (room->keeper)->authority);
  g_assert_false (pl_certificate_keeper_want (room->keeper, files, &error));
  g_assert_error (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_UNREADABLE);
  g_assert_cmpstr (get_host (room), ==, "localhost");
  g_assert_true (pl_certificate_keeper_want (room->keeper, off, NULL));
  g_assert_cmpuint (pl_certificate_keeper_get (room->keeper)->certificates->len, ==, 0);
}

/* Until an authority has made one, and when that has ended, this computer's own stands in for it.
 */
static void
test_stand_in (Room *room, gconstpointer data)
{
  g_autoptr (GArray) files
      = pl_certificate_files_read_lists (room->chain, room->key, "", NULL, NULL);
  g_autoptr (PlCertificateWish) wish
      = pl_certificate_wish_new (PL_ENCRYPTION_ACME, room->folder, files);

  g_assert_true (pl_certificate_keeper_want (room->keeper, wish, NULL));
  g_assert_cmpstr (get_host (room), ==, "localhost");
  assert_first_remark (room, PL_REMARK_STAND_IN);

  write_pair (room, "one.example", 3);
  pl_certificate_keeper_look (room->keeper);
  wait_until_told (room);
  g_assert_cmpstr (get_host (room), ==, "one.example");
  assert_first_remark (room, PL_REMARK_SELF_SIGNED);
  g_assert_null (pl_certificate_keeper_get (room->keeper)->authority);

  write_pair (room, "one.example", -1);
  pl_certificate_keeper_look (room->keeper);
  wait_until_told (room);
  g_assert_cmpstr (get_host (room), ==, "localhost");
  assert_first_remark (room, PL_REMARK_STAND_IN);
}

/* A name that was found out is in what is made here, and stays there. */
static void
test_called (Room *room, gconstpointer data)
{
  g_autoptr (PlCertificateWish) own
      = pl_certificate_wish_new (PL_ENCRYPTION_LOCAL, room->folder, NULL);
  g_autoptr (PlCertificateWish) off = pl_certificate_wish_new (PL_ENCRYPTION_OFF, NULL, NULL);

  pl_certificate_keeper_call (room->keeper, "porchlight.local");
  g_assert_true (pl_certificate_keeper_want (room->keeper, own, NULL));
  g_assert_true (is_for (room, "porchlight.local"));
  g_assert_false (is_for (room, "porchlight-2.local"));

  pl_certificate_keeper_call (room->keeper, "porchlight-2.local");
  wait_until_told (room);
  g_assert_true (is_for (room, "porchlight-2.local"));
  g_assert_cmpuint (room->n_others, ==, 1);

  /* The same name, and the same wish, change nothing. */
  pl_certificate_keeper_call (room->keeper, "porchlight-2.local");
  g_assert_true (pl_certificate_keeper_want (room->keeper, off, NULL));
  g_assert_true (pl_certificate_keeper_want (room->keeper, own, NULL));
  g_assert_true (is_for (room, "porchlight-2.local"));
  g_assert_cmpuint (room->n_others, ==, 1);
}

/* A wish that cannot be, for a reason that the keeper does not know. */
static void
test_goes_back (Room *room, gconstpointer data)
{
  g_autoptr (PlCertificateWish) own
      = pl_certificate_wish_new (PL_ENCRYPTION_LOCAL, room->folder, NULL);
  g_autoptr (PlCertificateWish) off = pl_certificate_wish_new (PL_ENCRYPTION_OFF, NULL, NULL);

  write_pair (room, "one.example", 90);
  want (room);
  g_assert_true (pl_certificate_keeper_want (room->keeper, own, NULL));
  pl_certificate_keeper_go_back (room->keeper);
  g_assert_cmpstr (get_host (room), ==, "one.example");
  wait_until_told (room); /* once more, for files that have changed meanwhile */
  write_pair (room, "two.example", 90);
  wait_until_told (room);
  g_assert_cmpstr (get_host (room), ==, "two.example");

  /* What holds is not gone back from. */
  g_assert_true (pl_certificate_keeper_want (room->keeper, off, NULL));
  g_assert_true (pl_certificate_keeper_want (room->keeper, off, NULL));
  pl_certificate_keeper_go_back (room->keeper);
  g_assert_cmpuint (pl_certificate_keeper_get (room->keeper)->certificates->len, ==, 0);
}

/* Let go of while it looks. */
static void
test_gone (Room *room, gconstpointer data)
{
  write_pair (room, "one.example", 90);
  want (room);
  pl_certificate_keeper_look (room->keeper);
  g_object_unref (room->keeper);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  room->keeper = pl_certificate_keeper_new ();
  g_assert_cmpuint (room->n_told, <=, 1);
}

#define ADD(name, func) g_test_add (name, Room, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/keeper/changed-files", test_changed_files);
  ADD ("/keeper/worse", test_worse);
  ADD ("/keeper/wants", test_wants);
  ADD ("/keeper/called", test_called);
  ADD ("/keeper/goes-back", test_goes_back);
  ADD ("/keeper/stand-in", test_stand_in);
  ADD ("/keeper/gone", test_gone);
  return g_test_run ();
}
