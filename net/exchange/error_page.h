/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The text of our own answers. Says what is wrong and what to do, nothing about this machine. */

#pragma once

#include "net/guard/login.h"
#include "net/http/write.h"

/** PL_ERROR_PAGE_BYTES: room that is enough for every page. */
#define PL_ERROR_PAGE_BYTES 4096

/** pl_error_page_get_phrase: (transfer none): the reason phrase of @status (RFC 9110 §15). */
const char *pl_error_page_get_phrase (guint status);

/** pl_error_page_get_retry_after_s: in how many seconds to try again; 0: trying again is of no use.
 */
guint pl_error_page_get_retry_after_s (guint status);

/** pl_error_page_write_html: a page for a person; tries again by itself where that is of use. */
void pl_error_page_write_html (guint status, PlWriter *writer);

/** pl_error_page_write_guest_html: the page for whoever may see what was shared by link alone, and
 * asked for something else. Says nothing of what there is. */
void pl_error_page_write_guest_html (PlWriter *writer);

/** pl_error_page_write_wait_html: that the next try at @login has to wait, and for how long. */
void pl_error_page_write_wait_html (PlLogin login, guint wait_s, PlWriter *writer);

/** pl_error_page_write_wait_json: the same with a `message`, which Immich's own pages show. */
void
pl_error_page_write_wait_json (PlLogin login, guint wait_s, const char *reason, PlWriter *writer);

/** pl_error_page_write_turned_away_json: that the owner has turned this device away, with a
 * `message`, which Immich's own pages and apps show. */
void pl_error_page_write_turned_away_json (const char *reason, PlWriter *writer);

/** pl_error_page_write_json: `{"error":…,"reason":…}`; @reason is plain ASCII without quotes. */
void pl_error_page_write_json (guint status, const char *reason, PlWriter *writer);
