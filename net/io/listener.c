/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/listener.h"

/* Connections taken in one turn: much for the cost of a turn, little against what else is to do. */
#define MANY_CONNECTIONS 64

#define PAUSE_MS 100

struct _PlListener
{
  PlTask task; /* first, so that the task is the listener */
  PlReactor *reactor;
  PlSocket socket;
  PlDeadline pause; /* set while descriptors are out */
  PlListenerFuncs funcs;
  PlAddress address;
};

/* A connection that is not admitted ends by a reset: it leaves no TIME-WAIT behind, so it costs
 * nothing afterwards either. */
static void
turn_away (PlListener *listener, PlHandle handle)
{
  PlSocket socket = { 0 };

  if (pl_socket_open (&socket, listener->reactor, handle, &listener->task, 0))
    pl_socket_close (&socket, TRUE);
}

static PlIo
accept_one (PlListener *listener)
{
  PlListenerFuncs *funcs = &listener->funcs;
  PlHandle handle;
  PlAddress peer;
  PlIo io = listener->reactor->platform->accept (&listener->socket, &handle, &peer);

  if (io != PL_IO_DONE)
    return io;
  if (funcs->admit (&peer, funcs->user_data))
    funcs->accepted (handle, &peer, funcs->user_data);
  else
    turn_away (listener, handle);
  return io;
}

static PlIo
accept_many (PlListener *listener, guint limit)
{
  PlIo io = PL_IO_DONE;

  while (io == PL_IO_DONE && limit-- > 0)
    io = accept_one (listener);
  return io;
}

/* A connection that waits to be accepted keeps the listener ready: without a pause accepting would
 * be tried in vain without end, and each that comes meanwhile would queue the task. */
static void
pause_accepting (PlListener *listener)
{
  pl_socket_want (&listener->socket, 0);
  pl_deadline_set (&listener->pause, listener->reactor, PAUSE_MS);
}

static void
listener_run (PlTask *task)
{
  PlListener *listener = (PlListener *) task;

  pl_socket_want (&listener->socket, PL_READY_READ);
  switch (accept_many (listener, MANY_CONNECTIONS))
    {
    case PL_IO_BLOCKED:
      break;
    case PL_IO_DONE:
      pl_reactor_queue_later (listener->reactor, task);
      break;
    case PL_IO_END: /* of no meaning for a listener */
    case PL_IO_BROKEN:
      pause_accepting (listener);
      if (listener->funcs.exhausted != NULL)
        listener->funcs.exhausted (listener->funcs.user_data);
    }
}

PlListener *
pl_listener_new (PlReactor *reactor, PlHandle handle, const PlListenerFuncs *funcs)
{
  g_autofree PlListener *listener = g_new0 (PlListener, 1);

  listener->task.run = listener_run;
  listener->reactor = reactor;
  listener->pause.task = &listener->task;
  listener->funcs = *funcs;
  if (!reactor->platform->get_local_address (handle, &listener->address))
    {
      reactor->platform->close_handle (handle);
      return NULL;
    }
  if (!pl_socket_open (&listener->socket, reactor, handle, &listener->task, 0))
    return NULL;
  pl_socket_want (&listener->socket, PL_READY_READ);
  return g_steal_pointer (&listener);
}

/* Connections left in the backlog would be reset by the system, though they are made. */
void
pl_listener_free (PlListener *listener)
{
  (void) accept_many (listener, PL_LISTEN_BACKLOG);
  pl_deadline_lift (&listener->pause);
  pl_reactor_cancel (listener->reactor, &listener->task);
  pl_socket_close (&listener->socket, FALSE);
  g_free (listener);
}

void
pl_listener_resume (PlListener *listener)
{
  if (!pl_deadline_is_set (&listener->pause))
    return;
  pl_deadline_lift (&listener->pause);
  pl_reactor_queue (listener->reactor, &listener->task);
}

const PlAddress *
pl_listener_get_address (const PlListener *listener)
{
  return &listener->address;
}
