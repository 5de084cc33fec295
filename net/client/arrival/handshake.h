/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client that encrypts: both sides agree on how, and on what is then spoken. */

#pragma once

#include "net/client/session.h"

/** pl_handshake_begin: TLS is spoken on @session from now on, beginning with what is in its input;
 * the rules in force have a context for it. May close it. */
void pl_handshake_begin (PlSession *session);
