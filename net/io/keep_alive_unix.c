/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same options everywhere, but for the name of one (TCP_KEEP_IDLE, from meson.build). */

#include "net/io/keep_alive.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

static void
set_flag (int fd, int level, int option, int value)
{
  (void) setsockopt (fd, level, option, &value, sizeof value);
}

void
pl_keep_alive (int fd, int idle_s, int interval_s, int n_probes)
{
  set_flag (fd, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_flag (fd, IPPROTO_TCP, TCP_KEEP_IDLE, idle_s);
  set_flag (fd, IPPROTO_TCP, TCP_KEEPINTVL, interval_s);
  set_flag (fd, IPPROTO_TCP, TCP_KEEPCNT, n_probes);
}
