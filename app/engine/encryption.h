/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From certificates to what the engine runs with, and to what can be typed. */

#pragma once

#include "app/acme/acme.h"
#include "app/certificates/gathering.h"
#include "net/proxy/proxy.h"

/** pl_encryption_equip: gives @config, which is not applied yet, the certificates of @gathering, if
 * there are any, the pages by which devices learn to trust them, and what is to be answered to an
 * authority that asks (@challenges: (element-type PlAcmeChallenge)). %FALSE with @error, for
 * people, when they cannot be used. */
gboolean pl_encryption_equip (PlConfig *config,
                              const PlGathering *gathering,
                              const GPtrArray *challenges,
                              GError **error);

/** pl_encryption_covers: whether one of the certificates is for @host. */
gboolean pl_encryption_covers (const PlGathering *gathering, const char *host);

/** pl_encryption_dup_urls: (transfer full): @urls (`http://192.168.1.20:8080`, …), with `https`
 * where a certificate is for the address; free with g_strfreev(). @refuses_plain: those that would
 * lead to a refusal are left out. */
GStrv pl_encryption_dup_urls (const PlGathering *gathering,
                              const char *const *urls,
                              gboolean refuses_plain);

/** pl_encryption_dup_names: (transfer full): the names of certificates that somebody else keeps, as
 * addresses to type: such names lead here; free with g_strfreev(). @port: where the engine listens.
 */
GStrv pl_encryption_dup_names (const PlGathering *gathering, guint16 port);

/** pl_encryption_dup_words: (transfer full): of one certificate, in a line: `for photos.example,
 * from R3, ends on 3 May 2027, in 60 days`. */
char *pl_encryption_dup_words (const PlCertificate *certificate, gint64 now_s);

/** pl_encryption_dup_state: (transfer full): whether connections are encrypted, and by what; or
 * what to choose so that they are. @stands_in: an authority on the internet is to make another. */
char *pl_encryption_dup_state (const PlGathering *gathering, gboolean stands_in, gint64 now_s);
