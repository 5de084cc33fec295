/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TCP_RXT_CONNDROPTIME counts the time that something is retransmitted. */

#include "net/io/vanished.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

void
pl_vanished_limit (int fd, guint limit_s)
{
  int seconds = (int) limit_s;

  (void) setsockopt (fd, IPPROTO_TCP, TCP_RXT_CONNDROPTIME, &seconds, sizeof seconds);
}

gboolean
pl_vanished_is_seen (int fd, guint for_ms)
{
  return FALSE;
}
