/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the program's settings come from: the file, under the command line. Read at the start,
 * and again whenever asked. */

#pragma once

#include "app/daemon/options.h"
#include "app/settings/build.h"

typedef struct _PlSource PlSource;

/** pl_source_new: (transfer full): @options is borrowed, and without problems. */
PlSource *pl_source_new (const PlOptions *options);
void pl_source_free (PlSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlSource, pl_source_free)

/** pl_source_start_demo: brings a small Immich along, which is the only upstream from now on, until
 * @source is freed. %FALSE with @error, for people. */
gboolean pl_source_start_demo (PlSource *source, GError **error);

/** pl_source_get_path: (transfer none) (type filename): the settings file, be it there or not. */
const char *pl_source_get_path (const PlSource *source);

/** pl_source_has_file: whether there is a file, or one was asked for. */
gboolean pl_source_has_file (const PlSource *source);

/**
 * pl_source_read: (transfer full):
 * @config: (out) (transfer full): for the engine
 * @problems: all that is wrong is added
 *
 * Without a file, unless one was asked for or read before, what holds is pl_settings_new().
 *
 * Returns: the settings, or %NULL when @problems has errors; @config is then untouched
 */
PlSettings *pl_source_read (PlSource *source, PlConfig **config, PlProblems *problems);
