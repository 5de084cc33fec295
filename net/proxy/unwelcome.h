/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who was let in by one configuration and may not stay by the next. */

#pragma once

#include "net/client/sessions.h"
#include "net/proxy/config.h"

/** pl_sessions_end_unwelcome: ends, among @sessions, those whose device is turned away by @config,
 * that may not connect, or on which something runs that would not be let through now. */
void pl_sessions_end_unwelcome (PlSessions *sessions, const PlConfig *config);
