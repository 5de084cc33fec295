/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Octets that may be of a key. */

#pragma once

#include <glib.h>

/** pl_secret_new: (transfer full): a copy of @octets that is cleared before it is freed. */
GBytes *pl_secret_new (const char *octets, gsize n_octets);
