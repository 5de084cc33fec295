/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The check-up as a whole: with all well, with nobody there, stopped, and as a report. */

#include <string.h>

#include "tests/unit/checkup/inspection.h"

/* Without an engine, encryption and a name, with Immich on this computer, and closed to the
 * internet. */
static gboolean
is_left_out (guint check)
{
  return check == PL_CHECK_ID_HOST || check == PL_CHECK_ID_CERTIFICATE || check == PL_CHECK_ID_CLOCK
         || check == PL_CHECK_ID_NAME || check == PL_CHECK_ID_LINKS;
}

static void
test_all_well (void)
{
  g_autoptr (Fake) immich = new_immich (GOOD);
  g_autoptr (PlCheckup) checkup = run (new_site (fake_get_url (immich), fake_get_url (immich)));
  g_autofree char *summary = pl_checkup_dup_summary (checkup);

  for (guint check = PL_CHECK_ID_PING; check < PL_CHECK_ID_SLEEP; check++)
    assert_item (checkup, check, is_left_out (check) ? PL_CHECK_SKIPPED : PL_CHECK_PASS, NULL);
  assert_item (checkup, PL_CHECK_ID_WAY_TO_IMMICH, PL_CHECK_PASS, "needs no encryption");
  assert_item (checkup, PL_CHECK_ID_CLOCK, PL_CHECK_SKIPPED, "Not tried");
  assert_item (checkup, PL_CHECK_ID_LAYOUT, PL_CHECK_PASS, "Immich 1.135 gets all requests");
  g_assert_true (g_str_has_prefix (summary, "1"));
}

/* What is asked of Immich itself can be known again when it comes round; what is asked of
 * Porchlight comes as a guest's. */
static void
test_marks (void)
{
  g_autoptr (Fake) immich = new_immich (GOOD);
  g_autoptr (Fake) proxy = fake_new (GOOD);
  g_autoptr (PlCheckup) checkup = run (new_site (fake_get_url (proxy), fake_get_url (immich)));

  assert_item (checkup, PL_CHECK_ID_PING, PL_CHECK_PASS, NULL);
  g_assert_cmpuint (fake_get_n_requests (immich), >, 0);
  g_assert_cmpuint (fake_get_n_marked (immich), ==, fake_get_n_requests (immich));
  g_assert_cmpuint (fake_get_n_marked (proxy), ==, 0);
}

static void
test_maintenance (void)
{
  g_autoptr (Fake) immich = new_immich (FAKE_MAINTENANCE);
  g_autoptr (PlCheckup) checkup = run (new_site (fake_get_url (immich), fake_get_url (immich)));

  assert_item (checkup, PL_CHECK_ID_PING, PL_CHECK_WARNING, "in maintenance");
  assert_remedy (checkup, PL_CHECK_ID_PING, PL_CHECK_REMEDY_OPEN);
  assert_item (checkup, PL_CHECK_ID_LAYOUT, PL_CHECK_PASS, "Immich 2.5 gets all requests");
  for (guint check = PL_CHECK_ID_LIVE; check <= PL_CHECK_ID_PAGES; check++)
    assert_item (checkup, check, PL_CHECK_SKIPPED, "in maintenance");
  assert_item (checkup, PL_CHECK_ID_WAY_PAST, PL_CHECK_PASS, NULL);
}

static void
test_loop (void)
{
  g_autoptr (Fake) proxy = fake_new (FAKE_BAD_GATEWAY);
  g_autoptr (Fake) loop = new_immich (FAKE_LOOP);
  g_autoptr (PlCheckup) checkup = run (new_site (fake_get_url (proxy), fake_get_url (loop)));

  assert_item (checkup, PL_CHECK_ID_LAYOUT, PL_CHECK_FAULT, "leads back to Porchlight");
  assert_remedy (checkup, PL_CHECK_ID_LAYOUT, PL_CHECK_REMEDY_IMMICH);
}

static void
test_nobody (void)
{
  g_autofree char *closed = fake_dup_closed_url ();
  g_autoptr (PlCheckup) checkup = run (new_site (closed, closed));

  assert_item (checkup, PL_CHECK_ID_PING, PL_CHECK_FAULT, "nobody answers there");
  assert_remedy (checkup, PL_CHECK_ID_PING, PL_CHECK_REMEDY_SETTINGS);
  assert_item (checkup, PL_CHECK_ID_LAYOUT, PL_CHECK_FAULT, "nobody answers there");
  assert_remedy (checkup, PL_CHECK_ID_LAYOUT, PL_CHECK_REMEDY_IMMICH);
  for (guint check = PL_CHECK_ID_LIVE; check <= PL_CHECK_ID_PAGES; check++)
    assert_item (checkup, check, PL_CHECK_SKIPPED, "does not answer");
  assert_item (checkup, PL_CHECK_ID_WAY_PAST, PL_CHECK_SKIPPED, "does not answer");
}

static void
test_immich_down (void)
{
  g_autoptr (Fake) proxy = fake_new (FAKE_BAD_GATEWAY);
  g_autofree char *closed = fake_dup_closed_url ();
  g_autoptr (PlCheckup) checkup = run (new_site (fake_get_url (proxy), closed));

  assert_item (checkup, PL_CHECK_ID_PING, PL_CHECK_FAULT, closed);
  assert_remedy (checkup, PL_CHECK_ID_PING, PL_CHECK_REMEDY_IMMICH);
}

static void
test_paused (void)
{
  g_autoptr (Fake) immich = new_immich (GOOD);
  PlCheckSite *site = new_site (fake_get_url (immich), fake_get_url (immich));
  g_autoptr (PlCheckup) checkup = NULL;

  site->is_paused = TRUE;
  checkup = run (site);
  assert_item (checkup, PL_CHECK_ID_PING, PL_CHECK_WARNING, "paused");
}

static void
test_cancel (void)
{
  g_autoptr (Fake) silent = fake_new (FAKE_SILENT);
  g_autoptr (Fake) immich = new_immich (GOOD);
  g_autoptr (PlCheckup) checkup = pl_checkup_new ();

  pl_checkup_start (checkup, new_site (fake_get_url (silent), fake_get_url (silent)));
  while (fake_get_n_requests (silent) == 0)
    g_main_context_iteration (NULL, TRUE);
  pl_checkup_cancel (checkup);
  g_assert_false (pl_checkup_get_running (checkup));
  for (guint check = PL_CHECK_ID_PING; check < PL_CHECK_N_IDS; check++)
    assert_item (checkup, check, PL_CHECK_SKIPPED, "was stopped");

  /* One that begins while another ends is not disturbed by it. */
  pl_checkup_start (checkup, new_site (fake_get_url (silent), fake_get_url (silent)));
  g_main_context_iteration (NULL, FALSE);
  pl_checkup_start (checkup, new_site (fake_get_url (immich), fake_get_url (immich)));
  while (pl_checkup_get_running (checkup))
    g_main_context_iteration (NULL, TRUE);
  assert_item (checkup, PL_CHECK_ID_PING, PL_CHECK_PASS, NULL);
  assert_item (checkup, PL_CHECK_ID_EARLY_ANSWER, PL_CHECK_PASS, NULL);
}

/* Let go of at any moment, with whatever is under way then. */
static void
test_dropped (void)
{
  g_autoptr (Fake) immich = new_immich (GOOD);

  for (guint n_turns = 0; n_turns < 120; n_turns += 3)
    {
      PlCheckup *checkup = pl_checkup_new ();
      pl_checkup_start (checkup, new_site (fake_get_url (immich), fake_get_url (immich)));
      for (guint i = 0; i < n_turns && pl_checkup_get_running (checkup); i++)
        g_main_context_iteration (NULL, TRUE);
      g_object_unref (checkup);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_report (void)
{
  g_autoptr (Fake) immich = new_immich (GOOD);
  g_autoptr (PlCheckup) checkup = run (new_site (fake_get_url (immich), fake_get_url (immich)));
  g_autofree char *report = pl_checkup_dup_report (checkup);

  g_assert_true (g_str_has_prefix (report, "Porchlight " PL_VERSION ", check-up of 20"));
  g_assert_nonnull (strstr (report, "\n✓ Immich’s answer (pass): It came in "));
  g_assert_nonnull (strstr (report, "/api/server/ping: pong\n"));
  g_assert_nonnull (strstr (report, "1.135.3\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkup/all-well", test_all_well);
  g_test_add_func ("/checkup/marks", test_marks);
  g_test_add_func ("/checkup/maintenance", test_maintenance);
  g_test_add_func ("/checkup/loop", test_loop);
  g_test_add_func ("/checkup/nobody", test_nobody);
  g_test_add_func ("/checkup/immich-down", test_immich_down);
  g_test_add_func ("/checkup/paused", test_paused);
  g_test_add_func ("/checkup/cancel", test_cancel);
  g_test_add_func ("/checkup/dropped", test_dropped);
  g_test_add_func ("/checkup/report", test_report);
  return g_test_run ();
}
