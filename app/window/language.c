/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gettext looks at LANGUAGE first, so that numbers and dates stay the system's. */

#include "app/window/language.h"

#include <locale.h>
#include <string.h>

#include "app/settings/location.h"
#include "app/settings/settings.h"

/* In the locale "C", which is what there is where nothing was set up, gettext translates nothing,
 * whatever LANGUAGE says. */
static void
leave_locale_c (void)
{
  if (strcmp (setlocale (LC_MESSAGES, NULL), "C") != 0)
    return;
  g_setenv ("LC_MESSAGES", "C.UTF-8", TRUE);
  setlocale (LC_ALL, "");
}

void
pl_language_use (const char *settings_path)
{
  g_autofree char *usual_path = pl_location_find ();
  g_autoptr (PlSettings) settings
      = pl_settings_new_from_file (settings_path != NULL ? settings_path : usual_path, NULL);
  g_autofree char *language
      = settings != NULL ? pl_settings_dup_text (settings, "window", "language") : NULL;

  if (language == NULL || *language == '\0')
    return;
  g_setenv ("LANGUAGE", language, TRUE);
  leave_locale_c ();
}
