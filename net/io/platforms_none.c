/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A system that no platform was written for has what all have. */

#include "net/io/platform.h"

const PlPlatform *const pl_platforms[] = { &pl_platform_generic, NULL };
