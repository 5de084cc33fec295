/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a web page calls itself, so that people recognise it. */

#pragma once

#include <glib.h>

/** pl_page_title_dup: (transfer full) (nullable): what stands in the `title` of @html, on one line
 * and shortened; %NULL where nothing does that could be shown as it stands. */
char *pl_page_title_dup (const char *html);
