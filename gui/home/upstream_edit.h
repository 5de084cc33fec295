/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of addresses that Immich has, changed by one. */

#pragma once

#include "app/engine/engine.h"

/**
 * pl_upstream_edit_dup_urls: (transfer full):
 * @upstream: its name in the settings: `immich`
 *
 * Returns: free with g_strfreev()
 */
char **pl_upstream_edit_dup_urls (PlEngine *engine, const char *upstream);

/** pl_upstream_edit_add: @text: as people type it, see pl_immich_address_read(); put at the end.
 * Errors as there, or as pl_engine_set_setting(). */
gboolean
pl_upstream_edit_add (PlEngine *engine, const char *upstream, const char *text, GError **error);

/** pl_upstream_edit_remove: the one at @position, which must not be the last there is. */
gboolean
pl_upstream_edit_remove (PlEngine *engine, const char *upstream, guint position, GError **error);

/** pl_upstream_edit_swap: the one at @position with the one after it. */
gboolean
pl_upstream_edit_swap (PlEngine *engine, const char *upstream, guint position, GError **error);
