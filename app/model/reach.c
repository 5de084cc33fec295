/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/reach.h"

#include "app/i18n.h"
#include "app/model/local_time.h"
#include "app/model/words.h"

/* Listening */

static PlReachState
get_state_of_listening (const PlReach *reach)
{
  return reach->run == PL_REACH_RUNS ? PL_REACH_IS_SO : PL_REACH_TO_LOOK_AT;
}

static char *
dup_words_of_listening (const PlReach *reach)
{
  switch (reach->run)
    {
    case PL_REACH_RUNS:
      return g_strdup_printf (_ ("Porchlight listens on port %u."), reach->port);
    case PL_REACH_RESTS:
      return g_strdup (_ ("Porchlight is paused: it listens to nobody until you resume."));
    case PL_REACH_SHUT:
      return g_strdup_printf (_ ("Porchlight does not listen on port %u now."), reach->port);
    }
  g_return_val_if_reached (NULL);
}

/* The way in */

static PlReachState
get_state_of_way_in (const PlReach *reach)
{
  return reach->caller_us > 0 ? PL_REACH_IS_SO : PL_REACH_NOT_KNOWN;
}

static char *
dup_words_of_caller (const PlReach *reach)
{
  g_autoptr (GDateTime) then = pl_local_time_new (reach->caller_us);
  g_autoptr (GDateTime) now = pl_local_time_new (reach->now_us);
  g_autofree char *moment = pl_local_time_dup_moment (reach->caller_us, reach->now_us);
  g_autoptr (GString) caller = g_string_new (NULL);

  pl_words_append_address (caller, &reach->caller);
  if (pl_local_time_is_same_day (then, now))
    /* Translators: a time; an address */
    return g_strdup_printf (_ ("The internet has found the way in: a caller from outside was here "
                               "at %s (%s)."),
                            moment, caller->str);
  /* Translators: a day and a time; an address */
  return g_strdup_printf (_ ("The internet has found the way in: a caller from outside was here on "
                             "%s (%s)."),
                          moment, caller->str);
}

static char *
dup_words_of_way_in (const PlReach *reach)
{
  if (reach->caller_us > 0)
    return dup_words_of_caller (reach);
  return g_strdup_printf (
      ngettext (
          "Whether your router lets the internet in is not known: nobody came from outside in "
          "the last %u day. It must pass port %u on to this computer. To try it, open your "
          "address on a phone without Wi-Fi.",
          "Whether your router lets the internet in is not known: nobody came from outside in "
          "the last %u days. It must pass port %u on to this computer. To try it, open your "
          "address on a phone without Wi-Fi.",
          PL_REACH_DAYS),
      PL_REACH_DAYS, reach->port);
}

/* Encryption */

static PlReachState
get_state_of_encryption (const PlReach *reach)
{
  switch (reach->encryption)
    {
    case PL_REACH_PLAIN:
    case PL_REACH_FOR_HOME:
    case PL_REACH_DOUBTFUL:
      return PL_REACH_TO_LOOK_AT;
    case PL_REACH_STANDS_IN:
      return PL_REACH_NOT_KNOWN;
    case PL_REACH_TRUSTED:
      return PL_REACH_IS_SO;
    }
  g_return_val_if_reached (PL_REACH_NOT_KNOWN);
}

static const char *
get_words_of_plain (PlDoorRule world)
{
  switch (world)
    {
    case PL_DOOR_EVERYTHING:
      return _ ("Nothing is encrypted: on the way, others can read passwords and photos. Choose an "
                "encryption in Settings. Or stay with My network, and install Tailscale on the "
                "phone and on this computer.");
    case PL_DOOR_LINKS:
      return _ ("Nothing is encrypted: on the way, others can read links and photos. Choose an "
                "encryption in Settings.");
    }
  g_return_val_if_reached ("");
}

static const char *
get_words_of_encryption (const PlReach *reach)
{
  switch (reach->encryption)
    {
    case PL_REACH_PLAIN:
      return get_words_of_plain (reach->world);
    case PL_REACH_STANDS_IN:
      return _ ("From outside only encrypted connections (https) are let in. Until the authority "
                "has made the certificate, browsers and the app refuse the one that stands in for "
                "it.");
    case PL_REACH_FOR_HOME:
      return _ ("From outside only encrypted connections (https) are let in, and there browsers "
                "and the app refuse this computer’s own certificate, which is for home: use one "
                "for a name of your own.");
    case PL_REACH_DOUBTFUL:
      return _ ("From outside only encrypted connections (https) are let in, but browsers refuse "
                "the certificate: see Encryption.");
    case PL_REACH_TRUSTED:
      return _ ("From outside only encrypted connections (https) are let in.");
    }
  g_return_val_if_reached ("");
}

/* Sight */

static const char *
get_words_of_links (gboolean takes_uploads)
{
  return takes_uploads
             ? _ ("Whoever has a link of yours sees what you shared by it, and may add photos "
                  "where the link allows it. Nobody can log in from outside, not even the Immich "
                  "app on your own phone.")
             : _ ("Whoever has a link of yours sees what you shared by it, and nothing else. "
                  "Nobody can log in from outside, not even the Immich app on your own phone.");
}

static const char *
get_words_of_sight (const PlReach *reach)
{
  switch (reach->world)
    {
    case PL_DOOR_EVERYTHING:
      return _ ("Whoever finds your address has Immich’s login page before them; who logs in sees "
                "all that is theirs.");
    case PL_DOOR_LINKS:
      return get_words_of_links (reach->takes_uploads);
    }
  g_return_val_if_reached ("");
}

/* During a pause nobody sees anything. */
static char *
dup_words_of_sight (const PlReach *reach)
{
  const char *words = get_words_of_sight (reach);

  /* Translators: what "My network", for instance, means, once the pause is over. */
  return reach->run == PL_REACH_RESTS ? g_strdup_printf (_ ("When resumed: %s"), words)
                                      : g_strdup (words);
}

PlReachState
pl_reach_get_state (const PlReach *reach, PlReachStep step)
{
  switch (step)
    {
    case PL_REACH_LISTENING:
      return get_state_of_listening (reach);
    case PL_REACH_WAY_IN:
      return get_state_of_way_in (reach);
    case PL_REACH_ENCRYPTION:
      return get_state_of_encryption (reach);
    case PL_REACH_SIGHT:
      return PL_REACH_IS_SO;
    case PL_REACH_N_STEPS:
      break;
    }
  g_return_val_if_reached (PL_REACH_NOT_KNOWN);
}

char *
pl_reach_dup_words (const PlReach *reach, PlReachStep step)
{
  switch (step)
    {
    case PL_REACH_LISTENING:
      return dup_words_of_listening (reach);
    case PL_REACH_WAY_IN:
      return dup_words_of_way_in (reach);
    case PL_REACH_ENCRYPTION:
      return g_strdup (get_words_of_encryption (reach));
    case PL_REACH_SIGHT:
      return dup_words_of_sight (reach);
    case PL_REACH_N_STEPS:
      break;
    }
  g_return_val_if_reached (NULL);
}

const char *
pl_reach_state_get_words (PlReachState state)
{
  switch (state)
    {
    case PL_REACH_IS_SO:
      return _ ("known to be so");
    case PL_REACH_NOT_KNOWN:
      return _ ("not known");
    case PL_REACH_TO_LOOK_AT:
      return _ ("to look at");
    }
  g_return_val_if_reached ("");
}
