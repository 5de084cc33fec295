/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/platform.h"

const PlPlatform *const pl_platforms[] = { &pl_platform_afd, &pl_platform_generic, NULL };
