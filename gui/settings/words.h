/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the settings page says of the rows of the table of settings. */

#pragma once

#include "app/settings/table.h"

/**
 * PlSettingChoice: something that can be chosen.
 * @value: as in the settings file
 * @words: for people
 */
typedef struct
{
  char *value;
  char *words;
} PlSettingChoice;

/** pl_setting_words_get_topic_title: (transfer none): the heading of a section. */
const char *pl_setting_words_get_topic_title (PlSettingTopic topic);

/** pl_setting_words_dup_explanation: (transfer full): what it does, and what range it has. */
char *pl_setting_words_dup_explanation (const PlSetting *setting);

/** pl_setting_words_dup_choices: (transfer full) (element-type PlSettingChoice) (nullable): what it
 * can be, if it is to be chosen and not typed. */
GPtrArray *pl_setting_words_dup_choices (const PlSetting *setting);

/** pl_setting_choice_new: (transfer full): both are copied. */
PlSettingChoice *pl_setting_choice_new (const char *value, const char *words);
void pl_setting_choice_free (PlSettingChoice *choice);
