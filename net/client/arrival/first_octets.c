/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/arrival/first_octets.h"

#define HANDSHAKE     22
#define MAJOR_VERSION 3

gboolean
pl_first_octets_are_tls (const char *bytes, gsize length)
{
  return bytes[0] == HANDSHAKE && (length == 1 || bytes[1] == MAJOR_VERSION);
}

const char *
pl_first_octets_get_tls_alert (void)
{
  /* An alert of the record version TLS 1.0, as first records have it, two octets long. */
  static const char alert[PL_TLS_ALERT_BYTES] = { 21, MAJOR_VERSION, 1, 0, 2, 2, 70 };

  return alert;
}
