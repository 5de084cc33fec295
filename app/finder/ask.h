/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One question over HTTP, with an end to both time and size: for finding Immich and for the
 * check-up. Never part of the relay. */

#pragma once

#include <libsoup/soup.h>

/** PL_ASK_MAX_BODY_BYTES: of a longer answer no more is read. */
#define PL_ASK_MAX_BODY_BYTES (64 * 1024)

/**
 * PlAskWay:
 * @PL_ASK_STRAIGHT: to anybody else. Questions carry the mark by which Porchlight knows its own
 *   requests again, so that an address which leads back to it is told by the answer.
 * @PL_ASK_THROUGH: to Porchlight, as a guest would, for what is behind it
 */
typedef enum
{
  PL_ASK_STRAIGHT,
  PL_ASK_THROUGH,
} PlAskWay;

/** pl_ask_new_session: (transfer full): for any number of questions at once. */
SoupSession *pl_ask_new_session (PlAskWay way);

/**
 * pl_ask_new_message: (transfer full):
 * @url: `http://host:port`, which is known to be one
 * @path: begins with a slash, may hold a query
 *
 * A GET, in HTTP/1.1, that follows no redirect: what it leads to is somebody else.
 */
SoupMessage *pl_ask_new_message (const char *url, const char *path);

/** pl_ask_async: @timeout_ms: from now to the end of the answer. */
void pl_ask_async (SoupSession *session,
                   SoupMessage *message,
                   guint timeout_ms,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data);

/**
 * pl_ask_finish: (transfer full):
 *
 * Returns: the body, cut at %PL_ASK_MAX_BODY_BYTES, a zero behind it that is not counted; %NULL
 *   with @error: %G_IO_ERROR_TIMED_OUT, %G_IO_ERROR_CANCELLED, or what kept the answer from coming
 */
GBytes *pl_ask_finish (GAsyncResult *result, GError **error);

/** pl_ask_get_message: (transfer none): what was asked, with status and fields of the answer. */
SoupMessage *pl_ask_get_message (GAsyncResult *result);

/** pl_ask_dup_failure: (transfer full): an error of pl_ask_finish() in a few words: `nobody answers
 * there`. */
char *pl_ask_dup_failure (const GError *error);
