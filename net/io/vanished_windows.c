/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TCP_MAXRT: for how many seconds something is retransmitted. */

#include "net/io/vanished.h"

#include <winsock2.h>
#include <ws2tcpip.h>

/* TCP_MAXRT of Windows' ws2ipdef.h, which mingw-w64 lacks. */
#define OPTION_OF_LIMIT 5

void
pl_vanished_limit (int fd, guint limit_s)
{
  DWORD seconds = limit_s;

  (void) setsockopt ((SOCKET) fd, IPPROTO_TCP, OPTION_OF_LIMIT, (const char *) &seconds,
                     sizeof seconds);
}

gboolean
pl_vanished_is_seen (int fd, guint for_ms)
{
  return FALSE;
}
