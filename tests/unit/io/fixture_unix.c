/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/io/fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static struct rlimit usual_limit;

void
fixture_prepare_system (void)
{
  signal (SIGPIPE, SIG_IGN);
}

guint
fixture_count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n_descriptors = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n_descriptors++;
  return n_descriptors;
}

gboolean
fixture_loses_resets (Fixture *fixture)
{
  return FALSE;
}

gboolean
fixture_lacks_events (Fixture *fixture)
{
  return FALSE;
}

/* A new descriptor is the lowest that is free, and the limit is one on its number. */
gboolean
fixture_take_descriptors (guint n_left)
{
  struct rlimit limit;
  int lowest = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &usual_limit), ==, 0);
  limit = usual_limit;
  limit.rlim_cur = (rlim_t) lowest + n_left;
  close (lowest);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  return TRUE;
}

void
fixture_give_descriptors (void)
{
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &usual_limit), ==, 0);
}
