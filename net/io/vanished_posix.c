/* SPDX-License-Identifier: GPL-3.0-or-later */

/* macOS counts the time that something is retransmitted. Where there is no such option, a
 * connection is given up when the system does it of its own accord. */

#include "net/io/vanished.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

void
pl_vanished_limit (int fd, guint limit_s)
{
#ifdef TCP_RXT_CONNDROPTIME
  int seconds = (int) limit_s;

  (void) setsockopt (fd, IPPROTO_TCP, TCP_RXT_CONNDROPTIME, &seconds, sizeof seconds);
#endif
}

gboolean
pl_vanished_is_seen (int fd, guint for_ms)
{
  return FALSE;
}
