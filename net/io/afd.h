/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions about the readiness of sockets of Windows, answered through a completion port on which
 * one thread waits: about input by a receive of nothing, about all else to the driver behind them
 * (AFD), which select() and its kind come down to. No reactor. */

#pragma once

#include <gio/gio.h>

/**
 * PlAfdEvents: the driver's own numbers.
 * @PL_AFD_DISCONNECT: the peer has ended its side
 * @PL_AFD_ABORT: reset, or given up
 * @PL_AFD_LOCAL_CLOSE: the socket was closed here
 */
typedef enum
{
  PL_AFD_RECEIVE = 0x1,
  PL_AFD_SEND = 0x4,
  PL_AFD_DISCONNECT = 0x8,
  PL_AFD_ABORT = 0x10,
  PL_AFD_LOCAL_CLOSE = 0x20,
  PL_AFD_ACCEPT = 0x80,
  PL_AFD_CONNECT_FAIL = 0x100,
} PlAfdEvents;

/**
 * PlAfdQuestion:
 * @owner: whoever asks
 * @is_pending: asked, and its answer not yet taken by pl_afd_take_answer(). As long the memory is
 * not the asker's, whatever has become of the socket: it must neither be freed nor changed
 * @events: #PlAfdEvents asked for
 * @status, @information: what the system says of the call; the rest is as the driver reads it
 *
 * Answered once, at once if it is so already.
 */
typedef struct
{
  gpointer owner;
  gboolean is_pending;
  gintptr status;
  guintptr information;
  gint64 timeout;
  guint32 n_sockets;
  guint32 is_exclusive;
  guintptr socket;
  guint32 events;
  gint32 socket_status;
} PlAfdQuestion;

typedef struct _PlAfd PlAfd;

/** pl_afd_new: (transfer full): %NULL with @error when the driver cannot be had. */
PlAfd *pl_afd_new (GError **error);

/** pl_afd_free: no question may be pending. */
void pl_afd_free (PlAfd *afd);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAfd, pl_afd_free)

/** pl_afd_is_understood: whether a question is answered here as it should be: looked at once. */
gboolean pl_afd_is_understood (void);

/** pl_afd_find_base: the socket of the system that is under @socket, which a filter of some other
 * program may be laid over (a layered service provider); 0 when it is not to be found. */
guintptr pl_afd_find_base (guintptr socket);

/**
 * pl_afd_ask:
 * @question: not pending
 * @base: see pl_afd_find_base()
 *
 * Returns: %FALSE when the driver refused; the question is then not pending
 */
gboolean pl_afd_ask (PlAfd *afd, PlAfdQuestion *question, guintptr base, PlAfdEvents events);

/** pl_afd_join: the port is to have the answers of pl_afd_await_input() on @socket, once and for
 * good. Returns: %FALSE when the system, or a filter over it, does not let that be */
gboolean pl_afd_join (PlAfd *afd, guintptr socket);

/**
 * pl_afd_await_input:
 * @question: not pending
 * @socket: connected, and joined
 *
 * As a question about %PL_AFD_RECEIVE, which the end answers too, and about %PL_AFD_ABORT; but one
 * that is the socket's own affair, while the driver may look through all others whenever something
 * happens.
 *
 * Returns: %FALSE when the socket is not (or no longer) connected
 */
gboolean pl_afd_await_input (PlAfd *afd, PlAfdQuestion *question, guintptr socket);

/** pl_afd_take_answer: of a question that pl_afd_wait() gave. Returns: #PlAfdEvents; 0: given up.
 */
guint32 pl_afd_take_answer (PlAfdQuestion *question);

/** pl_afd_give_up: all that is pending is answered with nothing. */
void pl_afd_give_up (PlAfd *afd);

/** pl_afd_get_n_pending: questions asked that pl_afd_wait() has not given back. */
guint pl_afd_get_n_pending (const PlAfd *afd);

/**
 * pl_afd_wait:
 * @timeout_ms: -1: for ever
 * @answered: (out caller-allocates): questions whose answers are to be taken, each at its turn
 * @capacity: of @answered
 * @is_woken: (out): whether pl_afd_wake() was called
 *
 * Returns: how many were answered
 */
guint pl_afd_wait (PlAfd *afd,
                   int timeout_ms,
                   PlAfdQuestion **answered,
                   guint capacity,
                   gboolean *is_woken);

/** pl_afd_wake: from any thread: ends a wait, or the next one. */
void pl_afd_wake (PlAfd *afd);
