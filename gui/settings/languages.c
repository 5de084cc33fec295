/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A language is there if its catalogue is. What it calls itself the C library does not know, so a
 * table does; one that is not in it appears by its code. */

#include "gui/settings/languages.h"

#include <string.h>

#include "app/i18n.h"
#include "gui/settings/words.h"

static const struct
{
  const char *code;
  const char *name;
} names[] = {
  { "ar", "العربية" },
  { "cs", "Čeština" },
  { "da", "Dansk" },
  { "de", "Deutsch" },
  { "el", "Ελληνικά" },
  { "es", "Español" },
  { "fa", "فارسی" },
  { "fi", "Suomi" },
  { "fr", "Français" },
  { "he", "עברית" },
  { "hu", "Magyar" },
  { "it", "Italiano" },
  { "ja", "日本語" },
  { "ko", "한국어" },
  { "nb", "Norsk bokmål" },
  { "nl", "Nederlands" },
  { "pl", "Polski" },
  { "pt", "Português" },
  { "pt_BR", "Português do Brasil" },
  { "ru", "Русский" },
  { "sv", "Svenska" },
  { "tr", "Türkçe" },
  { "uk", "Українська" },
  { "zh_CN", "简体中文" },
  { "zh_TW", "繁體中文" },
};

static const char *
get_name (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].code, code) == 0)
      return names[i].name;
  return code;
}

static gboolean
has_catalogue (const char *folder, const char *code)
{
  g_autofree char *path
      = g_build_filename (folder, code, "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  const PlSettingChoice *const *first = a, *const *second = b;
  return g_utf8_collate ((*first)->words, (*second)->words);
}

static void
add_catalogues (GPtrArray *list)
{
  const char *folder = bindtextdomain (GETTEXT_PACKAGE, NULL);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;

  if (dir == NULL)
    return;
  for (const char *code = g_dir_read_name (dir); code != NULL; code = g_dir_read_name (dir))
    if (has_catalogue (folder, code))
      g_ptr_array_add (list, pl_setting_choice_new (code, get_name (code)));
}

GPtrArray *
pl_languages_dup_choices (void)
{
  g_autoptr (GPtrArray) others
      = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_setting_choice_free);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_setting_choice_free);

  /* English is what the program is written in, and has no catalogue. */
  g_ptr_array_add (others, pl_setting_choice_new ("en", "English"));
  add_catalogues (others);
  g_ptr_array_sort (others, compare_words);

  g_ptr_array_add (list, pl_setting_choice_new ("", _ ("The system’s")));
  g_ptr_array_extend_and_steal (list, g_steal_pointer (&others));
  return list;
}
