/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of one's own, which an authority is to vouch for. */

#pragma once

#include <gio/gio.h>

/**
 * pl_public_name_read: (transfer full):
 * @text: as somebody has typed it
 *
 * Returns: as it goes over the wire, in lower case, with A-labels (RFC 5890) and without a dot at
 * its end; `*.` may stand before it. %NULL with @error (%G_IO_ERROR_INVALID_ARGUMENT), in words
 * that say what is allowed
 */
char *pl_public_name_read (const char *text, GError **error);

/** pl_public_name_is_everywhere: whether @name, read by the above, can lead here from everywhere,
 * as it must for public authorities: one such as `photos` or `photos.local` leads somewhere at home
 * alone. */
gboolean pl_public_name_is_everywhere (const char *name);
