/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every setting there is: the one table that reading, checking, messages and the settings page
 * are driven by. To add a setting, add a row in table.c. */

#pragma once

#include <glib.h>

/**
 * PlSettingKind:
 * @PL_SETTING_NUMBER: a whole number between the row's minimum and maximum, or one of its choices
 * @PL_SETTING_CHOICE: one of the row's choices
 * @PL_SETTING_SWITCH: `true` or `false`
 * @PL_SETTING_TEXT: any text
 * @PL_SETTING_URLS: one or more addresses, see pl_immich_address_read()
 * @PL_SETTING_ADDRESSES: literal addresses, or none
 * @PL_SETTING_NETWORKS: networks in CIDR form, or none
 * @PL_SETTING_PATH: a path that requests are matched with
 * @PL_SETTING_HOST: a host name, or nothing
 * @PL_SETTING_LABEL: one part of a name, as in `[listen] local-name`, or nothing
 * @PL_SETTING_REQUEST: a path that is asked for, or nothing
 * @PL_SETTING_NAMES: names of one's own, see pl_public_name_read(), or none
 * @PL_SETTING_DIRECTORY: a certificate authority: one of the row's choices, or an https address
 * @PL_SETTING_OPERATIONS: requests of guests, see pl_door_also(), or none
 *
 * Those in the plural are lists with `;` between.
 */
typedef enum
{
  PL_SETTING_NUMBER,
  PL_SETTING_CHOICE,
  PL_SETTING_SWITCH,
  PL_SETTING_TEXT,
  PL_SETTING_URLS,
  PL_SETTING_ADDRESSES,
  PL_SETTING_NETWORKS,
  PL_SETTING_PATH,
  PL_SETTING_HOST,
  PL_SETTING_LABEL,
  PL_SETTING_REQUEST,
  PL_SETTING_NAMES,
  PL_SETTING_DIRECTORY,
  PL_SETTING_OPERATIONS,
} PlSettingKind;

/** PlSettingTopic: what a setting is about: the sections of the settings page, from above. */
typedef enum
{
  PL_TOPIC_DOOR,
  PL_TOPIC_ENCRYPTION,
  PL_TOPIC_IMMICH,
  PL_TOPIC_LOG,
  PL_TOPIC_PROGRAM,
  PL_TOPIC_NOTIFICATIONS,
  PL_TOPIC_COUNT
} PlSettingTopic;

/**
 * PlSetting: a row of the table.
 * @group: `listen`, or `upstream` for every `[upstream NAME]`
 * @key: as in the file
 * @kind: what a value looks like
 * @initial: (nullable): the value where the file has none; %NULL: the file must have one
 * @minimum, @maximum: of a number
 * @choices: (nullable): the words allowed, %NULL-terminated
 * @choice_titles: (nullable): of a choice: what the window calls them, in the order of @choices; in
 *   English, to be translated
 * @unit: (nullable): of a number, in English, to be translated
 * @title: what the window calls it, perhaps with a mnemonic; in English, to be translated
 * @topic: where the window shows it
 * @is_advanced: whether the window shows it only when asked for
 * @explanation: one sentence for people, in English, to be translated
 */
typedef struct
{
  const char *group;
  const char *key;
  PlSettingKind kind;
  const char *initial;
  int minimum;
  int maximum;
  const char *const *choices;
  const char *const *choice_titles;
  const char *unit;
  const char *title;
  PlSettingTopic topic;
  gboolean is_advanced;
  const char *explanation;
} PlSetting;

/** pl_setting_table: (transfer none): all rows; those of a group stand together. */
const PlSetting *pl_setting_table (guint *n_settings);

/**
 * pl_setting_find: (transfer none) (nullable):
 * @group: as it stands in a file: `listen`, `upstream immich`
 *
 * Returns: the row, or %NULL when there is no such setting
 */
const PlSetting *pl_setting_find (const char *group, const char *key);

/** pl_setting_group_is_known: whether @group, as it stands in a file, is one of ours. */
gboolean pl_setting_group_is_known (const char *group);

/** pl_setting_group_needs_name: whether @group is `upstream` or `route` without the name that
 * belongs to it. */
gboolean pl_setting_group_needs_name (const char *group);

/** pl_setting_get_group_name: (transfer none): the name in a group's: `immich` of `upstream
 * immich`; empty where there is none. */
const char *pl_setting_get_group_name (const char *group);

/** pl_setting_dup_known_keys: (transfer full): the keys of @group as a list for people. */
char *pl_setting_dup_known_keys (const char *group);

/** pl_setting_dup_known_groups: (transfer full): the groups there are as a list for people. */
char *pl_setting_dup_known_groups (void);
