/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the settings page calls the rows of the table of settings, and where it shows them. A
 * setting without words here appears under its key, so that none can be forgotten. */

#pragma once

#include "app/settings/table.h"

/** PlSettingPlace: the sections of the page, from above. */
typedef enum
{
  PL_PLACE_DOOR,
  PL_PLACE_IMMICH,
  PL_PLACE_LOG,
  PL_PLACE_PROGRAM,
  PL_PLACE_NOTIFICATIONS,
  PL_PLACE_COUNT
} PlSettingPlace;

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

/** pl_setting_words_get_place_title: (transfer none): the heading of a section. */
const char *pl_setting_words_get_place_title (PlSettingPlace place);

/** pl_setting_words_get_place: where a setting is shown. */
PlSettingPlace pl_setting_words_get_place (const PlSetting *setting);

/** pl_setting_words_is_advanced: whether it is shown only when asked for. */
gboolean pl_setting_words_is_advanced (const PlSetting *setting);

/** pl_setting_words_get_title: (transfer none): what it is called, with a mnemonic. */
const char *pl_setting_words_get_title (const PlSetting *setting);

/** pl_setting_words_dup_explanation: (transfer full): what it does, and what range it has. */
char *pl_setting_words_dup_explanation (const PlSetting *setting);

/** pl_setting_words_dup_choices: (transfer full) (element-type PlSettingChoice) (nullable): what it
 * can be, if it is to be chosen and not typed. */
GPtrArray *pl_setting_words_dup_choices (const PlSetting *setting);

/** pl_setting_choice_new: (transfer full): both are copied. */
PlSettingChoice *pl_setting_choice_new (const char *value, const char *words);
void pl_setting_choice_free (PlSettingChoice *choice);
