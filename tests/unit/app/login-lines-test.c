/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/log/login_lines.h"

static PlRecord *
add (GPtrArray *records, PlLogin login, PlLoginOutcome outcome)
{
  static const PlRecordText text
      = { .method = { "POST", 4 }, .target = { "/x from 1.2.3.4 (password)", 26 } };
  PlRecord *record = pl_record_new (&text);

  record->state = PL_RECORD_FINISHED;
  record->reason = PL_CLOSE_DONE;
  record->client = pl_address_from_ipv4 ((const guint8[4]){ 203, 0, 113, 9 }, 50000);
  record->login = login;
  record->login_outcome = outcome;
  g_ptr_array_add (records, record);
  return record;
}

static GPtrArray *
make_records (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);
}

static void
test_tells_what_failed_and_what_was_refused (void)
{
  g_autoptr (GPtrArray) records = make_records ();
  g_autoptr (GPtrArray) lines = NULL;

  add (records, PL_LOGIN_NONE, PL_LOGIN_UNKNOWN);
  add (records, PL_LOGIN_PASSWORD, PL_LOGIN_SUCCEEDED);
  add (records, PL_LOGIN_PASSWORD, PL_LOGIN_FAILED);
  add (records, PL_LOGIN_PASSWORD, PL_LOGIN_FAILED)->state = PL_RECORD_RUNNING;
  add (records, PL_LOGIN_KEY, PL_LOGIN_UNKNOWN);
  add (records, PL_LOGIN_LINK, PL_LOGIN_UNKNOWN)->reason = PL_CLOSE_LOGIN_MUST_WAIT;

  lines = pl_login_lines_dup (records);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpstr (lines->pdata[0], ==, "login failed from 203.0.113.9 (password)");
  g_assert_cmpstr (lines->pdata[1], ==, "login refused from 203.0.113.9 (link-password)");
}

static void
test_a_flood_is_told_in_short (void)
{
  g_autoptr (GPtrArray) records = make_records ();
  g_autoptr (GPtrArray) lines = NULL;

  for (guint i = 0; i < 1000; i++)
    add (records, PL_LOGIN_KEY, PL_LOGIN_FAILED);
  lines = pl_login_lines_dup (records);
  g_assert_cmpuint (lines->len, ==, PL_LOGIN_LINES_MOST + 1);
  g_assert_cmpstr (lines->pdata[0], ==, "login failed from 203.0.113.9 (api-key)");
  g_assert_cmpstr (lines->pdata[PL_LOGIN_LINES_MOST], ==, "and 968 more logins like these");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/login-lines/what-failed-and-what-was-refused",
                   test_tells_what_failed_and_what_was_refused);
  g_test_add_func ("/login-lines/a-flood-is-told-in-short", test_a_flood_is_told_in_short);
  return g_test_run ();
}
