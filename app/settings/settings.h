/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings as a person wrote them: porchlight.ini in memory, with its comments and with keys
 * this version does not know, so that saving loses nothing. What they mean for the engine is
 * composed by build.h. */

#pragma once

#include <gio/gio.h>

/** PL_SETTINGS_FILE_NAME: what the file is called, wherever it stands. */
#define PL_SETTINGS_FILE_NAME "porchlight.ini"

/** PL_SETTINGS_IMMICH: the address Immich has when nobody changed it. */
#define PL_SETTINGS_IMMICH "http://127.0.0.1:2283"

/** PL_SETTINGS_PING: what an Immich that is well answers (1.107 and later). */
#define PL_SETTINGS_PING "/api/server/ping"

typedef struct _PlSettings PlSettings;

/** pl_settings_new: (transfer full): what holds where there is no file: this computer only, port
 * 8080, everything to %PL_SETTINGS_IMMICH. */
PlSettings *pl_settings_new (void);

/**
 * pl_settings_new_from_data: (transfer full):
 * @name: how messages call it: `porchlight.ini`
 * @data: need not be terminated; a byte order mark is skipped
 *
 * Reads without judging values: that is for pl_settings_new_config().
 *
 * Returns: %NULL with @error, a message that begins with @name, when it is no settings file at all
 */
PlSettings *
pl_settings_new_from_data (const char *name, const char *data, gsize length, GError **error);

/** pl_settings_new_from_file: (transfer full): as pl_settings_new_from_data(); also %NULL with
 * %G_FILE_ERROR when @path cannot be read. */
PlSettings *pl_settings_new_from_file (const char *path, GError **error);

/** pl_settings_copy: (transfer full): with the comments and all that is not known. */
PlSettings *pl_settings_copy (const PlSettings *settings);

void pl_settings_free (PlSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlSettings, pl_settings_free)

/** pl_settings_get_name: (transfer none): how messages call it. */
const char *pl_settings_get_name (const PlSettings *settings);

/** pl_settings_dup_groups: (transfer full): the groups of the file that are of @kind (`upstream`),
 * or all for %NULL; in its order; free with g_strfreev(). */
char **pl_settings_dup_groups (const PlSettings *settings, const char *kind);

/** pl_settings_dup_keys: (transfer full): the keys that stand in @group, known or not; free with
 * g_strfreev(). */
char **pl_settings_dup_keys (const PlSettings *settings, const char *group);

/** pl_settings_has: whether the file has a value for it. */
gboolean pl_settings_has (const PlSettings *settings, const char *group, const char *key);

/**
 * pl_settings_dup_checked: (transfer full):
 *
 * What the file says, decoded and without spaces around it, if it may stand there.
 *
 * Returns: %NULL with @error, a full sentence (`porchlight.ini: [listen] port=99999 is not allowed:
 * …`), when it may not
 */
char *pl_settings_dup_checked (const PlSettings *settings,
                               const char *group,
                               const char *key,
                               GError **error);

/** pl_settings_dup_text: (transfer full): the value of a known setting; its initial one where the
 * file has none that is allowed, "" where there is none of that either. */
char *pl_settings_dup_text (const PlSettings *settings, const char *group, const char *key);

/** pl_settings_dup_list: (transfer full): the same as a list; free with g_strfreev(). */
char **pl_settings_dup_list (const PlSettings *settings, const char *group, const char *key);

/** pl_settings_get_number: the same as a number; 0 where it is a word, such as `auto`. */
guint pl_settings_get_number (const PlSettings *settings, const char *group, const char *key);

/** pl_settings_get_choice: the same as an index into the choices of its row, which is the value of
 * the engine's enumeration. */
guint pl_settings_get_choice (const PlSettings *settings, const char *group, const char *key);

/** pl_settings_get_switch: the same as yes or no. */
gboolean pl_settings_get_switch (const PlSettings *settings, const char *group, const char *key);

/**
 * pl_settings_set:
 * @group, @key: a known setting
 *
 * Returns: %FALSE with @error, as pl_setting_check(), when it cannot be @text; nothing is changed
 * then
 */
gboolean pl_settings_set (PlSettings *settings,
                          const char *group,
                          const char *key,
                          const char *text,
                          GError **error);

/** pl_settings_unset: takes the value out of the file, so that the initial one holds. */
void pl_settings_unset (PlSettings *settings, const char *group, const char *key);

/** pl_settings_remove_groups: takes all groups of @kind (`upstream`, `route`) out of the file. */
void pl_settings_remove_groups (PlSettings *settings, const char *kind);

/** pl_settings_dup_data: (transfer full): what to write, for pl_file_write(); free with g_free().
 */
char *pl_settings_dup_data (const PlSettings *settings, gsize *length);
