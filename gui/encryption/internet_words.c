/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/encryption/internet_words.h"

#include "app/i18n.h"

static const char *
get_words_of_everything (PlEngine *engine)
{
  if (pl_engine_is_certificate_awaited (engine))
    return _ ("Anyone who finds this address reaches Immich’s login page. From outside your home "
              "only encrypted connections (https) are let in, and until the authority has made the "
              "certificate, browsers and the app refuse the one that stands in for it.");
  if (pl_engine_get_fingerprint (engine) != NULL)
    return _ (
        "Anyone who finds this address reaches Immich’s login page. From outside your home only "
        "encrypted connections (https) are let in, and there browsers and the app refuse this "
        "computer’s own certificate, which is for home: use one for a name of your own.");
  return pl_engine_is_encrypted (engine)
             ? _ ("Anyone who finds this address reaches Immich’s login page. From outside your "
                  "home only encrypted connections (https) are let in.")
             : _ ("Anyone who finds this address reaches Immich’s login page, and nothing is "
                  "encrypted: on the way, others can read passwords and photos. Choose an "
                  "encryption in Settings first. Or stay with My network, and install Tailscale on "
                  "the phone and on this computer.");
}

static const char *
get_words_of_links (PlEngine *engine)
{
  if (pl_engine_is_certificate_awaited (engine))
    return _ ("From outside your home, whoever has a link of yours sees what you shared by it. "
              "Nobody can log in from there, not even the Immich app on your own phone. Only "
              "encrypted connections (https) are let in, and until the authority has made the "
              "certificate, browsers refuse the one that stands in for it.");
  if (pl_engine_get_fingerprint (engine) != NULL)
    return _ ("From outside your home, whoever has a link of yours sees what you shared by it. "
              "Nobody can log in from there, not even the Immich app on your own phone. Only "
              "encrypted connections (https) are let in, and there browsers refuse this "
              "computer’s own certificate, which is for home: use one for a name of your own.");
  return pl_engine_is_encrypted (engine)
             ? _ ("From outside your home, whoever has a link of yours sees what you shared by "
                  "it. Nobody can log in from there, not even the Immich app on your own phone. "
                  "Only encrypted connections (https) are let in.")
             : _ ("From outside your home, whoever has a link of yours sees what you shared by "
                  "it. Nobody can log in from there, not even the Immich app on your own phone. "
                  "But nothing is encrypted: on the way, others can read links and photos. Choose "
                  "an encryption in Settings first.");
}

const char *
pl_internet_words_get (PlEngine *engine)
{
  return pl_internet_words_get_of (engine, pl_engine_get_world (engine));
}

const char *
pl_internet_words_get_of (PlEngine *engine, PlDoorRule sees)
{
  switch (sees)
    {
    case PL_DOOR_EVERYTHING:
      return get_words_of_everything (engine);
    case PL_DOOR_LINKS:
      return get_words_of_links (engine);
    }
  g_return_val_if_reached ("");
}
