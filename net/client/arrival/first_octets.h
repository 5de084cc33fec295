/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which protocol a client speaks: its first octets tell. */

#pragma once

#include <glib.h>

/**
 * pl_first_octets_are_tls:
 * @bytes: what a connection began with; at least one octet
 *
 * Whether they begin a TLS handshake (RFC 8446 §5.1: type 22, then the version, whose first octet
 * is 3). The first alone is enough as long as no other is there: no line of HTTP begins with it.
 */
gboolean pl_first_octets_are_tls (const char *bytes, gsize length);

/** PlFirstOctetsHttp2: what is known of it. */
typedef enum
{
  PL_FIRST_OCTETS_OTHER,
  PL_FIRST_OCTETS_HTTP2,
  PL_FIRST_OCTETS_TOO_FEW, /* to tell HTTP/2 from a request */
} PlFirstOctetsHttp2;

/** pl_first_octets_look_for_http2: whether @bytes begin with the preface of a client that knows
 * that HTTP/2 is spoken here (RFC 9113 §3.4). No other request begins as its first line does, which
 * is enough. */
PlFirstOctetsHttp2 pl_first_octets_look_for_http2 (const char *bytes, gsize length);

/** PL_TLS_ALERT_BYTES: how long an alert is. */
#define PL_TLS_ALERT_BYTES 7

/**
 * pl_first_octets_get_tls_alert: (transfer none):
 *
 * The %PL_TLS_ALERT_BYTES octets of the record that refuses a handshake: fatal, “protocol version”
 * (RFC 8446 §6.2), since none is spoken here. A browser then says at once that the page has no
 * HTTPS, or tries without.
 */
const char *pl_first_octets_get_tls_alert (void);
