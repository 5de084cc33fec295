/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Maintenance mode, as Immich has it from 2.5 on: the API is gone but for a few questions, and
 * every page leads to the one that says so. */

#pragma once

#include "app/demo/site.h"

/** pl_maintenance_answer: answers @message, for @path, as an Immich in maintenance mode does. */
void pl_maintenance_answer (SoupServerMessage *message, const char *path);
