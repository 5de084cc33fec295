/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each fault provoked. The "proxy" is a fake too, so that it can be as bad as needed. */

#include <string.h>

#include "app/checkup/checkup.h"
#include "app/checkup/checks.h"
#include "tests/unit/finder/fake.h"

#define GOOD (FAKE_NOW | FAKE_SOCKET | FAKE_EARLY)

/* This computer's loopback address, taken for one in a network. */
static GArray *
new_interfaces (void)
{
  static const PlInterface interface = { PL_INTERFACE_NETWORK, 0x7f000001, 0xff000000 };
  GArray *interfaces = g_array_new (FALSE, FALSE, sizeof (PlInterface));

  return g_array_append_val (interfaces, interface);
}

static PlCheckSite *
new_site (const char *local_url, const char *upstream_url)
{
  const char *const upstreams[] = { upstream_url, NULL };
  const char *const none[] = { NULL };
  PlCheckSite *site = g_new0 (PlCheckSite, 1);

  site->local_url = g_strdup (local_url);
  site->port = 1;
  site->exposure = PL_EXPOSURE_COMPUTER;
  site->addresses = g_strdupv ((char **) none);
  site->upstream_urls = g_strdupv ((char **) upstreams);
  site->response_timeout_s = 600;
  site->interfaces = new_interfaces ();
  return site;
}

static PlCheckup *
run (PlCheckSite *site)
{
  PlCheckup *checkup = pl_checkup_new ();

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (checkup)), ==, PL_CHECK_N_IDS);
  pl_checkup_start (checkup, site);
  while (pl_checkup_get_running (checkup))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (pl_checkup_get_progress (checkup), ==, 1);
  return checkup;
}

/* @words, and of the advice, need only be found in it; NULL: any */
static void
assert_item (PlCheckup *checkup, guint check, PlCheckState state, const char *words)
{
  g_autoptr (PlCheckItem) item = g_list_model_get_item (G_LIST_MODEL (checkup), check);

  g_test_message ("%s: %s; %s", pl_check_item_get_title (item), pl_check_item_get_words (item),
                  pl_check_item_get_advice (item));
  g_assert_cmpint (pl_check_item_get_state (item), ==, state);
  if (words != NULL)
    g_assert_nonnull (strstr (pl_check_item_get_words (item), words));
}

static void
assert_advice (PlCheckup *checkup, guint check, const char *advice)
{
  g_autoptr (PlCheckItem) item = g_list_model_get_item (G_LIST_MODEL (checkup), check);

  g_assert_nonnull (strstr (pl_check_item_get_advice (item), advice));
}

static void
assert_remedy (PlCheckup *checkup, guint check, PlCheckRemedy remedy)
{
  g_autoptr (PlCheckItem) item = g_list_model_get_item (G_LIST_MODEL (checkup), check);

  g_assert_cmpint (pl_check_item_get_remedy (item), ==, remedy);
}

/* Immich's own address is 127.0.0.2, so that it is not open at the "network's" 127.0.0.1. */
static Fake *
new_immich (FakeFlags flags)
{
  Fake *fake = fake_new_at (flags, "127.0.0.2", 0);

  g_assert_nonnull (fake);
  return fake;
}

static gboolean is_ended;

static void
ended_cb (PlCheckRun *run, gpointer user_data)
{
  is_ended = TRUE;
}

/* Without an engine, without encryption, and with Immich on this computer. */
static gboolean
is_left_out (guint check)
{
  return check == PL_CHECK_ID_HOST || check == PL_CHECK_ID_CERTIFICATE
         || check == PL_CHECK_ID_CLOCK;
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

/* Runs @check alone, with what is known by then. @behind: (transfer full) */
static PlCheckItem *
run_alone (PlCheckId id, PlCheckSite *site, PlProbe *behind)
{
  PlCheckItem *item = pl_check_item_new (pl_check_get (id)->title);
  PlCheckRun *run = pl_check_run_new (site, ended_cb, NULL);

  run->behind = behind;
  is_ended = FALSE;
  pl_check_run_begin (run, item, pl_check_get (id)->run);
  while (!is_ended)
    g_main_context_iteration (NULL, TRUE);
  pl_check_run_free (run);
  return item;
}

static PlProbe *
new_probe (const char *url, gint64 date_s)
{
  PlProbe *probe = g_new0 (PlProbe, 1);

  probe->url = g_strdup (url);
  probe->date_s = date_s;
  probe->asked_s = 1000000000;
  return probe;
}

/* Two clocks of which one is wrong; who has the same, or tells none, is not asked. */
static void
test_clock (void)
{
  static const struct
  {
    const char *url;
    gint64 date_s;
    PlCheckState state;
    const char *words;
  } cases[] = {
    { "http://192.168.1.30:2283", 1000000000 - 299, PL_CHECK_PASS, "agrees" },
    { "http://192.168.1.30:2283", 1000000000 - 3600, PL_CHECK_WARNING, "ahead of the clock" },
    { "http://192.168.1.30:2283", 1000000000 + 3600, PL_CHECK_WARNING, "behind the clock" },
    { "http://192.168.1.30:2283", 0, PL_CHECK_SKIPPED, "Not tried" },
    { "http://127.0.0.1:2283", 1000000000 - 3600, PL_CHECK_SKIPPED, "Not tried" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PlCheckItem) item
          = run_alone (PL_CHECK_ID_CLOCK, new_site (cases[i].url, cases[i].url),
                       new_probe (cases[i].url, cases[i].date_s));
      g_test_message ("%s", pl_check_item_get_words (item));
      g_assert_cmpint (pl_check_item_get_state (item), ==, cases[i].state);
      g_assert_nonnull (strstr (pl_check_item_get_words (item), cases[i].words));
    }
}

static void
assert_way (const char *url,
            PlProof *proof,
            const char *ca_file,
            PlCheckState state,
            const char *words)
{
  PlCheckSite *site = new_site (url, url);
  g_autoptr (PlCheckItem) item = NULL;

  site->proof = proof;
  site->ca_file = g_strdup (ca_file);
  item = run_alone (PL_CHECK_ID_WAY_TO_IMMICH, site, NULL);
  g_test_message ("%s", pl_check_item_get_words (item));
  g_assert_cmpint (pl_check_item_get_state (item), ==, state);
  g_assert_nonnull (strstr (pl_check_item_get_words (item), words));
}

/* Who is not asked who they are is said to be. */
static void
test_way_to_immich (void)
{
  PlProof *by_file = pl_proof_new (TRUE, NULL, NULL);

  assert_way ("http://127.0.0.1:2283", NULL, NULL, PL_CHECK_PASS, "needs no encryption");
  assert_way ("http://192.168.1.30:2283", NULL, NULL, PL_CHECK_PASS, "is not encrypted");
  assert_way ("https://photos.example", NULL, NULL, PL_CHECK_PASS, "that this computer knows");
  assert_way ("https://photos.example", by_file, "/etc/ca.pem", PL_CHECK_PASS, "/etc/ca.pem");
  assert_way ("https://photos.example", pl_proof_new (FALSE, NULL, NULL), NULL, PL_CHECK_WARNING,
              "nobody checks");
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

/* What is asked from this computer passes no firewall. */
static void
test_kept_out_by_the_firewall (void)
{
  g_autoptr (Fake) immich = new_immich (GOOD);
  const char *const addresses[] = { fake_get_url (immich), NULL };
  PlCheckSite *site = new_site (fake_get_url (immich), fake_get_url (immich));

  site->exposure = PL_EXPOSURE_NETWORK;
  g_strfreev (site->addresses);
  site->addresses = g_strdupv ((char **) addresses);
  site->firewall_words = g_strdup ("The firewall keeps them out. Paste this:");
  site->firewall_commands = g_strdup ("netsh …");
  g_autoptr (PlCheckup) checkup = run (site);
  assert_item (checkup, PL_CHECK_ID_DOOR, PL_CHECK_WARNING, fake_get_url (immich));
  assert_advice (checkup, PL_CHECK_ID_DOOR, "Paste this:\nnetsh …");
}

/* What is so, for whom, and what is to be said of it. */
static void
test_encryption (void)
{
  static const struct
  {
    PlExposure exposure;
    gboolean is_encrypted;
    gboolean is_for_home;
    const char *certificate_words;
    gboolean is_grave;
    PlCheckState state;
    const char *words;
  } cases[] = {
    { PL_EXPOSURE_NETWORK, FALSE, FALSE, NULL, FALSE, PL_CHECK_PASS, "are not encrypted" },
    { PL_EXPOSURE_INTERNET, FALSE, FALSE, NULL, FALSE, PL_CHECK_WARNING, "passwords and photos" },
    { PL_EXPOSURE_NETWORK, TRUE, TRUE, NULL, FALSE, PL_CHECK_PASS, "It is encrypted." },
    { PL_EXPOSURE_INTERNET, TRUE, TRUE, NULL, FALSE, PL_CHECK_WARNING, "Outside your home" },
    { PL_EXPOSURE_INTERNET, TRUE, FALSE, NULL, FALSE, PL_CHECK_PASS, "It is encrypted." },
    { PL_EXPOSURE_NETWORK, TRUE, FALSE, "It ends soon.", FALSE, PL_CHECK_WARNING, "ends soon" },
    { PL_EXPOSURE_NETWORK, TRUE, FALSE, "It has ended.", TRUE, PL_CHECK_FAULT, "has ended" },
  };
  g_autoptr (Fake) immich = new_immich (GOOD);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlCheckSite *site = new_site (fake_get_url (immich), fake_get_url (immich));
      g_autoptr (PlCheckup) checkup = NULL;

      site->exposure = cases[i].exposure;
      site->is_encrypted = cases[i].is_encrypted;
      site->is_for_home = cases[i].is_for_home;
      site->encryption_words = g_strdup ("It is encrypted.");
      site->certificate_words = g_strdup (cases[i].certificate_words);
      site->certificate_is_grave = cases[i].is_grave;
      checkup = run (site);
      assert_item (checkup, PL_CHECK_ID_ENCRYPTION, cases[i].state, cases[i].words);
    }
}

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
test_doors (void)
{
  g_autoptr (Fake) immich = new_immich (GOOD);
  g_autoptr (Fake) open = fake_new (GOOD);
  g_autofree char *closed = fake_dup_closed_url ();
  const struct
  {
    PlExposure exposure;
    guint16 port;
    const char *addresses[3];
    PlCheckState state;
    const char *words;
  } cases[] = {
    { PL_EXPOSURE_COMPUTER, 1, { NULL }, PL_CHECK_PASS, "Only this computer" },
    { PL_EXPOSURE_COMPUTER, fake_get_port (open), { NULL }, PL_CHECK_FAULT, "though only" },
    { PL_EXPOSURE_NETWORK, 1, { fake_get_url (open) }, PL_CHECK_PASS, "only a phone can tell" },
    { PL_EXPOSURE_NETWORK, 1, { fake_get_url (open), closed }, PL_CHECK_WARNING, "does not" },
    { PL_EXPOSURE_INTERNET, 1, { closed }, PL_CHECK_FAULT, "Nobody answers" },
    { PL_EXPOSURE_NETWORK, 1, { NULL }, PL_CHECK_FAULT, "in no network" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlCheckSite *site = new_site (fake_get_url (immich), fake_get_url (immich));
      g_autoptr (PlCheckup) checkup = NULL;

      site->exposure = cases[i].exposure;
      site->port = cases[i].port;
      g_strfreev (site->addresses);
      site->addresses = g_strdupv ((char **) cases[i].addresses);
      checkup = run (site);
      assert_item (checkup, PL_CHECK_ID_DOOR, cases[i].state, cases[i].words);
    }
}

static void
test_world (void)
{
  static const struct
  {
    PlExposure exposure;
    PlDoorRule world;
    gboolean has_guest_uploads;
    const char *words;
  } cases[] = {
    { PL_EXPOSURE_NETWORK, PL_DOOR_LINKS, FALSE, "Nobody gets in from the internet" },
    { PL_EXPOSURE_COMPUTER, PL_DOOR_EVERYTHING, FALSE, "Nobody gets in from the internet" },
    { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS, FALSE, "shared by it. Nobody can log in" },
    { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS, TRUE, "may add photos" },
    { PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING, FALSE, "login page" },
  };
  g_autofree char *closed = fake_dup_closed_url ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlCheckSite *site = new_site (closed, closed);
      g_autoptr (PlCheckup) checkup = NULL;

      site->exposure = cases[i].exposure;
      site->world = cases[i].world;
      site->has_guest_uploads = cases[i].has_guest_uploads;
      checkup = run (site);
      assert_item (checkup, PL_CHECK_ID_WORLD, PL_CHECK_PASS, cases[i].words);
    }
}

static void
test_who_sees_links (void)
{
  static const struct
  {
    const char *url;
    PlDoorRule home, world;
    gboolean sees_links;
  } cases[] = {
    { "http://127.0.0.1:8080", PL_DOOR_LINKS, PL_DOOR_LINKS, FALSE },
    { "http://192.168.1.2:8080", PL_DOOR_EVERYTHING, PL_DOOR_LINKS, FALSE },
    { "http://192.168.1.2:8080", PL_DOOR_LINKS, PL_DOOR_EVERYTHING, TRUE },
    { "http://203.0.113.2:8080", PL_DOOR_EVERYTHING, PL_DOOR_LINKS, TRUE },
    { "https://[2001:db8::1]:8080", PL_DOOR_EVERYTHING, PL_DOOR_LINKS, TRUE },
    { "http://203.0.113.2:8080", PL_DOOR_LINKS, PL_DOOR_EVERYTHING, FALSE },
    { "https://photos.example", PL_DOOR_LINKS, PL_DOOR_LINKS, FALSE },
    { "", PL_DOOR_LINKS, PL_DOOR_LINKS, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlCheckSite site = { .home = cases[i].home, .world = cases[i].world };
      g_assert_cmpint (pl_check_site_sees_links (&site, cases[i].url), ==, cases[i].sees_links);
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
  g_test_add_func ("/checkup/encryption", test_encryption);
  g_test_add_func ("/checkup/clock", test_clock);
  g_test_add_func ("/checkup/way-to-immich", test_way_to_immich);
  g_test_add_func ("/checkup/marks", test_marks);
  g_test_add_func ("/checkup/maintenance", test_maintenance);
  g_test_add_func ("/checkup/loop", test_loop);
  g_test_add_func ("/checkup/nobody", test_nobody);
  g_test_add_func ("/checkup/immich-down", test_immich_down);
  g_test_add_func ("/checkup/paused", test_paused);
  g_test_add_func ("/checkup/firewall", test_kept_out_by_the_firewall);
  g_test_add_func ("/checkup/layouts", test_layouts);
  g_test_add_func ("/checkup/bad-ways", test_bad_ways);
  g_test_add_func ("/checkup/unseeable", test_unseeable);
  g_test_add_func ("/checkup/limit-behind", test_limit_behind);
  g_test_add_func ("/checkup/timeouts", test_timeouts);
  g_test_add_func ("/checkup/doors", test_doors);
  g_test_add_func ("/checkup/world", test_world);
  g_test_add_func ("/checkup/who-sees-links", test_who_sees_links);
  g_test_add_func ("/checkup/way-past", test_way_past);
  g_test_add_func ("/checkup/cancel", test_cancel);
  g_test_add_func ("/checkup/dropped", test_dropped);
  g_test_add_func ("/checkup/report", test_report);
  return g_test_run ();
}
