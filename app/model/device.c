/* SPDX-License-Identifier: GPL-3.0-or-later */

/* User agents are read by two tables of marks, the first that is found counting: browsers name
 * those they imitate after themselves ("Edg" says Chrome and Safari too), so order is meaning. */

#include "app/model/device.h"

#include <string.h>

#include "app/i18n.h"

/* An unknown program's own name is cut here. */
#define NAME_CHARACTERS 24

/* A household has a handful; whoever makes up more must not fill the memory. */
#define MAX_CACHED 256

typedef struct
{
  const char *mark;
  const char *words;
} Mark;

static const Mark apps[] = {
  { "Immich_Android", N_ ("Immich app (Android)") },
  { "immich-android/", N_ ("Immich app (Android)") },
  { "Immich_iOS", N_ ("Immich app (iOS)") },
  { "immich-ios/", N_ ("Immich app (iOS)") },
  { "Immich_", N_ ("Immich app") },
  { "Dart/", N_ ("Immich app") }, /* early versions of the app did not name themselves */
};

static const Mark browsers[] = {
  { "Edg/", "Edge" },
  { "EdgA/", "Edge" },
  { "EdgiOS/", "Edge" },
  { "OPR/", "Opera" },
  { "SamsungBrowser/", "Samsung Internet" },
  { "Vivaldi/", "Vivaldi" },
  { "FxiOS/", "Firefox" },
  { "Firefox/", "Firefox" },
  { "CriOS/", "Chrome" },
  { "Chromium/", "Chromium" },
  { "Chrome/", "Chrome" },
  { "Epiphany/", "GNOME Web" },
  { "Safari/", "Safari" },
};

static const Mark systems[] = {
  { "iPhone", N_ ("an iPhone") }, { "iPad", N_ ("an iPad") },  { "Android", N_ ("Android") },
  { "Windows", N_ ("Windows") },  { "CrOS", N_ ("ChromeOS") }, { "Macintosh", N_ ("a Mac") },
  { "Linux", N_ ("Linux") },
};

static const char *
find_words (const Mark *marks, guint n_marks, const char *user_agent)
{
  for (guint i = 0; i < n_marks; i++)
    if (strstr (user_agent, marks[i].mark) != NULL)
      return marks[i].words;
  return NULL;
}

/* `curl` of `curl/7.88.1 (x86_64)` */
static char *
dup_own_name (const char *user_agent)
{
  return g_strndup (user_agent, MIN (strcspn (user_agent, "/ (;"), NAME_CHARACTERS));
}

static char *
dup_program (const char *user_agent)
{
  const char *app = find_words (apps, G_N_ELEMENTS (apps), user_agent);
  const char *browser = find_words (browsers, G_N_ELEMENTS (browsers), user_agent);
  const char *system = find_words (systems, G_N_ELEMENTS (systems), user_agent);

  if (app != NULL)
    return g_strdup (app);
  if (browser != NULL && system != NULL)
    return g_strconcat (browser, ";", system, NULL);
  return browser != NULL ? g_strdup (browser) : dup_own_name (user_agent);
}

static gboolean
is_among (const Mark *marks, guint n_marks, const char *words, gsize length)
{
  for (guint i = 0; i < n_marks; i++)
    if (strlen (marks[i].words) == length && memcmp (marks[i].words, words, length) == 0)
      return TRUE;
  return FALSE;
}

PlProgramKind
pl_program_get_kind (const char *program)
{
  gsize length = strcspn (program, ";");

  if (is_among (apps, G_N_ELEMENTS (apps), program, length))
    return PL_PROGRAM_APP;
  if (is_among (browsers, G_N_ELEMENTS (browsers), program, length))
    return PL_PROGRAM_BROWSER;
  return PL_PROGRAM_OTHER;
}

/* The name that a stranger gave itself is no text of ours, which could be translated. */
char *
pl_program_dup_words (const char *program)
{
  g_auto (GStrv) parts = g_strsplit (program, ";", 2);

  switch (pl_program_get_kind (program))
    {
    case PL_PROGRAM_APP:
      return g_strdup (_ (program));
    case PL_PROGRAM_BROWSER:
      if (parts[1] == NULL || *parts[1] == '\0')
        return g_strdup (program);
      /* Translators: a browser and what it runs on: "Firefox on Windows", "Safari on an iPhone" */
      return g_strdup_printf (_ ("%s on %s"), parts[0], _ (parts[1]));
    case PL_PROGRAM_OTHER:
      return g_strdup (program);
    }
  g_return_val_if_reached (NULL);
}

char *
pl_device_dup_words (const char *user_agent)
{
  g_autofree char *program = dup_program (user_agent);
  return pl_program_dup_words (program);
}

/* Told: what was made of a user agent; both are shared. */
typedef struct
{
  char *program;
  char *words;
} Told;

static void
told_free (gpointer data)
{
  Told *told = data;

  g_ref_string_release (told->program);
  g_ref_string_release (told->words);
  g_free (told);
}

static const Told *
look_up (const char *user_agent)
{
  static GHashTable *cache = NULL;
  if (cache == NULL)
    cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, told_free);

  Told *told = g_hash_table_lookup (cache, user_agent);
  if (told == NULL)
    {
      g_autofree char *program = dup_program (user_agent);
      g_autofree char *words = pl_program_dup_words (program);
      if (g_hash_table_size (cache) >= MAX_CACHED)
        g_hash_table_remove_all (cache);
      told = g_new (Told, 1);
      *told = (Told){ g_ref_string_new (program), g_ref_string_new (words) };
      g_hash_table_insert (cache, g_strdup (user_agent), told);
    }
  return told;
}

char *
pl_device_share_words (const char *user_agent)
{
  return g_ref_string_acquire (look_up (user_agent)->words);
}

char *
pl_device_share_program (const char *user_agent)
{
  return g_ref_string_acquire (look_up (user_agent)->program);
}
