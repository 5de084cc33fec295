/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked about each socket that a reactor watches, and what the answers mean. A question is
 * answered once, at once if it is so already, so what a call has used up is asked for again before
 * the next wait, and what is known is not asked. Silent sockets cost nothing.
 *
 * Up to three questions a socket, so that none ever has to be taken back to ask for more: for
 * input, for room, and, while input lies unread, whether the connection broke. */

#pragma once

#include "net/io/afd.h"
#include "net/io/socket.h"

/** PlAfdWatches: a reactor's; @unasked: of #PlAfdWatch, for which something may have to be asked.
 */
typedef struct
{
  PlAfd *afd;
  GQueue unasked;
} PlAfdWatches;

/**
 * PlAfdWatch:
 * @socket: (nullable): %NULL when it was closed; the watch lives on until its last question is
 * answered
 * @handle: a SOCKET
 * @base: see pl_afd_find_base()
 * @is_joined: for input pl_afd_await_input() serves
 * @was_unwanted: input came that nobody wanted
 */
typedef struct
{
  PlAfdWatches *watches;
  PlSocket *socket;
  PlHandle handle;
  guintptr base;
  PlAfdQuestion input, room, breaks;
  GList link;
  gboolean is_joined;
  gboolean is_listed;
  gboolean was_unwanted;
} PlAfdWatch;

/** pl_afd_watch_new: (transfer full): %NULL when the system does not let @handle be asked about. */
PlAfdWatch *pl_afd_watch_new (PlAfdWatches *watches, PlSocket *socket, PlHandle handle);

/** pl_afd_watch_free: @watch->handle was closed. */
void pl_afd_watch_free (PlAfdWatch *watch);

/** pl_afd_watch_wants: what its socket wants has changed. */
void pl_afd_watch_wants (PlAfdWatch *watch);

/** pl_afd_watch_use_up: a call on its socket has used up @ready. */
void pl_afd_watch_use_up (PlAfdWatch *watch, PlReady ready);

/**
 * pl_afd_watches_ask: puts what is to be asked; to be called before a wait.
 * pl_afd_watches_wait: marks the sockets that become ready within @timeout_ms, as pl_afd_wait()
 * waits
 * @n_ready: (inout): their number is added
 *
 * Returns: whether it was woken
 */
void pl_afd_watches_ask (PlAfdWatches *watches);
gboolean pl_afd_watches_wait (PlAfdWatches *watches, int timeout_ms, guint *n_ready);

/** pl_afd_watches_finish: all sockets were closed: waits until the driver has let go of them. Frees
 * @watches->afd. */
void pl_afd_watches_finish (PlAfdWatches *watches);
