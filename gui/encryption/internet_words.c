/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/encryption/internet_words.h"

#include "app/i18n.h"

const char *
pl_internet_words_get (PlEngine *engine)
{
  return pl_engine_is_encrypted (engine)
             ? _ ("Anyone who finds this address reaches Immich’s login page. From outside your "
                  "home only encrypted connections (https) are let in.")
             : _ ("Anyone who finds this address reaches Immich’s login page, and nothing is "
                  "encrypted: on the way, others can read passwords and photos. Choose an "
                  "encryption in Settings first. Or stay with My network, and install Tailscale on "
                  "the phone and on this computer.");
}
