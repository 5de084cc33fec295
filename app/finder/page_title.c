/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Not a reader of HTML: a title with references (`&amp;`) is not decoded but left out, since all
 * it is for is recognition. */

#include "app/finder/page_title.h"

#include <string.h>

#define MAX_CHARACTERS 40

static GRegex *
get_pattern (void)
{
  static GRegex *pattern;

  if (pattern == NULL)
    pattern = g_regex_new ("<title[^>]*>([^<&]+)</title>", G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0,
                           NULL);
  return pattern;
}

static char *
dup_shortened (const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_CHARACTERS)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, MAX_CHARACTERS - 1);
  return g_strconcat (start, "…", NULL);
}

static void
replace_controls (char *text)
{
  for (char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
}

char *
pl_page_title_dup (const char *html)
{
  g_autofree char *valid = g_utf8_make_valid (html, -1);
  g_autoptr (GMatchInfo) match = NULL;

  if (!g_regex_match (get_pattern (), valid, 0, &match))
    return NULL;

  g_autofree char *title = g_match_info_fetch (match, 1);
  replace_controls (title);
  return *g_strstrip (title) != '\0' ? dup_shortened (title) : NULL;
}
