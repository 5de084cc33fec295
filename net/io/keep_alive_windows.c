/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One call for the times, which switches it on, too; how often, 10 times before, can be said since
 * Windows 10. */

#include "net/io/keep_alive.h"

#include <winsock2.h>
#include <ws2tcpip.h>
#include <mstcpip.h>

/* TCP_KEEPCNT of Windows' ws2ipdef.h, which mingw-w64 lacks. */
#define OPTION_OF_PROBES 16

void
pl_keep_alive (int fd, int idle_s, int interval_s, int n_probes)
{
  struct tcp_keepalive times = { .onoff = 1,
                                 .keepalivetime = (ULONG) idle_s * 1000,
                                 .keepaliveinterval = (ULONG) interval_s * 1000 };
  DWORD count = (DWORD) n_probes, n_bytes;

  (void) WSAIoctl ((SOCKET) fd, SIO_KEEPALIVE_VALS, &times, sizeof times, NULL, 0, &n_bytes, NULL,
                   NULL);
  (void) setsockopt ((SOCKET) fd, IPPROTO_TCP, OPTION_OF_PROBES, (const char *) &count,
                     sizeof count);
}
