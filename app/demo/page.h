/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The web part: a page and what belongs to it, built into the program. */

#pragma once

#include <libsoup/soup.h>

/**
 * pl_page_try_answer:
 * @path: `/` is the page itself
 *
 * Returns: whether there is such a file, and @message has its answer
 */
gboolean pl_page_try_answer (SoupServerMessage *message, const char *path);
