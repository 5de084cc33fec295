/* SPDX-License-Identifier: GPL-3.0-or-later */

/* app/acme/renewer.c and store.c where the authority cannot be reached: that it is tried again,
 * when, and that this outlives the program. How it goes well: tests/wire/peers/test_acme.py. */

#include "app/acme/renewer.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/acme/store.h"

#define PATIENCE_US (20 * G_USEC_PER_SEC)

/* Nobody listens there. */
#define NOWHERE "https://127.0.0.1:1/directory"

typedef struct
{
  char *folder;
  PlAcmeRenewer *renewer;
} Room;

static void
set_up (Room *room, gconstpointer data)
{
  g_autofree char *certificates = g_dir_make_tmp ("renewer-XXXXXX", NULL);

  room->folder = pl_acme_store_dup_folder (certificates);
  room->renewer = pl_acme_renewer_new ();
}

static void
remove_file (Room *room, const char *name)
{
  g_autofree char *path = g_build_filename (room->folder, name, NULL);

  g_unlink (path);
}

static void
let_go (Room *room)
{
  pl_acme_renewer_want (room->renewer, NULL, NULL);
  while (G_OBJECT (room->renewer)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&room->renewer);
}

static void
tear_down (Room *room, gconstpointer data)
{
  g_autofree char *certificates = g_path_get_dirname (room->folder);

  let_go (room);
  remove_file (room, "account.pem");
  remove_file (room, "certificate.pem");
  remove_file (room, "state.ini");
  g_rmdir (room->folder);
  g_rmdir (certificates);
  g_free (room->folder);
}

static void
want (Room *room, const char *name)
{
  char *names[] = { (char *) name, NULL };
  const PlAcmeWish wish = { .directory = (char *) NOWHERE, .names = names };

  pl_acme_renewer_want (room->renewer, &wish, room->folder);
}

static void
wait_for (Room *room, PlAcmeRenewerState state)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  while (pl_acme_renewer_get_state (room->renewer) != state && g_get_monotonic_time () < until_us)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpint (pl_acme_renewer_get_state (room->renewer), ==, state);
}

/* What another start of the program finds. */
static void
start_again (Room *room)
{
  let_go (room);
  room->renewer = pl_acme_renewer_new ();
}

static GBytes *
read_file (Room *room, const char *name)
{
  g_autofree char *path = g_build_filename (room->folder, name, NULL);
  char *octets;
  gsize n_octets;

  g_assert_true (g_file_get_contents (path, &octets, &n_octets, NULL));
  return g_bytes_new_take (octets, n_octets);
}

static gint64
get_left_s (Room *room)
{
  return pl_acme_renewer_get_next_s (room->renewer) - g_get_real_time () / G_USEC_PER_SEC;
}

static void
test_failure (Room *room, gconstpointer data)
{
  g_autoptr (GBytes) account = NULL;
  g_autoptr (GBytes) later = NULL;

  want (room, "one.example");
  g_assert_cmpint (pl_acme_renewer_get_state (room->renewer), ==, PL_ACME_RENEWER_BUSY);
  wait_for (room, PL_ACME_RENEWER_FAILED);
  g_assert_nonnull (strstr (pl_acme_renewer_get_words (room->renewer), "tried again at"));
  g_assert_cmpint (get_left_s (room), >, 40);
  g_assert_cmpint (get_left_s (room), <=, 60);
  account = read_file (room, "account.pem");

  /* The next start waits as this one would have, and longer after it failed again. */
  start_again (room);
  want (room, "one.example");
  g_assert_cmpint (pl_acme_renewer_get_state (room->renewer), ==, PL_ACME_RENEWER_FAILED);
  g_assert_nonnull (strstr (pl_acme_renewer_get_words (room->renewer), "tried again at"));
  g_assert_cmpint (get_left_s (room), <=, 60);
  pl_acme_renewer_try_now (room->renewer);
  g_assert_cmpint (pl_acme_renewer_get_state (room->renewer), ==, PL_ACME_RENEWER_BUSY);
  wait_for (room, PL_ACME_RENEWER_FAILED);
  g_assert_cmpint (get_left_s (room), >, 90);
  later = read_file (room, "account.pem");
  g_assert_true (g_bytes_equal (account, later));
}

/* For other names it is begun anew, at once. */
static void
test_other_names (Room *room, gconstpointer data)
{
  want (room, "one.example");
  wait_for (room, PL_ACME_RENEWER_FAILED);
  want (room, "two.example");
  g_assert_cmpint (pl_acme_renewer_get_state (room->renewer), ==, PL_ACME_RENEWER_BUSY);
  wait_for (room, PL_ACME_RENEWER_FAILED);
  g_assert_cmpint (get_left_s (room), <=, 60);

  /* Before it is known what becomes of the one, the other is wished for. */
  pl_acme_renewer_try_now (room->renewer);
  want (room, "three.example");
  wait_for (room, PL_ACME_RENEWER_FAILED);
  start_again (room);
  want (room, "three.example");
  g_assert_cmpint (pl_acme_renewer_get_state (room->renewer), ==, PL_ACME_RENEWER_FAILED);
}

static void
test_nothing_wanted (Room *room, gconstpointer data)
{
  want (room, "one.example");
  pl_acme_renewer_want (room->renewer, NULL, NULL);
  g_assert_cmpint (pl_acme_renewer_get_state (room->renewer), !=, PL_ACME_RENEWER_FAILED);
  g_assert_null (pl_acme_renewer_get_words (room->renewer));
  wait_for (room, PL_ACME_RENEWER_IDLE);
  g_assert_cmpuint (pl_acme_renewer_get_challenges (room->renewer)->len, ==, 0);
}

/* Whoever ends the program meanwhile finds it trying again; a program that has ended by itself
 * waits, and says why. */
static void
test_cut_off (Room *room, gconstpointer data)
{
  g_autofree char *path = g_build_filename (room->folder, "state.ini", NULL);
  g_autoptr (GBytes) meanwhile = NULL;

  want (room, "one.example");
  meanwhile = read_file (room, "state.ini");
  start_again (room);
  want (room, "one.example");
  g_assert_cmpint (pl_acme_renewer_get_state (room->renewer), ==, PL_ACME_RENEWER_BUSY);

  start_again (room);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (meanwhile, NULL),
                                      (gssize) g_bytes_get_size (meanwhile), NULL));
  want (room, "one.example");
  g_assert_cmpint (pl_acme_renewer_get_state (room->renewer), ==, PL_ACME_RENEWER_FAILED);
  g_assert_nonnull (strstr (pl_acme_renewer_get_words (room->renewer), "The program ended"));
  g_assert_cmpint (get_left_s (room), >, 10 * 60);
}

/* In another network it is not waited for until the time is there. */
static void
test_other_network (Room *room, gconstpointer data)
{
  want (room, "one.example");
  wait_for (room, PL_ACME_RENEWER_FAILED);
  pl_acme_renewer_look (room->renewer);
  g_assert_cmpint (get_left_s (room), <=, 10);
}

/* Until when the authority does not want to be asked is heeded, whoever wishes; but not for ever,
 * since it may be the clock that was wrong. */
static void
test_barred (Room *room, gconstpointer data)
{
  static const char *const names[] = { "one.example", NULL };
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (PlAcmeStore) store = pl_acme_store_new (room->folder);

  pl_acme_store_begin_anew (store, NOWHERE, names);
  store->n_failures = 1;
  store->words = g_strdup ("Too often.");
  store->barred_until_s = now_s + 1000L * 24 * 60 * 60;
  g_assert_true (pl_acme_store_save (store, NULL));
  want (room, "one.example");
  pl_acme_renewer_try_now (room->renewer);
  g_assert_false (pl_acme_renewer_can_try_now (room->renewer));
  g_assert_cmpint (pl_acme_renewer_get_state (room->renewer), ==, PL_ACME_RENEWER_FAILED);
  g_assert_cmpint (get_left_s (room), >, 7 * 24 * 60 * 60);
  g_assert_cmpint (get_left_s (room), <=, 8 * 24 * 60 * 60);
}

#define ADD(name, func) g_test_add (name, Room, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/renewer/failure", test_failure);
  ADD ("/renewer/other-names", test_other_names);
  ADD ("/renewer/nothing-wanted", test_nothing_wanted);
  ADD ("/renewer/cut-off", test_cut_off);
  ADD ("/renewer/other-network", test_other_network);
  ADD ("/renewer/barred", test_barred);
  return g_test_run ();
}
