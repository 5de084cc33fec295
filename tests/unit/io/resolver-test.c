/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/resolver.c: order, memory, and who is told. */

#include "tests/unit/io/fixture.h"
#include "tests/unit/io/names.h"
#include "net/io/resolver.h"

/* Longer than any test takes. */
#define REMEMBER_MS 60000

typedef struct
{
  GString *text; /* addresses, each with a space behind it */
  guint n_calls;
} Answers;

static void
resolved_cb (const PlAddress *addresses, guint n_addresses, gpointer user_data)
{
  Answers *answers = user_data;

  answers->n_calls++;
  g_string_truncate (answers->text, 0);
  g_assert_true ((addresses == NULL) == (n_addresses == 0));
  for (guint i = 0; i < n_addresses; i++)
    {
      char text[PL_ADDRESS_TEXT_BYTES];
      PlWriter writer;

      pl_writer_init (&writer, text, sizeof text);
      pl_address_write (&addresses[i], &writer);
      g_string_append_len (answers->text, text, writer.length);
      g_string_append_c (answers->text, ' ');
    }
}

static void
answers_clear (Answers *answers)
{
  g_string_free (answers->text, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answers, answers_clear)

#define NO_ANSWERS                                                                                 \
  {                                                                                                \
    g_string_new (NULL), 0                                                                         \
  }

static void
assert_answer (Fixture *fixture, Answers *answers, const char *expected)
{
  FIXTURE_WAIT (fixture, answers->n_calls > 0);
  g_assert_cmpuint (answers->n_calls, ==, 1);
  g_assert_cmpstr (answers->text->str, ==, expected);
  answers->n_calls = 0;
}

static void
test_literals (Fixture *fixture, gconstpointer platform)
{
  static const char *const hosts[][2] = {
    { "192.168.1.2", "192.168.1.2 " },
    { "::1", "::1 " },
    { "[2001:db8::1]", "2001:db8::1 " },
  };
  g_autoptr (PlResolver) resolver = pl_resolver_new (REMEMBER_MS);
  g_auto (Answers) answers = NO_ANSWERS;

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      pl_resolver_look_up (resolver, hosts[i][0], 0, NULL, resolved_cb, &answers);
      g_assert_cmpuint (answers.n_calls, ==, 1);
      assert_answer (fixture, &answers, hosts[i][1]);
    }
}

static void
test_families_take_turns (Fixture *fixture, gconstpointer platform)
{
  static const char *const cases[][2] = {
    { "10.0.0.1", "10.0.0.1 " },
    { "::1 ::2 ::3", "::1 ::2 ::3 " },
    { "::1 ::2 10.0.0.1", "::1 10.0.0.1 ::2 " },
    { "10.0.0.1 10.0.0.2 10.0.0.3 ::1", "10.0.0.1 ::1 10.0.0.2 10.0.0.3 " },
    { "10.0.0.1 ::1 ::2 10.0.0.2", "10.0.0.1 ::1 10.0.0.2 ::2 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Answers) answers = NO_ANSWERS;
      PlResolver *resolver;

      names_know ("immich.test", cases[i][0]);
      resolver = pl_resolver_new (REMEMBER_MS);
      pl_resolver_look_up (resolver, "immich.test", 0, NULL, resolved_cb, &answers);
      assert_answer (fixture, &answers, cases[i][1]);
      pl_resolver_free (resolver);
    }
  names_forget_all ();
}

static void
test_remembers (Fixture *fixture, gconstpointer platform)
{
  g_auto (Answers) answers = NO_ANSWERS;
  PlResolver *resolver;

  names_know ("immich.test", "10.0.0.1");
  resolver = pl_resolver_new (REMEMBER_MS);
  pl_resolver_look_up (resolver, "immich.test", 0, NULL, resolved_cb, &answers);
  g_assert_cmpuint (answers.n_calls, ==, 0);
  assert_answer (fixture, &answers, "10.0.0.1 ");
  pl_resolver_look_up (resolver, "immich.test", 0, NULL, resolved_cb, &answers);
  g_assert_cmpuint (answers.n_calls, ==, 1);
  g_assert_cmpuint (names_count_lookups (), ==, 1);
  pl_resolver_free (resolver);
  names_forget_all ();
}

static void
test_memory_has_an_age (Fixture *fixture, gconstpointer platform)
{
  g_auto (Answers) answers = NO_ANSWERS;
  PlResolver *resolver;

  names_know ("immich.test", "10.0.0.1");
  resolver = pl_resolver_new (50);
  pl_resolver_look_up (resolver, "immich.test", 0, NULL, resolved_cb, &answers);
  assert_answer (fixture, &answers, "10.0.0.1 ");
  names_know ("immich.test", "10.0.0.2");
  fixture_run_for (fixture, 60);
  pl_resolver_look_up (resolver, "immich.test", 0, NULL, resolved_cb, &answers);
  assert_answer (fixture, &answers, "10.0.0.2 ");
  pl_resolver_free (resolver);
  names_forget_all ();
}

/* What was learnt too early does not serve; what was learnt instead is remembered in its place. */
static void
test_looks_anew (Fixture *fixture, gconstpointer platform)
{
  g_auto (Answers) answers = NO_ANSWERS;
  PlResolver *resolver;
  gint64 moved_us;

  names_know ("immich.test", "10.0.0.1");
  resolver = pl_resolver_new (REMEMBER_MS);
  pl_resolver_look_up (resolver, "immich.test", 0, NULL, resolved_cb, &answers);
  assert_answer (fixture, &answers, "10.0.0.1 ");
  names_know ("immich.test", "10.0.0.2");
  fixture_run_for (fixture, 1);
  moved_us = g_get_monotonic_time ();
  pl_resolver_look_up (resolver, "immich.test", moved_us, NULL, resolved_cb, &answers);
  assert_answer (fixture, &answers, "10.0.0.2 ");
  pl_resolver_look_up (resolver, "immich.test", moved_us, NULL, resolved_cb, &answers);
  g_assert_cmpuint (answers.n_calls, ==, 1);
  assert_answer (fixture, &answers, "10.0.0.2 ");
  g_assert_cmpuint (names_count_lookups (), ==, 2);
  pl_resolver_free (resolver);
  names_forget_all ();
}

static void
test_one_lookup_for_all_who_ask (Fixture *fixture, gconstpointer platform)
{
  g_auto (Answers) one = NO_ANSWERS;
  g_auto (Answers) other = NO_ANSWERS;
  PlResolver *resolver;

  names_know ("immich.test", "10.0.0.1");
  resolver = pl_resolver_new (REMEMBER_MS);
  pl_resolver_look_up (resolver, "immich.test", 0, NULL, resolved_cb, &one);
  pl_resolver_look_up (resolver, "immich.test", 0, NULL, resolved_cb, &other);
  assert_answer (fixture, &one, "10.0.0.1 ");
  assert_answer (fixture, &other, "10.0.0.1 ");
  g_assert_cmpuint (names_count_lookups (), ==, 1);
  pl_resolver_free (resolver);
  names_forget_all ();
}

static void
test_unknown_is_asked_again (Fixture *fixture, gconstpointer platform)
{
  g_auto (Answers) answers = NO_ANSWERS;
  PlResolver *resolver;

  names_know ("immich.test", NULL);
  resolver = pl_resolver_new (REMEMBER_MS);
  pl_resolver_look_up (resolver, "immich.test", 0, NULL, resolved_cb, &answers);
  assert_answer (fixture, &answers, "");
  names_know ("immich.test", "10.0.0.1");
  pl_resolver_look_up (resolver, "immich.test", 0, NULL, resolved_cb, &answers);
  assert_answer (fixture, &answers, "10.0.0.1 ");
  pl_resolver_free (resolver);
  names_forget_all ();
}

static void
test_cancelled_is_not_told (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Answers) cancelled = NO_ANSWERS;
  g_auto (Answers) answers = NO_ANSWERS;
  PlResolver *resolver;

  names_know ("immich.test", "10.0.0.1");
  resolver = pl_resolver_new (REMEMBER_MS);
  pl_resolver_look_up (resolver, "immich.test", 0, cancellable, resolved_cb, &cancelled);
  pl_resolver_look_up (resolver, "immich.test", 0, NULL, resolved_cb, &answers);
  g_cancellable_cancel (cancellable);
  assert_answer (fixture, &answers, "10.0.0.1 ");
  g_assert_cmpuint (cancelled.n_calls, ==, 0);
  pl_resolver_free (resolver);
  names_forget_all ();
}

static void
test_freed_tells_nobody (Fixture *fixture, gconstpointer platform)
{
  static const char *const addresses[] = { "10.0.0.1", "silent", NULL };
  g_auto (Answers) answers = NO_ANSWERS;

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      PlResolver *resolver;

      names_know ("immich.test", addresses[i]);
      resolver = pl_resolver_new (REMEMBER_MS);
      pl_resolver_look_up (resolver, "immich.test", 0, NULL, resolved_cb, &answers);
      pl_resolver_free (resolver);
      fixture_run_for (fixture, 30);
      g_assert_cmpuint (answers.n_calls, ==, 0);
      names_forget_all ();
    }
}

/* RFC 6761 §6.3: whatever the system's files say, and whatever it has besides loopback. */
static void
test_localhost_is_both (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (PlResolver) resolver = pl_resolver_new (REMEMBER_MS);
  g_auto (Answers) answers = NO_ANSWERS;

  pl_resolver_look_up (resolver, "localhost", 0, NULL, resolved_cb, &answers);
  FIXTURE_WAIT (fixture, answers.n_calls > 0);
  g_assert_nonnull (strstr (answers.text->str, "127.0.0.1 "));
  g_assert_nonnull (strstr (answers.text->str, "::1 "));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("resolver", "literals", test_literals);
  fixture_add_test ("resolver", "families-take-turns", test_families_take_turns);
  fixture_add_test ("resolver", "remembers", test_remembers);
  fixture_add_test ("resolver", "memory-has-an-age", test_memory_has_an_age);
  fixture_add_test ("resolver", "looks-anew", test_looks_anew);
  fixture_add_test ("resolver", "one-lookup-for-all-who-ask", test_one_lookup_for_all_who_ask);
  fixture_add_test ("resolver", "unknown-is-asked-again", test_unknown_is_asked_again);
  fixture_add_test ("resolver", "cancelled-is-not-told", test_cancelled_is_not_told);
  fixture_add_test ("resolver", "freed-tells-nobody", test_freed_tells_nobody);
  fixture_add_test ("resolver", "localhost-is-both", test_localhost_is_both);
  return g_test_run ();
}
