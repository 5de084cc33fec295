/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An address as people type it, made into ones that can be asked. */

#pragma once

#include <glib.h>

/**
 * PlTyped:
 * @host: without brackets
 * @urls: what it may mean, the likeliest first: `http://host:port`
 */
typedef struct
{
  char *host;
  char **urls;
} PlTyped;

void pl_typed_free (PlTyped *typed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlTyped, pl_typed_free)

/**
 * pl_typed_new: (transfer full):
 * @text: `192.168.1.20`, `nas:2283`, `http://nas:2283/photos`; spaces around it do not count
 *
 * Without a port it is that of Immich, or else that of the web. A path is let go of, since Immich
 * has none.
 *
 * Returns: %NULL with @error (%G_IO_ERROR_INVALID_ARGUMENT), whose message is a sentence for people
 */
PlTyped *pl_typed_new (const char *text, GError **error);
