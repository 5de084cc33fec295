/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A GResolver that knows what a test tells it, in place of the system's. */

#pragma once

#include <gio/gio.h>

/**
 * names_know: @name is at @addresses, separated by spaces; %NULL: there is no such name; `silent`:
 * no answer ever comes, unless cancelled. Other names are looked up as usual.
 */
void names_know (const char *name, const char *addresses);

/** names_count_lookups: how many lookups of names told of there were. */
guint names_count_lookups (void);

void names_forget_all (void);
