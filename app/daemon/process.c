/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a daemon arranges with its system before it starts. */

#include "app/daemon/process.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

/* The usual soft limit of 1,024 is for programs that use select(). */
static void
raise_descriptor_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

void
pl_process_prepare (void)
{
  signal (SIGPIPE, SIG_IGN);
  raise_descriptor_limit ();
}

gboolean
pl_process_is_root (void)
{
  return geteuid () == 0;
}
