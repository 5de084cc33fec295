/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_DESCRIPTORS (1 << 20)

static const struct
{
  const char *path;
  int descriptor;
} names[] = {
  { "/dev/stdin", STDIN_FILENO },
  { "/dev/stdout", STDOUT_FILENO },
  { "/dev/stderr", STDERR_FILENO },
};

static const char *const folders[] = { "/dev/fd/", "/proc/self/fd/" };

static int
read_number (const char *text)
{
  guint64 number;

  return g_ascii_string_to_unsigned (text, 10, 0, MOST_DESCRIPTORS, &number, NULL) ? (int) number
                                                                                   : -1;
}

/* Returns: the descriptor of this process that @path names, or -1 */
static int
find_descriptor (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (path, names[i].path) == 0)
      return names[i].descriptor;
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    if (g_str_has_prefix (path, folders[i]))
      return read_number (path + strlen (folders[i]));
  return -1;
}

int
pl_descriptor_find_standard (const char *path)
{
  int descriptor = find_descriptor (path);
  return descriptor <= STDERR_FILENO ? descriptor : -1;
}

/* A named pipe that nobody reads would be waited for without end, and no signal would help. */
int
pl_descriptor_open (const char *path)
{
  int descriptor = find_descriptor (path);

  if (descriptor >= 0)
    return fcntl (descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  return g_open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0640);
}

gboolean
pl_descriptor_is_same (int one, int other)
{
  struct stat status;
  struct stat other_status;

  return fstat (one, &status) == 0 && fstat (other, &other_status) == 0
         && status.st_dev == other_status.st_dev && status.st_ino == other_status.st_ino;
}

/* Returns: 0 with errno when nothing was written */
static gsize
try_write (int descriptor, const char *bytes, gsize length)
{
  gssize written;

  do
    written = write (descriptor, bytes, length);
  while (written < 0 && errno == EINTR);
  return written > 0 ? (gsize) written : 0;
}

gsize
pl_descriptor_write (int descriptor, const char *bytes, gsize length, guint patience_ms)
{
  struct pollfd wait = { descriptor, POLLOUT, 0 };
  gsize written = try_write (descriptor, bytes, length);

  if (written > 0 || errno != EAGAIN)
    return written;
  poll (&wait, 1, (int) patience_ms);
  return try_write (descriptor, bytes, length);
}

void
pl_descriptor_close (int descriptor)
{
  close (descriptor);
}
