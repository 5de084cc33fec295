/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GLib's g_printerr() turns UTF-8 into what the terminal's locale has. */

#include "app/daemon/say.h"

void
pl_say (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_printerr ("porchlightd: %s\n", text);
}

void
pl_say_problems (const PlProblems *problems)
{
  for (guint i = 0; i < pl_problems_get_n (problems); i++)
    pl_say ("%s", pl_problems_get (problems, i)->text);
}
