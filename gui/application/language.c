/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gettext looks at LANGUAGE first, so that numbers and dates stay the system's. */

#include "gui/application/language.h"

#include <locale.h>
#include <string.h>

#include <glib.h>

#include "app/i18n.h"
#include "app/settings/location.h"

/* In the locale "C", which is what there is where nothing was set up, gettext translates nothing,
 * whatever LANGUAGE says. */
static void
leave_locale_c (void)
{
  setlocale (LC_ALL, "");
  if (strcmp (setlocale (LC_MESSAGES, NULL), "C") != 0)
    return;
  g_setenv ("LC_MESSAGES", "C.UTF-8", TRUE);
  setlocale (LC_ALL, "");
}

/* The key of its group, wherever it stands there. */
#define PATTERN "^\\[window\\](?:(?!^\\[).)*?^language\\h*=\\h*([\\w@.-]+)"

/* No GKeyFile: it makes errors even when all is well, and with the first message of one GLib
 * decides, once for all, whether this program is translated, and so whether GTK is. */
static char *
dup_chosen (const char *path)
{
  g_autoptr (GRegex) regex = g_regex_new (PATTERN, G_REGEX_MULTILINE | G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *text = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents (path, &text, NULL, NULL)
      || !g_utf8_validate (text, -1, NULL) || !g_regex_match (regex, text, 0, &match))
    return NULL;
  return g_match_info_fetch (match, 1);
}

void
pl_language_use (const char *settings_path)
{
  g_autofree char *usual_path = pl_location_dup_settings_path ();
  g_autofree char *language = dup_chosen (settings_path != NULL ? settings_path : usual_path);

  if (language == NULL)
    return;
  g_setenv ("LANGUAGE", language, TRUE);
  leave_locale_c ();
}
