/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings in force and the file they are kept in: read at the start and whenever somebody else
 * changes it, written when they change, and restored from a copy of the last ones that worked. A
 * file that cannot be used is never written over: a person has to look at it, or to ask for that
 * copy. What settings mean is for the owner to say. */

#pragma once

#include "app/settings/settings.h"

/**
 * PlKeptState: of the file.
 * @PL_KEPT_UNREAD: nobody has looked yet
 * @PL_KEPT_FIRST: there was none at the start: the initial settings hold, until
 *   pl_settings_keeper_confirm() or somebody else makes one
 * @PL_KEPT_USABLE: what it says holds
 * @PL_KEPT_BROKEN: it cannot be used; what held before still does
 */
typedef enum
{
  PL_KEPT_UNREAD,
  PL_KEPT_FIRST,
  PL_KEPT_USABLE,
  PL_KEPT_BROKEN,
} PlKeptState;

/**
 * PlSettingsKeeperFuncs: what the owner does.
 * @use: puts @settings, borrowed, to use, which hold from then on (pl_settings_keeper_take()); or
 *   %FALSE with @error, for people, and nothing is changed
 * @broken: the file cannot be used because of @error; it can again when @use is called
 * @saved: the file was written; or, with @error, was not
 */
typedef struct
{
  gboolean (*use) (const PlSettings *settings, GError **error, gpointer user_data);
  void (*broken) (const GError *error, gpointer user_data);
  void (*saved) (const GError *error, gpointer user_data);
} PlSettingsKeeperFuncs;

typedef struct _PlSettingsKeeper PlSettingsKeeper;

/** pl_settings_keeper_new: (transfer full): the initial settings, and nothing read. @path: (type
 * filename); @funcs is borrowed for the keeper's life. */
PlSettingsKeeper *
pl_settings_keeper_new (const char *path, const PlSettingsKeeperFuncs *funcs, gpointer user_data);

/** pl_settings_keeper_free: waits until what was saved is on the disk; calls nobody any more. */
void pl_settings_keeper_free (PlSettingsKeeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlSettingsKeeper, pl_settings_keeper_free)

/**
 * pl_settings_keeper_override:
 * @group, @key: a known setting
 * @text: a value it may have
 *
 * Has @text hold whatever the file says, and not be written to it: for this run alone, or until the
 * setting is changed. Counts from the next reading on.
 */
void pl_settings_keeper_override (PlSettingsKeeper *keeper,
                                  const char *group,
                                  const char *key,
                                  const char *text);

/** pl_settings_keeper_load: reads the file for the first time, which calls @use or @broken, and
 * from then on whenever it changes. Where there is none @use is called with the initial settings.
 */
void pl_settings_keeper_load (PlSettingsKeeper *keeper);

/** pl_settings_keeper_stop: the file may change as it likes. */
void pl_settings_keeper_stop (PlSettingsKeeper *keeper);

PlKeptState pl_settings_keeper_get_state (const PlSettingsKeeper *keeper);

/** pl_settings_keeper_get_path: (transfer none) (type filename). */
const char *pl_settings_keeper_get_path (const PlSettingsKeeper *keeper);

/** pl_settings_keeper_get: (transfer none): the settings in force, until the next change. */
const PlSettings *pl_settings_keeper_get (const PlSettingsKeeper *keeper);

/** pl_settings_keeper_take: @settings: (transfer full): hold from now on. */
void pl_settings_keeper_take (PlSettingsKeeper *keeper, PlSettings *settings);

/** pl_settings_keeper_save: has the settings in force written, in the background. */
void pl_settings_keeper_save (PlSettingsKeeper *keeper);

/** pl_settings_keeper_confirm: has them written even if nothing was changed: the first start is
 * over. */
void pl_settings_keeper_confirm (PlSettingsKeeper *keeper);

/** pl_settings_keeper_flush: waits until all is on the disk. */
void pl_settings_keeper_flush (PlSettingsKeeper *keeper);

/** pl_settings_keeper_can_restore: whether there are settings that worked before. */
gboolean pl_settings_keeper_can_restore (const PlSettingsKeeper *keeper);

/** pl_settings_keeper_restore: uses and saves those; the file as it is now is kept beside, for
 * whoever wrote it. Calls @use or @broken. */
void pl_settings_keeper_restore (PlSettingsKeeper *keeper);
