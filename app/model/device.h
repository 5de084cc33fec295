/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What kind of device asks, from what it says of itself: a program, and often what that runs on.
 * Anybody can claim to be anything: fit for showing, not for deciding. */

#pragma once

#include <glib.h>

/** PlProgramKind: the most telling first: a device is called after such a program of its own. */
typedef enum
{
  PL_PROGRAM_APP,     /* of Immich */
  PL_PROGRAM_BROWSER, /* a browser */
  PL_PROGRAM_OTHER,   /* what is not known by name */
} PlProgramKind;

/**
 * pl_device_dup_words: (transfer full):
 * @user_agent: as in a record; may be empty
 *
 * `Immich app (Android)`, `Firefox on Windows`, `Safari on an iPhone`; for what is not known the
 * name it gives itself (`curl`); empty where it gives none.
 */
char *pl_device_dup_words (const char *user_agent);

/**
 * pl_device_share_words: (transfer full):
 *
 * The same, out of a small cache: to be let go of by g_ref_string_release(). Main thread only.
 */
char *pl_device_share_words (const char *user_agent);

/**
 * pl_device_share_program: (transfer full):
 *
 * What pl_device_dup_words() says, in no language, to be kept in a file: `Firefox;Windows`; empty
 * where nothing is said. Out of the same cache.
 */
char *pl_device_share_program (const char *user_agent);

/** pl_program_dup_words: (transfer full): @program: as pl_device_share_program() has it. */
char *pl_program_dup_words (const char *program);

/** pl_program_get_kind: @program: as pl_device_share_program() has it. */
PlProgramKind pl_program_get_kind (const char *program);
