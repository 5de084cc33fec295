/* SPDX-License-Identifier: GPL-3.0-or-later */

/* app/engine/engine_renewal.c: what a window is told of an authority that cannot be reached. */

#include <glib/gstdio.h>
#include <string.h>

#include "tests/unit/engine/stage.h"
#include "tests/unit/ports.h"

/* Nobody listens there. */
#define NOWHERE "https://127.0.0.1:1/directory"

static gboolean
has_failed (Stage *stage)
{
  const char *words = pl_engine_get_acme_words (stage->engine);

  return words != NULL && strstr (words, "tried again at") != NULL;
}

static void
choose (Stage *stage, const char *mode, const char *names)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (stage->engine);
  g_autoptr (GError) error = NULL;

  pl_settings_set (settings, "tls", "mode", mode, NULL);
  pl_settings_set (settings, "tls", "directory", NOWHERE, NULL);
  pl_settings_set (settings, "tls", "names", names, NULL);
  pl_engine_apply_settings (stage->engine, settings, &error);
  g_assert_no_error (error);
}

/* What the engine has made, so that the folder can go. */
static void
remove_made (Stage *stage)
{
  static const char *const made[]
      = { "certificates/acme/account.pem", "certificates/acme/state.ini",  "certificates/acme",
          "certificates/authority.pem",    "certificates/certificate.pem", "certificates" };

  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_autofree char *path = g_build_filename (stage->folder, made[i], NULL);
      g_remove (path);
    }
}

static void
count_cb (guint *n_told)
{
  ++*n_told;
}

static void
tells_of_failure (Stage *stage, gconstpointer data)
{
  guint n_told = 0;
  PlTrouble *trouble;

  stage_start_demo (stage);
  g_assert_null (pl_engine_get_acme_words (stage->engine));
  g_signal_connect_swapped (stage->engine, "notify::acme-words", G_CALLBACK (count_cb), &n_told);
  choose (stage, "acme", "photos.example.org");
  g_assert_true (pl_engine_is_acme_busy (stage->engine));
  stage_wait_until (stage, has_failed);
  g_assert_cmpuint (n_told, >, 0);
  g_assert_false (pl_engine_is_acme_busy (stage->engine));
  g_assert_cmpint (pl_engine_get_acme_next_s (stage->engine), >,
                   g_get_real_time () / G_USEC_PER_SEC);

  /* Meanwhile photos are encrypted, but browsers warn. */
  g_assert_true (pl_engine_is_encrypted (stage->engine));
  trouble = pl_engine_find_trouble (stage->engine, PL_TROUBLE_CERTIFICATE);
  g_assert_nonnull (trouble);
  g_assert_nonnull (strstr (pl_trouble_get_words (trouble), "127.0.0.1:1"));

  /* The same trouble goes on while it is tried again. */
  g_assert_true (pl_engine_can_try_acme_now (stage->engine));
  pl_engine_try_acme_now (stage->engine);
  g_assert_true (pl_engine_is_acme_busy (stage->engine));
  g_assert_true (pl_engine_find_trouble (stage->engine, PL_TROUBLE_CERTIFICATE) == trouble);
  stage_wait_until (stage, has_failed);

  choose (stage, "off", "");
  g_assert_null (pl_engine_get_acme_words (stage->engine));
  g_assert_null (pl_engine_find_trouble (stage->engine, PL_TROUBLE_CERTIFICATE));
  remove_made (stage);
}

/* While nobody can come in nobody is asked to. */
static void
asks_nobody_while_paused (Stage *stage, gconstpointer data)
{
  stage_start_demo (stage);
  pl_engine_set_paused (stage->engine, TRUE);
  choose (stage, "acme", "photos.example.org");
  g_assert_false (pl_engine_is_acme_busy (stage->engine));
  g_assert_null (pl_engine_get_acme_words (stage->engine));
  pl_engine_set_paused (stage->engine, FALSE);
  g_assert_true (pl_engine_is_acme_busy (stage->engine));
  stage_wait_until (stage, has_failed);
  remove_made (stage);
}

/* What makes no sense changes nothing, and is said. */
static void
refuses_names (Stage *stage, gconstpointer data)
{
  g_autoptr (PlSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  stage_start_demo (stage);
  settings = pl_engine_dup_settings (stage->engine);
  pl_settings_set (settings, "tls", "mode", "acme", NULL);
  pl_settings_set (settings, "tls", "names", "photos.local", NULL);
  g_assert_false (pl_engine_apply_settings (stage->engine, settings, &error));
  g_assert_nonnull (strstr (error->message, "photos.local"));
  g_assert_false (pl_engine_is_encrypted (stage->engine));
}

/* What cannot run is not asked for, either: those who come are encrypted for as before. */
static void
keeps_what_runs (Stage *stage, gconstpointer data)
{
  guint16 taken = 0;
  g_autoptr (GSocketListener) other = port_take (0, &taken);
  g_autofree char *port = g_strdup_printf ("%u", taken);
  g_autoptr (PlSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  stage_start_demo (stage);
  choose (stage, "local", "");
  g_assert_true (pl_engine_is_encrypted (stage->engine));
  settings = pl_engine_dup_settings (stage->engine);
  pl_settings_set (settings, "listen", "port", port, NULL);
  pl_settings_set (settings, "tls", "mode", "off", NULL);
  g_assert_false (pl_engine_apply_settings (stage->engine, settings, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_assert_true (pl_engine_is_encrypted (stage->engine));
  g_assert_nonnull (pl_engine_get_fingerprint (stage->engine));
  g_socket_listener_close (other);
  remove_made (stage);
}

static const StageTest tests[] = {
  { "/renewal/tells-of-failure", tells_of_failure },
  { "/renewal/asks-nobody-while-paused", asks_nobody_while_paused },
  { "/renewal/refuses-names", refuses_names },
  { "/renewal/keeps-what-runs", keeps_what_runs },
};

int
main (int argc, char **argv)
{
  return stage_run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
