/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each step is said as far as it is known. */

#include "app/model/reach.h"

#include <string.h>

/* 22 November 2026, 14:02 UTC. */
#define CALLER_US (G_GINT64_CONSTANT (1795356120) * G_USEC_PER_SEC)

static PlReach
make (void)
{
  static const guint8 caller[] = { 203, 0, 113, 5 };

  return (PlReach){ .run = PL_REACH_RUNS,
                    .port = 8080,
                    .caller = pl_address_from_ipv4 (caller, 0),
                    .now_us = CALLER_US + G_TIME_SPAN_HOUR,
                    .encryption = PL_REACH_TRUSTED,
                    .world = PL_DOOR_LINKS };
}

static void
assert_step (const PlReach *reach, PlReachStep step, PlReachState state, const char *beginning)
{
  g_autofree char *words = pl_reach_dup_words (reach, step);

  g_assert_cmpint (pl_reach_get_state (reach, step), ==, state);
  g_assert_true (g_str_has_prefix (words, beginning));
}

static void
listening_is_said_while_it_does (void)
{
  PlReach reach = make ();

  assert_step (&reach, PL_REACH_LISTENING, PL_REACH_IS_SO, "Porchlight listens on port 8080.");
  reach.run = PL_REACH_SHUT;
  assert_step (&reach, PL_REACH_LISTENING, PL_REACH_TO_LOOK_AT, "Porchlight does not listen on");
  reach.run = PL_REACH_RESTS;
  assert_step (&reach, PL_REACH_LISTENING, PL_REACH_TO_LOOK_AT, "Porchlight is paused:");
  assert_step (&reach, PL_REACH_SIGHT, PL_REACH_IS_SO, "When resumed: Whoever has a link");
}

static void
the_way_in_is_open_when_somebody_came (void)
{
  PlReach reach = make ();

  assert_step (&reach, PL_REACH_WAY_IN, PL_REACH_NOT_KNOWN,
               "Whether your router lets the internet in is not known: nobody came from outside in "
               "the last 7 days. It must pass port 8080");
  reach.caller_us = CALLER_US;
  assert_step (&reach, PL_REACH_WAY_IN, PL_REACH_IS_SO,
               "The internet has found the way in: a caller from outside was here at 14:02 "
               "(203.0.113.5).");
  reach.now_us += G_TIME_SPAN_DAY;
  assert_step (&reach, PL_REACH_WAY_IN, PL_REACH_IS_SO,
               "The internet has found the way in: a caller from outside was here on 22 Nov, 14:02 "
               "(203.0.113.5).");
}

static void
encryption_is_what_those_outside_meet (void)
{
  static const struct
  {
    PlReachEncryption encryption;
    PlReachState state;
    const char *words; /* somewhere in it */
  } rows[] = {
    { PL_REACH_PLAIN, PL_REACH_TO_LOOK_AT, "others can read links and photos" },
    { PL_REACH_STANDS_IN, PL_REACH_NOT_KNOWN, "Until the authority has made the certificate" },
    { PL_REACH_FOR_HOME, PL_REACH_TO_LOOK_AT, "which is for home" },
    { PL_REACH_DOUBTFUL, PL_REACH_TO_LOOK_AT, "browsers refuse the certificate" },
    { PL_REACH_TRUSTED, PL_REACH_IS_SO, "only encrypted connections (https) are let in." },
  };
  PlReach reach = make ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = NULL;

      reach.encryption = rows[i].encryption;
      words = pl_reach_dup_words (&reach, PL_REACH_ENCRYPTION);
      g_assert_nonnull (strstr (words, rows[i].words));
      assert_step (&reach, PL_REACH_ENCRYPTION, rows[i].state, "");
    }
  reach.encryption = PL_REACH_PLAIN;
  reach.world = PL_DOOR_EVERYTHING;
  assert_step (&reach, PL_REACH_ENCRYPTION, PL_REACH_TO_LOOK_AT,
               "Nothing is encrypted: on the way, others can read passwords and photos.");
}

static void
sight_is_as_the_rule (void)
{
  PlReach reach = make ();

  assert_step (&reach, PL_REACH_SIGHT, PL_REACH_IS_SO,
               "Whoever has a link of yours sees what you shared by it, and nothing else.");
  reach.takes_uploads = TRUE;
  assert_step (&reach, PL_REACH_SIGHT, PL_REACH_IS_SO,
               "Whoever has a link of yours sees what you shared by it, and may add photos");
  reach.world = PL_DOOR_EVERYTHING;
  assert_step (&reach, PL_REACH_SIGHT, PL_REACH_IS_SO, "Whoever finds your address has Immich");
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reach/listening", listening_is_said_while_it_does);
  g_test_add_func ("/reach/way-in", the_way_in_is_open_when_somebody_came);
  g_test_add_func ("/reach/encryption", encryption_is_what_those_outside_meet);
  g_test_add_func ("/reach/sight", sight_is_as_the_rule);
  return g_test_run ();
}
