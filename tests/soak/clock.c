/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A library to preload: the wall clock of a program, moved by as many seconds as the file that
 * SOAK_CLOCK names says. The steady clock is left alone, as it is when somebody sets a computer's
 * time. */

#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *offset_s;

__attribute__ ((constructor)) static void
open_offset (void)
{
  const char *path = getenv ("SOAK_CLOCK");
  int fd = path ? open (path, O_RDONLY | O_CLOEXEC) : -1;

  if (fd < 0)
    return;

  void *map = mmap (NULL, sizeof *offset_s, PROT_READ, MAP_SHARED, fd, 0);
  offset_s = map == MAP_FAILED ? NULL : map;
  close (fd);
}

/* Looked up when it is first needed: other libraries are made before this one. */
static int
ask_system (clockid_t id, struct timespec *now)
{
  static int (*real) (clockid_t, struct timespec *);

  if (!real)
    real = (int (*) (clockid_t, struct timespec *)) dlsym (RTLD_NEXT, "clock_gettime");
  return real (id, now);
}

int
clock_gettime (clockid_t id, struct timespec *now)
{
  int result = ask_system (id, now);

  if (offset_s && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
    now->tv_sec += *offset_s;
  return result;
}

int
gettimeofday (struct timeval *restrict now, void *restrict zone)
{
  struct timespec precise;

  (void) zone;
  clock_gettime (CLOCK_REALTIME, &precise);
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

time_t
time (time_t *result)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (result)
    *result = now.tv_sec;
  return now.tv_sec;
}
