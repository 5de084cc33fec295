/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of the settings file for who may come in; actions of the window speak the same. */

#pragma once

#include "net/proxy/proxy.h"

/** PL_EXPOSURE_COUNT: how many there are. */
#define PL_EXPOSURE_COUNT (PL_EXPOSURE_INTERNET + 1)

/** pl_exposure_names: by #PlExposure, %NULL-terminated: `computer`, `network`, `internet`. */
extern const char *const pl_exposure_names[PL_EXPOSURE_COUNT + 1];

/** pl_exposure_parse: %FALSE where @name is none of #pl_exposure_names; @exposure is then
 * untouched.
 */
gboolean pl_exposure_parse (const char *name, PlExposure *exposure);
