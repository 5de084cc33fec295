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

char *
pl_device_dup_words (const char *user_agent)
{
  const char *app = find_words (apps, G_N_ELEMENTS (apps), user_agent);
  const char *browser = find_words (browsers, G_N_ELEMENTS (browsers), user_agent);
  const char *system = find_words (systems, G_N_ELEMENTS (systems), user_agent);

  if (app != NULL)
    return g_strdup (_ (app));
  if (browser != NULL && system != NULL)
    /* Translators: a browser and what it runs on: "Firefox on Windows", "Safari on an iPhone" */
    return g_strdup_printf (_ ("%s on %s"), browser, _ (system));
  return browser != NULL ? g_strdup (browser) : dup_own_name (user_agent);
}

static void
release (gpointer words)
{
  g_ref_string_release (words);
}

char *
pl_device_share_words (const char *user_agent)
{
  static GHashTable *cache = NULL;
  if (cache == NULL)
    cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, release);

  char *shared = g_hash_table_lookup (cache, user_agent);
  if (shared == NULL)
    {
      g_autofree char *words = pl_device_dup_words (user_agent);
      if (g_hash_table_size (cache) >= MAX_CACHED)
        g_hash_table_remove_all (cache);
      shared = g_ref_string_new (words);
      g_hash_table_insert (cache, g_strdup (user_agent), shared);
    }
  return g_ref_string_acquire (shared);
}
