/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The leak sanitizer reads, at the end, what threads keep for each library, and falls over one that
 * was loaded while they ran, as glib-networking is. So those that talked with an authority are gone
 * by then. */

#pragma once

/** threads_end: returns when those of GLib's pool have ended, which nothing tells: after a second.
 */
void threads_end (void);
