/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words that are looked for in a request. */

#pragma once

#include "app/model/request_item.h"

typedef struct _PlRequestSearch PlRequestSearch;

/** pl_request_search_new: (transfer full) (nullable): @text: words with spaces between; %NULL is
 * returned where there is none. */
PlRequestSearch *pl_request_search_new (const char *text);
void pl_request_search_free (PlRequestSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlRequestSearch, pl_request_search_free)

/** pl_request_search_fits: whether each word is found in @item, see pl_request_filter_set_text();
 * @name: (nullable): what the user calls its device. */
gboolean
pl_request_search_fits (const PlRequestSearch *search, PlRequestItem *item, const char *name);
