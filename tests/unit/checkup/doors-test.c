/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may come in, what they see, and who may listen on the way. */

#include <string.h>

#include "tests/unit/checkup/inspection.h"

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
test_links (void)
{
  static const struct
  {
    FakeFlags flags;
    PlExposure exposure;
    const char *address;
    PlCheckState state;
    const char *words, *advice;
  } cases[] = {
    { FAKE_NO_DOMAIN, PL_EXPOSURE_NETWORK, NULL, PL_CHECK_SKIPPED, "Nobody gets in", NULL },
    { 0, PL_EXPOSURE_INTERNET, NULL, PL_CHECK_SKIPPED, "does not say", NULL },
    { FAKE_LIAR, PL_EXPOSURE_INTERNET, NULL, PL_CHECK_SKIPPED, "does not say", NULL },
    { FAKE_NO_DOMAIN, PL_EXPOSURE_INTERNET, "http://192.168.1.20:8080", PL_CHECK_WARNING,
      "copied at home leads nowhere", "External domain" },
    { FAKE_NO_DOMAIN, PL_EXPOSURE_INTERNET, "https://photos.example.net", PL_CHECK_PASS,
      "open it at https://photos.example.net", NULL },
    { FAKE_HOME_DOMAIN, PL_EXPOSURE_INTERNET, "https://photos.example.net", PL_CHECK_WARNING,
      "begin with http://192.168.1.20:2283/", "outside: https://photos.example.net." },
    { FAKE_BARE_DOMAIN, PL_EXPOSURE_INTERNET, NULL, PL_CHECK_WARNING, "begin with http://nas:2283",
      "outside, such as https://photos.example.org." },
    { FAKE_DOMAIN, PL_EXPOSURE_INTERNET, NULL, PL_CHECK_PASS,
      "begin with https://photos.example.org, as", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fake) immich = new_immich (GOOD | cases[i].flags);
      PlCheckSite *site = new_site (fake_get_url (immich), fake_get_url (immich));
      const char *const addresses[] = { cases[i].address, NULL };
      g_autoptr (PlCheckup) checkup = NULL;

      site->exposure = cases[i].exposure;
      g_strfreev (site->addresses);
      site->addresses = g_strdupv ((char **) addresses);
      checkup = run (site);
      assert_item (checkup, PL_CHECK_ID_LINKS, cases[i].state, cases[i].words);
      if (cases[i].advice != NULL)
        assert_advice (checkup, PL_CHECK_ID_LINKS, cases[i].advice);
    }
}

static void
test_name (void)
{
  static const struct
  {
    PlLocalNameState name_state;
    PlExposure exposure;
    const char *url, *words;
    PlCheckState state;
    const char *said;
  } cases[] = {
    { PL_LOCAL_NAME_UNWANTED, PL_EXPOSURE_COMPUTER, NULL, NULL, PL_CHECK_SKIPPED, "Only this" },
    { PL_LOCAL_NAME_UNWANTED, PL_EXPOSURE_NETWORK, NULL, NULL, PL_CHECK_SKIPPED, "None is given" },
    { PL_LOCAL_NAME_ABSENT, PL_EXPOSURE_NETWORK, NULL, "No Avahi.", PL_CHECK_SKIPPED, "No Avahi." },
    { PL_LOCAL_NAME_TRYING, PL_EXPOSURE_NETWORK, NULL, NULL, PL_CHECK_SKIPPED, "just now" },
    { PL_LOCAL_NAME_THERE, PL_EXPOSURE_NETWORK, "http://porchlight-2.local:8080", "Taken.",
      PL_CHECK_PASS, "at http://porchlight-2.local:8080," },
    { PL_LOCAL_NAME_REFUSED, PL_EXPOSURE_NETWORK, NULL, "It may not.", PL_CHECK_WARNING,
      "It may not." },
    { PL_LOCAL_NAME_MUTE, PL_EXPOSURE_NETWORK, NULL, "It is mute.", PL_CHECK_WARNING,
      "It is mute." },
  };
  g_autofree char *closed = fake_dup_closed_url ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlCheckSite *site = new_site (closed, closed);
      g_autoptr (PlCheckup) checkup = NULL;

      site->exposure = cases[i].exposure;
      site->name_state = cases[i].name_state;
      site->name_url = g_strdup (cases[i].url);
      site->name_words = g_strdup (cases[i].words);
      checkup = run (site);
      assert_item (checkup, PL_CHECK_ID_NAME, cases[i].state, cases[i].said);
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

static gboolean is_ended;

static void
ended_cb (PlCheckRun *run, gpointer user_data)
{
  is_ended = TRUE;
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkup/doors", test_doors);
  g_test_add_func ("/checkup/firewall", test_kept_out_by_the_firewall);
  g_test_add_func ("/checkup/world", test_world);
  g_test_add_func ("/checkup/links", test_links);
  g_test_add_func ("/checkup/name", test_name);
  g_test_add_func ("/checkup/who-sees-links", test_who_sees_links);
  g_test_add_func ("/checkup/encryption", test_encryption);
  g_test_add_func ("/checkup/clock", test_clock);
  g_test_add_func ("/checkup/way-to-immich", test_way_to_immich);
  return g_test_run ();
}
