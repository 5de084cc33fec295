/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words as data, beside the table of settings, which knows nothing of windows. */

#include "gui/settings/words.h"

#include <string.h>

#include "app/i18n.h"
#include "gui/settings/languages.h"

typedef struct
{
  const char *group;
  const char *key;
  const char *title;
  PlSettingPlace place;
  gboolean is_advanced;
  const char *explanation; /* nullable: that of the table, which a reader of the file sees too */
} Row;

/* A table is read by its columns. */
/* clang-format off */
static const Row rows[] = {
  { "listen", "exposure", N_ ("_Who may come in"), PL_PLACE_DOOR, FALSE,
    N_ ("My network: devices in your home. The internet: anyone who finds the address.") },
  { "listen", "port", N_ ("_Port"), PL_PLACE_DOOR, FALSE },
  { "listen", "bind", N_ ("Addresses to listen on"), PL_PLACE_DOOR, TRUE },
  { "listen", "workers", N_ ("Processors to use"), PL_PLACE_DOOR, TRUE },
  { "forwarding", "trusted-proxies", N_ ("Trusted proxies"), PL_PLACE_DOOR, TRUE },
  { "tls", "mode", N_ ("Encryption"), PL_PLACE_DOOR, TRUE },

  { "upstream", "urls", N_ ("_Address of Immich"), PL_PLACE_IMMICH, FALSE },
  { "upstream", "balance", N_ ("With several addresses"), PL_PLACE_IMMICH, TRUE },
  { "upstream", "health-path", N_ ("What is asked to see if it is well"), PL_PLACE_IMMICH, TRUE },
  { "upstream", "health-interval-s", N_ ("Time between these questions"), PL_PLACE_IMMICH, TRUE },
  { "upstream", "connect-timeout-s", N_ ("Patience for a connection"), PL_PLACE_IMMICH, TRUE },
  { "upstream", "response-timeout-s", N_ ("Patience for an answer"), PL_PLACE_IMMICH, TRUE },
  { "route", "path", N_ ("Route: path"), PL_PLACE_IMMICH, TRUE },
  { "route", "host", N_ ("Route: host name"), PL_PLACE_IMMICH, TRUE },
  { "route", "strip-prefix", N_ ("Route: take the path off"), PL_PLACE_IMMICH, TRUE },
  { "route", "upstream", N_ ("Route: goes to"), PL_PLACE_IMMICH, TRUE },

  { "log", "keep", N_ ("_Requests to remember"), PL_PLACE_LOG, FALSE },
  { "log", "access-log", N_ ("Access log"), PL_PLACE_LOG, TRUE },
  { "log", "format", N_ ("Format of the access log"), PL_PLACE_LOG, TRUE },

  { "window", "start-at-login", N_ ("_Start at login"), PL_PLACE_PROGRAM, FALSE },
  { "window", "start-hidden", N_ ("Start _hidden"), PL_PLACE_PROGRAM, FALSE },
  { "window", "keep-awake", N_ ("_Keep the computer awake"), PL_PLACE_PROGRAM, FALSE },
  { "window", "language", N_ ("_Language"), PL_PLACE_PROGRAM, FALSE,
    N_ ("The language of this program, from its next start on.") },
  { "window", "demo", N_ ("D_emo"), PL_PLACE_IMMICH, TRUE },

  { "window", "notify-immich", N_ ("_Immich is down or back"), PL_PLACE_NOTIFICATIONS, FALSE },
  { "window", "notify-device", N_ ("A _new device came in"), PL_PLACE_NOTIFICATIONS, FALSE },
  { "window", "notify-trouble", N_ ("So_mething is wrong"), PL_PLACE_NOTIFICATIONS, FALSE },
};
/* clang-format on */

static const char *const place_titles[PL_PLACE_COUNT] = {
  [PL_PLACE_DOOR] = N_ ("The door"),
  [PL_PLACE_IMMICH] = N_ ("Immich"),
  [PL_PLACE_LOG] = N_ ("Log"),
  [PL_PLACE_PROGRAM] = N_ ("This program"),
  [PL_PLACE_NOTIFICATIONS] = N_ ("Tell me when"),
};

/* Choices, by the values in the file. */
static const struct
{
  const char *value;
  const char *words;
} choices[] = {
  { "computer", N_ ("This computer") },
  { "network", N_ ("My network") },
  { "internet", N_ ("The internet") },
  { "round-robin", N_ ("Each in turn") },
  { "least-used", N_ ("The least busy one") },
  { "first", N_ ("The first that answers") },
  { "off", N_ ("Off") },
  { "local", N_ ("Own certificate") },
  { "files", N_ ("Certificate from files") },
  { "acme", N_ ("Certificate from the internet (ACME)") },
  { "combined", N_ ("Combined, as web servers write it") },
  { "json", N_ ("JSON, a line each") },
};

static const Row *
find_row (const PlSetting *setting)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].group, setting->group) == 0 && strcmp (rows[i].key, setting->key) == 0)
      return &rows[i];
  return NULL;
}

const char *
pl_setting_words_get_place_title (PlSettingPlace place)
{
  return _ (place_titles[place]);
}

PlSettingPlace
pl_setting_words_get_place (const PlSetting *setting)
{
  const Row *row = find_row (setting);
  return row != NULL ? row->place : PL_PLACE_PROGRAM;
}

gboolean
pl_setting_words_is_advanced (const PlSetting *setting)
{
  const Row *row = find_row (setting);
  return row == NULL || row->is_advanced;
}

const char *
pl_setting_words_get_title (const PlSetting *setting)
{
  const Row *row = find_row (setting);
  return row != NULL ? _ (row->title) : setting->key;
}

static const char *
get_explanation (const PlSetting *setting)
{
  const Row *row = find_row (setting);
  return row != NULL && row->explanation != NULL ? _ (row->explanation) : _ (setting->explanation);
}

char *
pl_setting_words_dup_explanation (const PlSetting *setting)
{
  const char *explanation = get_explanation (setting);

  if (setting->kind != PL_SETTING_NUMBER)
    return g_strdup (explanation);
  if (setting->unit == NULL)
    /* Translators: what a setting does, and the least and the greatest value it can have. */
    return g_strdup_printf (_ ("%s %d to %d."), explanation, setting->minimum, setting->maximum);
  /* Translators: the same, and what is counted: "How often that is asked. 1 to 3,600 seconds." */
  return g_strdup_printf (_ ("%s %'d to %'d %s."), explanation, setting->minimum, setting->maximum,
                          _ (setting->unit));
}

static const char *
get_choice_words (const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (strcmp (choices[i].value, value) == 0)
      return _ (choices[i].words);
  return value;
}

GPtrArray *
pl_setting_words_dup_choices (const PlSetting *setting)
{
  if (strcmp (setting->group, "window") == 0 && strcmp (setting->key, "language") == 0)
    return pl_languages_dup_choices ();
  if (setting->kind != PL_SETTING_CHOICE)
    return NULL;

  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_setting_choice_free);
  for (guint i = 0; setting->choices[i] != NULL; i++)
    g_ptr_array_add (
        list, pl_setting_choice_new (setting->choices[i], get_choice_words (setting->choices[i])));
  return list;
}

PlSettingChoice *
pl_setting_choice_new (const char *value, const char *words)
{
  PlSettingChoice *choice = g_new0 (PlSettingChoice, 1);

  choice->value = g_strdup (value);
  choice->words = g_strdup (words);
  return choice;
}

void
pl_setting_choice_free (PlSettingChoice *choice)
{
  g_free (choice->value);
  g_free (choice->words);
  g_free (choice);
}
