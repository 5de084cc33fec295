/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a status means to somebody who never read an RFC. */

#pragma once

#include <glib.h>

/**
 * pl_status_words: (transfer none):
 * @status: 0: none was sent
 * @method, @target: of the request, since Immich's login says "wrong password" by a 401
 *
 * Returns: in the user's language; never empty
 */
const char *pl_status_words (guint status, const char *method, const char *target);

/** pl_status_words_of_immich: (transfer none) (nullable): what @status means where Immich itself
 * sent it and this program did not, if that is something else. */
const char *pl_status_words_of_immich (guint status);

/** pl_status_get_phrase: (transfer none): the standard's own word (`Not Found`), in English, as
 * files for programs want it; empty where there is none. */
const char *pl_status_get_phrase (guint status);
