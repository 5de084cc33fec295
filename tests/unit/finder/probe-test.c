/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "app/finder/ask.h"
#include "app/finder/locate.h"
#include "app/finder/page_title.h"
#include "tests/unit/finder/fake.h"

typedef struct
{
  GMainLoop *loop;
  PlProbe *probe;
  GError *error;
} Outcome;

static void
located_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->probe = pl_locate_finish (result, &outcome->error);
  g_main_loop_quit (outcome->loop);
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static PlProbe *
locate_within (const char *url, guint timeout_ms, guint cancel_ms, GError **error)
{
  g_autoptr (SoupSession) session = pl_ask_new_session (PL_ASK_STRAIGHT);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { .loop = g_main_loop_new (NULL, FALSE) };

  if (cancel_ms > 0)
    g_timeout_add (cancel_ms, cancel_cb, cancellable);
  pl_locate_async (session, url, timeout_ms, cancellable, located_cb, &outcome);
  g_main_loop_run (outcome.loop);
  g_main_loop_unref (outcome.loop);
  if (outcome.error != NULL)
    g_propagate_error (error, outcome.error);
  return outcome.probe;
}

static PlProbe *
locate (const char *url)
{
  g_autoptr (GError) error = NULL;
  PlProbe *probe = locate_within (url, 3000, 0, &error);

  g_assert_no_error (error);
  g_assert_nonnull (probe);
  return probe;
}

static void
test_kinds (void)
{
  static const struct
  {
    FakeFlags flags;
    PlProbeKind kind;
    const char *version;
    const char *exact_version;
    const char *health_path;
    const char *remark;
  } cases[] = {
    { FAKE_NOW, PL_PROBE_WHOLE, "1.135", "1.135.3", "/api/server/ping", NULL },
    { FAKE_FOLDED, PL_PROBE_WHOLE, "1.100", "1.100.0", "/api/server-info/ping", NULL },
    { FAKE_NOW | FAKE_FOLDED, PL_PROBE_WHOLE, "1.135", "1.135.3", "/api/server/ping", NULL },
    { FAKE_SERVER | FAKE_WEB, PL_PROBE_SERVER, "1.82", "1.82.1", "/server-info/ping", NULL },
    { FAKE_UNVERSIONED, PL_PROBE_WHOLE, "(version unknown)", NULL, "/api/server/ping", NULL },
    { FAKE_PAGE, PL_PROBE_OTHER, NULL, NULL, NULL, "“Nextcloud”" },
    { FAKE_REDIRECT, PL_PROBE_OTHER, NULL, NULL, NULL, "https://nas.example/login" },
    { FAKE_BAD_GATEWAY, PL_PROBE_OTHER, NULL, NULL, NULL, "(502)" },
    { FAKE_LIAR, PL_PROBE_OTHER, NULL, NULL, NULL, "no Immich" },
    { FAKE_BRACKETS, PL_PROBE_OTHER, NULL, NULL, NULL, "no Immich" },
    { FAKE_MAINTENANCE, PL_PROBE_WHOLE, "2.5", "2.5.6", "/api/server/ping", NULL },
    { FAKE_LOOP, PL_PROBE_PORCHLIGHT, NULL, NULL, NULL, "leads back to Porchlight" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fake) fake = fake_new (cases[i].flags);
      g_autoptr (PlProbe) probe = locate (fake_get_url (fake));
      g_autofree char *version = pl_probe_dup_version (probe);
      g_autofree char *exact_version = pl_probe_dup_exact_version (probe);

      g_test_message ("case %u", i);
      g_assert_cmpint (probe->kind, ==, cases[i].kind);
      g_assert_cmpstr (probe->url, ==, fake_get_url (fake));
      g_assert_cmpint (pl_probe_is_immich (probe), ==, cases[i].version != NULL);
      g_assert_cmpint (pl_probe_is_of_immich (probe), ==, cases[i].version != NULL);
      if (cases[i].version != NULL)
        g_assert_cmpstr (version, ==, cases[i].version);
      g_assert_cmpstr (exact_version, ==, cases[i].exact_version);
      g_assert_cmpint (pl_probe_is_in_maintenance (probe), ==, cases[i].flags == FAKE_MAINTENANCE);
      g_assert_cmpstr (probe->health_path, ==, cases[i].health_path);
      if (cases[i].remark != NULL)
        {
          g_assert_nonnull (strstr (probe->remark, cases[i].remark));
          g_assert_true (g_utf8_validate (probe->remark, -1, NULL));
        }
      else
        g_assert_null (probe->remark);
    }
}

static void
test_nobody (void)
{
  g_autofree char *url = fake_dup_closed_url ();
  g_autoptr (PlProbe) probe = locate (url);

  g_assert_cmpint (probe->kind, ==, PL_PROBE_NOBODY);
  g_assert_cmpstr (probe->remark, ==, "nobody answers there");
}

static void
test_silence (void)
{
  g_autoptr (Fake) fake = fake_new (FAKE_SILENT);
  g_autoptr (PlProbe) probe = locate_within (fake_get_url (fake), 100, 0, NULL);

  g_assert_cmpint (probe->kind, ==, PL_PROBE_NOBODY);
  g_assert_cmpstr (probe->remark, ==, "no answer came in time");
  g_assert_cmpint (probe->took_us, >=, 100 * 1000);
}

static void
test_cancelled (void)
{
  g_autoptr (Fake) fake = fake_new (FAKE_SILENT);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlProbe) probe = locate_within (fake_get_url (fake), 10000, 50, &error);

  g_assert_null (probe);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Whichever part one asks, both are found; 127.0.0.77 so that nobody's own are in the way. */
static void
test_parts (void)
{
  g_autoptr (Fake) server = fake_new_at (FAKE_SERVER, "127.0.0.77", 3001);
  g_autoptr (Fake) web = fake_new_at (FAKE_WEB, "127.0.0.77", 3000);

  if (server == NULL || web == NULL)
    {
      g_test_skip ("ports 3000 and 3001 of 127.0.0.77 are taken");
      return;
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PlProbe) probe = locate (fake_get_url (i == 0 ? server : web));
      g_assert_true (pl_probe_is_immich (probe));
      g_assert_cmpstr (probe->server_url, ==, fake_get_url (server));
      g_assert_cmpstr (probe->web_url, ==, fake_get_url (web));
      g_assert_cmpuint (probe->minor, ==, 82);
    }
}

static void
test_half (void)
{
  static const FakeFlags halves[] = { FAKE_SERVER, FAKE_WEB };

  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      g_autoptr (Fake) fake = fake_new_at (halves[i], "127.0.0.78", 0);
      g_autoptr (PlProbe) probe = locate (fake_get_url (fake));
      g_assert_false (pl_probe_is_immich (probe));
      g_assert_true (pl_probe_is_of_immich (probe));
      g_assert_cmpint (probe->kind, ==, i == 0 ? PL_PROBE_SERVER : PL_PROBE_WEB);
    }
}

static void
test_titles (void)
{
  static const struct
  {
    const char *html;
    const char *title;
  } cases[] = {
    { "", NULL },
    { "<title></title>", NULL },
    { "<title> \n </title>", NULL },
    { "<title>a", NULL },
    { "<title>Tom &amp; Co</title>", NULL },
    { "<TITLE data-x='1'>Router\r\nLogin</TITLE><title>b</title>", "Router  Login" },
    { "<title>caf\xe9</title>", "caf\xef\xbf\xbd" },
    { "<title>0123456789012345678901234567890123456789</title>",
      "0123456789012345678901234567890123456789" },
    { "<title>01234567890123456789012345678901234567890</title>",
      "012345678901234567890123456789012345678…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = pl_page_title_dup (cases[i].html);
      g_assert_cmpstr (title, ==, cases[i].title);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finder/probe/kinds", test_kinds);
  g_test_add_func ("/finder/probe/nobody", test_nobody);
  g_test_add_func ("/finder/probe/silence", test_silence);
  g_test_add_func ("/finder/probe/cancelled", test_cancelled);
  g_test_add_func ("/finder/probe/parts", test_parts);
  g_test_add_func ("/finder/probe/half", test_half);
  g_test_add_func ("/finder/probe/titles", test_titles);
  return g_test_run ();
}
