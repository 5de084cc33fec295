/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a program arranges with its system before it starts. */

#include "app/system/process.h"

#include <fcntl.h>
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

/* The next descriptor is always the lowest that is free: where a stream is missing, what is opened
 * first takes its number, and gets to hear what was meant for the terminal. */
static void
open_missing_streams (void)
{
  int descriptor;

  do
    descriptor = open ("/dev/null", O_RDWR);
  while (descriptor >= 0 && descriptor <= STDERR_FILENO);
  if (descriptor > STDERR_FILENO)
    close (descriptor);
}

void
pl_process_prepare (void)
{
  open_missing_streams ();
  signal (SIGPIPE, SIG_IGN);
  raise_descriptor_limit ();
}

/* A desktop keeps what its programs say in its journal, or in a file. */
void
pl_process_show_words (void)
{
}

const char *
pl_process_get_superuser (void)
{
  return geteuid () == 0 ? "root" : NULL;
}

void
pl_process_replace (const char *path, const char *const *arguments, char **environment)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  g_ptr_array_add (all, (gpointer) path);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer) arguments[i]);
  g_ptr_array_add (all, NULL);
  execve (path, (char **) all->pdata, environment);
}

char **
pl_process_dup_arguments (char **argv)
{
  return g_strdupv (argv);
}
