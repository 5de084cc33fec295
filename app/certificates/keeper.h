/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps certificates fit to serve with: takes up files that were changed (certbot replaces links,
 * others write in place), renews what is this computer's own, and says how things are. What goes
 * wrong changes nothing: the certificates from before serve on. Belongs to one thread, which it
 * blocks for pl_certificate_keeper_want() alone. */

#pragma once

#include "app/certificates/gathering.h"

#define PL_TYPE_CERTIFICATE_KEEPER (pl_certificate_keeper_get_type ())
G_DECLARE_FINAL_TYPE (PlCertificateKeeper, pl_certificate_keeper, PL, CERTIFICATE_KEEPER, GObject)

/**
 * PlCertificateKeeper::changed:
 * @shows_other: whether clients are to be shown other certificates from now on
 *
 * Something has become of them by itself: files were changed, they were renewed, or could not be.
 */

/** pl_certificate_keeper_new: (transfer full): without encryption. */
PlCertificateKeeper *pl_certificate_keeper_new (void);

/**
 * pl_certificate_keeper_want:
 * @wish: borrowed
 *
 * Has the certificates of @wish there when it returns, if they are not yet, and follows them.
 *
 * Returns: %FALSE with @error (#PlCertificateError) when there are none to serve with; what was
 *   wanted before is then still there
 */
gboolean pl_certificate_keeper_want (PlCertificateKeeper *keeper,
                                     const PlCertificateWish *wish,
                                     GError **error);

/** pl_certificate_keeper_go_back: what the last pl_certificate_keeper_want() was for cannot be, for
 * a reason of its caller's: what was wanted before it is again. Nothing is told of that. */
void pl_certificate_keeper_go_back (PlCertificateKeeper *keeper);

/** pl_certificate_keeper_call: this computer is found by @host, too: what is made here is for it
 * from the next moment on. Names that were told before stay while their certificate does. */
void pl_certificate_keeper_call (PlCertificateKeeper *keeper, const char *host);

/** pl_certificate_keeper_look: looks for changes now, in the background: the computer has come into
 * another network, or has slept. */
void pl_certificate_keeper_look (PlCertificateKeeper *keeper);

/** pl_certificate_keeper_get_wish, pl_certificate_keeper_get: (transfer none): what is wanted; what
 * there is; until the next change. */
const PlCertificateWish *pl_certificate_keeper_get_wish (PlCertificateKeeper *keeper);
const PlGathering *pl_certificate_keeper_get (PlCertificateKeeper *keeper);

/** pl_certificate_keeper_get_problem: (transfer none) (nullable): why what is there could not be
 * replaced by something newer, in words; until the next change. */
const char *pl_certificate_keeper_get_problem (PlCertificateKeeper *keeper);
