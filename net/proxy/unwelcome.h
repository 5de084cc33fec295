/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who was let in by one configuration and may not stay by the next. */

#pragma once

#include "net/client/sessions.h"
#include "net/proxy/config.h"

/** pl_sessions_end_unwelcome: ends what runs on @sessions whose device is turned away by @config,
 * or that would not be let through now, and those of them that may not connect. */
void pl_sessions_end_unwelcome (PlSessions *sessions, const PlConfig *config);
