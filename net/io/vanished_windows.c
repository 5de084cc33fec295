/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TCP_MAXRT: for how many seconds something is retransmitted. */

#include "net/io/vanished.h"

#include <winsock2.h>
#include <ws2tcpip.h>

void
pl_vanished_limit (int fd, guint limit_s)
{
  DWORD seconds = limit_s;

  (void) setsockopt ((SOCKET) fd, IPPROTO_TCP, TCP_MAXRT, (const char *) &seconds, sizeof seconds);
}

gboolean
pl_vanished_is_seen (int fd, guint for_ms)
{
  return FALSE;
}
