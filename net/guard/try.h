/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One try to log in, and the bounds of what is remembered of them. */

#pragma once

#include "net/guard/login.h"
#include "net/route/door.h"

/** PL_TRIES_FREE: so many may fail within %PL_TRIES_WINDOW_US before anybody has to wait. */
#define PL_TRIES_FREE 5

/** PL_TRIES_WINDOW_US: ten minutes: what is older is no reason to begin waiting. */
#define PL_TRIES_WINDOW_US (G_GINT64_CONSTANT (10) * 60 * G_USEC_PER_SEC)

/** PL_TRIES_MEMORY_US: a day: for so long after the last failure the next wait is longer than the
 * one before. */
#define PL_TRIES_MEMORY_US (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/** PL_TRIES_PLACES: how many addresses are remembered at once: 2 MB at most. Those that have been
 * quiet the longest go first, and who had to wait goes last. */
#define PL_TRIES_PLACES 8192

/** PL_TRIES_OF_NETWORK: when so many addresses of a /24, or /64s of a /48, have failed, they count
 * as one from then on. */
#define PL_TRIES_OF_NETWORK 32

/**
 * PlTry:
 * @login: each kind is counted by itself: who knows the password of a link may still guess that of
 * an account
 * @circle: those at home wait for seconds only; not of this computer, which never waits
 * @address: whose it is; of IPv6 its /64 counts
 * @secret: which API key, see pl_login_hash_key(). The same one again is a program that was not
 * told of a change, and no guess
 */
typedef struct
{
  PlLogin login;
  PlCircle circle;
  PlAddress address;
  guint32 secret;
} PlTry;
