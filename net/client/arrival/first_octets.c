/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/arrival/first_octets.h"

#include <string.h>

#define HANDSHAKE     22
#define MAJOR_VERSION 3

gboolean
pl_first_octets_are_tls (const char *bytes, gsize length)
{
  return bytes[0] == HANDSHAKE && (length == 1 || bytes[1] == MAJOR_VERSION);
}

PlFirstOctetsHttp2
pl_first_octets_look_for_http2 (const char *bytes, gsize length)
{
  static const char line[] = "PRI * HTTP/2.0\r\n";
  gsize line_length = sizeof line - 1;

  if (memcmp (bytes, line, MIN (length, line_length)) != 0)
    return PL_FIRST_OCTETS_OTHER;
  return length < line_length ? PL_FIRST_OCTETS_TOO_FEW : PL_FIRST_OCTETS_HTTP2;
}

const char *
pl_first_octets_get_tls_alert (void)
{
  /* An alert of the record version TLS 1.0, as first records have it, two octets long. */
  static const char alert[PL_TLS_ALERT_BYTES] = { 21, MAJOR_VERSION, 1, 0, 2, 2, 70 };

  return alert;
}
