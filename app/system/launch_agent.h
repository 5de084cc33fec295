/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What macOS starts at login is said to it by a property list, launchd.plist(5). Here is its text,
 * which needs no macOS. */

#pragma once

#include "app/system/login_start.h"

/** pl_launch_agent_dup_text: (transfer full): the property list that has @start started in the
 * user's own session, once, at each login. */
char *pl_launch_agent_dup_text (const PlLoginStart *start);
