/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

/* A named pipe that nobody reads would be waited for without end, and no signal would help. */
int
pl_descriptor_open (const char *path)
{
  return g_open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0640);
}

gboolean
pl_descriptor_may_block (int descriptor)
{
  struct stat status;
  return fstat (descriptor, &status) == 0 && !S_ISREG (status.st_mode);
}

PlRoom
pl_descriptor_await_room (int descriptor, guint patience_ms)
{
  struct pollfd wait = { descriptor, POLLOUT, 0 };
  return poll (&wait, 1, (int) patience_ms) != 0 ? PL_ROOM_THERE : PL_ROOM_NONE;
}

gsize
pl_descriptor_write (int descriptor, const char *bytes, gsize length, gboolean may_block)
{
  /* What has room has room for PIPE_BUF at least (pipe(7)). */
  gsize piece = may_block ? MIN (length, PIPE_BUF) : length;
  gssize written;

  do
    written = write (descriptor, bytes, piece);
  while (written < 0 && errno == EINTR);
  return written > 0 ? (gsize) written : 0;
}

void
pl_descriptor_close (int descriptor)
{
  close (descriptor);
}
