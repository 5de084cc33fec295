/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Base64 for URLs, without padding (RFC 4648 §5, RFC 7515 §2). */

#pragma once

#include <glib.h>

/** pl_base64url_encode: (transfer full): */
char *pl_base64url_encode (const guint8 *octets, gsize n_octets);

/** pl_base64url_is_text: whether @text is not empty and made of its characters alone. */
gboolean pl_base64url_is_text (const char *text);

/** pl_base64url_decode: (transfer full): %NULL unless @text is such text and no more; padding is
 * refused. */
guint8 *pl_base64url_decode (const char *text, gsize *n_octets);
