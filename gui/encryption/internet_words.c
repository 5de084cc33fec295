/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/encryption/internet_words.h"

#include "app/i18n.h"

const char *
pl_internet_words_get (PlEngine *engine)
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
