/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTTP/1 on a client's connection: reads heads, runs one exchange after another, and sees to it
 * that the last answer arrives before the connection is closed. */

#pragma once

#include "net/client/session.h"

/** pl_http1_begin: HTTP/1 is spoken on @session from now on, beginning with what is in its input.
 * May close it. */
void pl_http1_begin (PlSession *session);
