/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a bad proxy in front of Immich spoils, and what is wrong behind it, each fault provoked. The
 * "proxy" is a fake too, so that it can be as bad as needed. */

#include "tests/unit/checkup/inspection.h"

static void
test_layouts (void)
{
  static const struct
  {
    FakeFlags flags;
    gboolean strips_api;
    PlCheckState state;
    const char *words;
  } cases[] = {
    { FAKE_FOLDED, FALSE, PL_CHECK_PASS, "Immich 1.100" },
    { FAKE_SERVER, TRUE, PL_CHECK_PASS, "in two parts; each" },
    { FAKE_SERVER, FALSE, PL_CHECK_FAULT, "in two parts, but" },
    { FAKE_NOW, TRUE, PL_CHECK_FAULT, "in one piece" },
    { FAKE_UNVERSIONED, FALSE, PL_CHECK_WARNING, "does not say its version" },
    { FAKE_PAGE, FALSE, PL_CHECK_FAULT, "is not Immich’s server" },
  };
  g_autofree char *closed = fake_dup_closed_url ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fake) immich = new_immich (cases[i].flags);
      PlCheckSite *site = new_site (closed, fake_get_url (immich));
      g_autoptr (PlCheckup) checkup = NULL;

      site->strips_api = cases[i].strips_api;
      checkup = run (site);
      assert_item (checkup, PL_CHECK_ID_LAYOUT, cases[i].state, cases[i].words);
    }
}

/* What a bad proxy in front of a good Immich spoils, a check at a time. */
static void
test_bad_ways (void)
{
  static const struct
  {
    FakeFlags proxy;
    guint check;
    PlCheckState state;
    const char *words;
  } cases[] = {
    { FAKE_NOW | FAKE_EARLY, PL_CHECK_ID_LIVE, PL_CHECK_FAULT, "refused, with status 404" },
    { FAKE_NOW | FAKE_EARLY | FAKE_MUTE_SOCKET, PL_CHECK_ID_LIVE, PL_CHECK_FAULT,
      "nothing comes through" },
    { FAKE_NOW | FAKE_EARLY, PL_CHECK_ID_PROMPTNESS, PL_CHECK_SKIPPED,
      "without a live connection" },
    { GOOD | FAKE_NO_RANGES, PL_CHECK_ID_RANGE, PL_CHECK_FAULT, "Whole files" },
    { FAKE_NOW | FAKE_SOCKET, PL_CHECK_ID_EARLY_ANSWER, PL_CHECK_FAULT, "held back" },
    { GOOD | FAKE_SMALL, PL_CHECK_ID_SIZE_LIMIT, PL_CHECK_FAULT, "too large" },
    { GOOD | FAKE_HTTPS_FIELD, PL_CHECK_ID_PAGES, PL_CHECK_WARNING, "HTTPS" },
    { GOOD | FAKE_HTTPS_META, PL_CHECK_ID_PAGES, PL_CHECK_WARNING, "HTTPS" },
  };
  g_autoptr (Fake) immich = new_immich (GOOD);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fake) proxy = fake_new (cases[i].proxy);
      g_autoptr (PlCheckup) checkup = run (new_site (fake_get_url (proxy), fake_get_url (immich)));

      assert_item (checkup, cases[i].check, cases[i].state, cases[i].words);
    }
}

/* Where Immich itself is no better, nobody is blamed for it. */
static void
test_unseeable (void)
{
  g_autoptr (Fake) immich = new_immich (FAKE_NOW | FAKE_NO_RANGES);
  g_autoptr (PlCheckup) checkup = run (new_site (fake_get_url (immich), fake_get_url (immich)));

  assert_item (checkup, PL_CHECK_ID_RANGE, PL_CHECK_SKIPPED, "cannot be seen");
  assert_item (checkup, PL_CHECK_ID_EARLY_ANSWER, PL_CHECK_SKIPPED, "cannot be seen");
  assert_item (checkup, PL_CHECK_ID_SIZE_LIMIT, PL_CHECK_PASS, NULL);
}

static void
test_limit_behind (void)
{
  g_autoptr (Fake) immich = new_immich (GOOD | FAKE_SMALL);
  g_autoptr (PlCheckup) checkup = run (new_site (fake_get_url (immich), fake_get_url (immich)));

  assert_item (checkup, PL_CHECK_ID_SIZE_LIMIT, PL_CHECK_FAULT, NULL);
  assert_advice (checkup, PL_CHECK_ID_SIZE_LIMIT, fake_get_url (immich));
}

static void
test_timeouts (void)
{
  static const struct
  {
    guint timeout_s;
    PlCheckState state;
    const char *words;
  } cases[] = {
    { 599, PL_CHECK_WARNING, "9 min 59 s" },
    { 30, PL_CHECK_FAULT, "30 s" },
    { 3600, PL_CHECK_PASS, "1 h" },
  };
  g_autofree char *closed = fake_dup_closed_url ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlCheckSite *site = new_site (closed, closed);
      g_autoptr (PlCheckup) checkup = NULL;

      site->response_timeout_s = cases[i].timeout_s;
      checkup = run (site);
      assert_item (checkup, PL_CHECK_ID_TIMEOUTS, cases[i].state, cases[i].words);
    }
}

static void
test_way_past (void)
{
  static const struct
  {
    FakeFlags flags;
    const char *container_port;
  } cases[] = { { FAKE_NOW, ":2283”" }, { FAKE_FOLDED, ":3001”" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fake) open = fake_new (cases[i].flags);
      g_autofree char *proposal
          = g_strdup_printf ("“127.0.0.1:%u%s", fake_get_port (open), cases[i].container_port);
      g_autofree char *closed = fake_dup_closed_url ();
      g_autoptr (PlCheckup) checkup = run (new_site (closed, fake_get_url (open)));

      assert_item (checkup, PL_CHECK_ID_WAY_PAST, PL_CHECK_WARNING, "open to your whole network");
      assert_advice (checkup, PL_CHECK_ID_WAY_PAST, proposal);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkup/layouts", test_layouts);
  g_test_add_func ("/checkup/bad-ways", test_bad_ways);
  g_test_add_func ("/checkup/unseeable", test_unseeable);
  g_test_add_func ("/checkup/limit-behind", test_limit_behind);
  g_test_add_func ("/checkup/timeouts", test_timeouts);
  g_test_add_func ("/checkup/way-past", test_way_past);
  return g_test_run ();
}
