/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The languages that the program speaks. */

#pragma once

#include <glib.h>

/** pl_languages_dup_choices: (transfer full) (element-type PlSettingChoice): the system's first,
 * then those there are translations for, each by its own name. */
GPtrArray *pl_languages_dup_choices (void);
