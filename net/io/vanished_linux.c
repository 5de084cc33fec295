/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TCP_INFO (tcp(7)). Not TCP_USER_TIMEOUT: it also ends connections whose peer has closed its
 * window but answers all probes of it, so an Immich whose disk is busy would lose an upload. */

#include "net/io/vanished.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/* Of a closed window; after two the first, at least, is not answered. */
#define UNANSWERED_PROBES 2

void
pl_vanished_limit (int fd, guint limit_s)
{
}

gboolean
pl_vanished_is_seen (int fd, guint for_ms)
{
  struct tcp_info info = { 0 };
  socklen_t length = sizeof info;

  if (getsockopt (fd, IPPROTO_TCP, TCP_INFO, &info, &length) < 0)
    return FALSE;
  return (info.tcpi_unacked > 0 || info.tcpi_probes >= UNANSWERED_PROBES)
         && info.tcpi_last_ack_recv >= for_ms;
}
