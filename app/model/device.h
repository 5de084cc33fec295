/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What kind of device asks, in words, from what it says of itself. */

#pragma once

#include <glib.h>

/**
 * pl_device_dup_words: (transfer full):
 * @user_agent: as in a record; may be empty
 *
 * `Immich app (Android)`, `Firefox on Windows`, `Safari on an iPhone`; for what is not known the
 * name it gives itself (`curl`); empty where it gives none. Anybody can claim to be anything: fit
 * for showing, not for deciding.
 */
char *pl_device_dup_words (const char *user_agent);

/**
 * pl_device_share_words: (transfer full):
 *
 * The same, out of a small cache: to be let go of by g_ref_string_release(). Main thread only.
 */
char *pl_device_share_words (const char *user_agent);
