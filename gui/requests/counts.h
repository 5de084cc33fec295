/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many requests are shown, and how many are not and why, in a line below the list. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/request_filter.h"

#define PL_TYPE_REQUEST_COUNTS (pl_request_counts_get_type ())
G_DECLARE_FINAL_TYPE (PlRequestCounts, pl_request_counts, PL, REQUEST_COUNTS, GtkBox)

/** pl_request_counts_set_models: what is counted: @filter is of @log; once. */
void
pl_request_counts_set_models (PlRequestCounts *counts, PlRequestLog *log, PlRequestFilter *filter);

/** pl_request_counts_say_turned_away: @words: (nullable): on those who were not let in, and so are
 * no requests; %NULL: nobody was turned away. */
void pl_request_counts_say_turned_away (PlRequestCounts *counts, const char *words);
