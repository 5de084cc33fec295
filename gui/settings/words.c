/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a setting is called stands in its row of the table; here is what the page makes of it. */

#include "gui/settings/words.h"

#include <string.h>

#include "app/i18n.h"
#include "app/model/words.h"
#include "gui/settings/languages.h"

static const char *const topic_titles[PL_TOPIC_COUNT] = {
  [PL_TOPIC_DOOR] = N_ ("The door"),        [PL_TOPIC_ENCRYPTION] = N_ ("Encryption"),
  [PL_TOPIC_IMMICH] = N_ ("Immich"),        [PL_TOPIC_LOG] = N_ ("Log"),
  [PL_TOPIC_PROGRAM] = N_ ("This program"), [PL_TOPIC_NOTIFICATIONS] = N_ ("Tell me when"),
};

const char *
pl_setting_words_get_topic_title (PlSettingTopic topic)
{
  return _ (topic_titles[topic]);
}

char *
pl_setting_words_dup_explanation (const PlSetting *setting)
{
  const char *explanation = _ (setting->explanation);
  g_autofree char *least = NULL, *most = NULL;

  if (setting->kind != PL_SETTING_NUMBER)
    return g_strdup (explanation);
  if (setting->unit == NULL)
    /* Translators: what a setting does, and the least and the greatest value it can have. */
    return g_strdup_printf (_ ("%s %d to %d."), explanation, setting->minimum, setting->maximum);
  least = pl_words_dup_number ((guint64) setting->minimum);
  most = pl_words_dup_number ((guint64) setting->maximum);
  /* Translators: the same, and what is counted: "How often that is asked. 1 to 3,600 seconds." */
  return g_strdup_printf (_ ("%s %s to %s %s."), explanation, least, most, _ (setting->unit));
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
    g_ptr_array_add (list,
                     pl_setting_choice_new (setting->choices[i], _ (setting->choice_titles[i])));
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
