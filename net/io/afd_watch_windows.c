/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/afd_watch.h"

#include "net/io/connection_windows.h"

#define MAX_ANSWERS 256

/* For how long what was closed may take to say so when the reactor ends. */
#define LAST_WAIT_MS 1000

#define ON_INPUT                                                                                   \
  (PL_AFD_RECEIVE | PL_AFD_ACCEPT | PL_AFD_DISCONNECT | PL_AFD_ABORT | PL_AFD_CONNECT_FAIL)
#define ON_ROOM (PL_AFD_SEND | PL_AFD_ABORT | PL_AFD_CONNECT_FAIL)

/* An end behind octets that nobody reads is not asked for: who reads them comes to it. Wine 8 calls
 * a reset what Windows calls a connection that failed. */
#define ON_BREAK (PL_AFD_ABORT | PL_AFD_CONNECT_FAIL)

/* Asking */

static void
list (PlAfdWatch *watch)
{
  if (watch->is_listed)
    return;
  watch->is_listed = TRUE;
  watch->link.data = watch;
  g_queue_push_tail_link (&watch->watches->unasked, &watch->link);
}

static void
ask (PlAfdWatch *watch, PlAfdQuestion *question, PlAfdEvents events)
{
  if (question->is_pending)
    return;
  question->owner = watch;
  if (!pl_afd_ask (watch->watches->afd, question, watch->base, events | PL_AFD_LOCAL_CLOSE))
    pl_socket_mark (watch->socket, PL_READY_READ | PL_READY_BROKEN);
}

static void
await_input (PlAfdWatch *watch)
{
  if (watch->input.is_pending)
    return;
  watch->input.owner = watch;
  if (!watch->is_joined
      || !pl_afd_await_input (watch->watches->afd, &watch->input, (guintptr) watch->handle))
    ask (watch, &watch->input, ON_INPUT);
}

static void
ask_what_is_missing (PlAfdWatch *watch)
{
  const PlSocket *socket = watch->socket;

  if (pl_socket_has (socket, PL_READY_BROKEN))
    return;
  if (!pl_socket_has (socket, PL_READY_READ))
    await_input (watch);
  else if (socket->task->queue != NULL)
    list (watch); /* who is about to run reads what is there */
  else if (!watch->input.is_pending)
    ask (watch, &watch->breaks, ON_BREAK);
  if ((socket->wanted & PL_READY_WRITE) != 0 && !pl_socket_has (socket, PL_READY_WRITE))
    ask (watch, &watch->room, ON_ROOM);
}

void
pl_afd_watches_ask (PlAfdWatches *watches)
{
  for (guint n_left = watches->unasked.length; n_left > 0; n_left--)
    {
      PlAfdWatch *watch = g_queue_pop_head_link (&watches->unasked)->data;

      watch->is_listed = FALSE;
      ask_what_is_missing (watch);
    }
}

void
pl_afd_watch_use_up (PlAfdWatch *watch, PlReady ready)
{
  watch->socket->ready &= ~ready;
  if (ready & PL_READY_READ)
    watch->was_unwanted = FALSE;
  list (watch);
}

/* Input that came when nobody wanted it is told of to who wants it later. */
void
pl_afd_watch_wants (PlAfdWatch *watch)
{
  PlSocket *socket = watch->socket;

  if (watch->was_unwanted && (socket->wanted & PL_READY_READ) != 0)
    {
      watch->was_unwanted = FALSE;
      pl_socket_mark (socket, PL_READY_READ);
    }
  if ((socket->wanted & ~socket->ready) != 0)
    list (watch);
}

/* Answers */

static PlReady
read_events (guint32 events)
{
  PlReady ready = 0;

  if (events & (PL_AFD_RECEIVE | PL_AFD_ACCEPT))
    ready |= PL_READY_READ;
  if (events & PL_AFD_SEND)
    ready |= PL_READY_WRITE;
  if (events & PL_AFD_DISCONNECT)
    ready |= PL_READY_READ | PL_READY_END;
  if (events & (PL_AFD_ABORT | PL_AFD_CONNECT_FAIL))
    ready |= PL_READY_READ | PL_READY_WRITE | PL_READY_END | PL_READY_BROKEN;
  return ready;
}

static void
mark (PlAfdWatch *watch, guint32 events)
{
  PlSocket *socket = watch->socket;
  PlReady ready = read_events (events);

  /* To a receive of nothing the end is as good as input. */
  if ((socket->wanted & PL_READY_END) != 0 && (events & PL_AFD_RECEIVE) != 0
      && pl_windows_is_at_end (watch->handle))
    ready |= PL_READY_END;
  /* A reset is told of once: a receive after that may find what looks like an end. */
  socket->was_reset |= (ready & PL_READY_BROKEN) != 0;
  if ((ready & PL_READY_READ) != 0 && (socket->wanted & PL_READY_READ) == 0)
    watch->was_unwanted = TRUE;
  pl_socket_mark (socket, ready);
  list (watch);
}

static void
free_if_unused (PlAfdWatch *watch)
{
  if (!watch->input.is_pending && !watch->room.is_pending && !watch->breaks.is_pending)
    g_free (watch);
}

/* Marks at once, while every socket that is spoken of is still there. */
gboolean
pl_afd_watches_wait (PlAfdWatches *watches, int timeout_ms, guint *n_ready)
{
  PlAfdQuestion *answered[MAX_ANSWERS];
  gboolean is_woken;
  guint n_answered = pl_afd_wait (watches->afd, timeout_ms, answered, MAX_ANSWERS, &is_woken);

  for (guint i = 0; i < n_answered; i++)
    {
      PlAfdWatch *watch = answered[i]->owner;
      guint32 events = pl_afd_take_answer (answered[i]);

      if (watch->socket == NULL)
        free_if_unused (watch);
      else
        {
          mark (watch, events);
          (*n_ready)++;
        }
    }
  return is_woken;
}

/* Coming and going */

PlAfdWatch *
pl_afd_watch_new (PlAfdWatches *watches, PlSocket *socket, PlHandle handle)
{
  guintptr base = pl_afd_find_base ((guintptr) handle);
  PlAfdWatch *watch;

  if (base == 0)
    return NULL;
  watch = g_new0 (PlAfdWatch, 1);
  watch->watches = watches;
  watch->socket = socket;
  watch->handle = handle;
  watch->base = base;
  watch->is_joined
      = !pl_windows_is_listening (handle) && pl_afd_join (watches->afd, (guintptr) handle);
  list (watch);
  return watch;
}

void
pl_afd_watch_free (PlAfdWatch *watch)
{
  if (watch->is_listed)
    g_queue_unlink (&watch->watches->unasked, &watch->link);
  watch->is_listed = FALSE;
  watch->socket = NULL;
  free_if_unused (watch);
}

/* What is not answered in time is the system's for good: it may still write there. */
void
pl_afd_watches_finish (PlAfdWatches *watches)
{
  gint64 until_us = g_get_monotonic_time () + LAST_WAIT_MS * 1000;
  guint n_ready = 0;

  pl_afd_give_up (watches->afd);
  while (pl_afd_get_n_pending (watches->afd) > 0 && g_get_monotonic_time () < until_us)
    (void) pl_afd_watches_wait (watches, LAST_WAIT_MS / 10, &n_ready);
  if (pl_afd_get_n_pending (watches->afd) == 0)
    pl_afd_free (watches->afd);
}
