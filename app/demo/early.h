/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An answer while the request body is still on its way. libsoup itself answers after the body. */

#pragma once

#include <libsoup/soup.h>

/**
 * pl_early_answer:
 * @message: as an early handler of the server got it; its connection is taken over
 * @status: a status with a body
 * @json: the body
 * @stopping: ends everything when it is cancelled
 *
 * Answers, then reads and forgets what the client still sends, until it closes or is silent for
 * half a minute.
 */
void pl_early_answer (SoupServerMessage *message,
                      guint status,
                      const char *json,
                      GCancellable *stopping);
