/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What differs between systems, as a struct of functions: Linux (epoll, plain descriptors), Windows
 * (a completion port, plain sockets) and everything GSocket runs on. All behave alike: readiness is
 * remembered until a call says it is used up. */

#pragma once

#include <gio/gio.h>

#include "net/io/task.h"
#include "net/route/address.h"

typedef struct _PlReactor PlReactor;
typedef struct _PlPlatform PlPlatform;
typedef struct _PlSocket PlSocket;

/* After this much silence the system asks the peer whether it is still there (tcp(7)): a phone
 * that left the house must not be held for good. */
#define PL_KEEP_ALIVE_IDLE_S     60
#define PL_KEEP_ALIVE_INTERVAL_S 15
#define PL_KEEP_ALIVE_PROBES     4

/* To Immich the questions come sooner: a computer that has vanished while it was thought to think
 * must not keep people waiting, and one at home is asked at no cost. */
#define PL_UPSTREAM_KEEP_ALIVE_IDLE_S     15
#define PL_UPSTREAM_KEEP_ALIVE_INTERVAL_S 5
#define PL_UPSTREAM_KEEP_ALIVE_PROBES     3

/* How many connections may wait to be accepted; Linux caps it at net.core.somaxconn. */
#define PL_LISTEN_BACKLOG 4096

/** PlHandle: a socket that no reactor watches: a descriptor, a SOCKET, or a GSocket as a
 * pointer. -1: none. */
typedef gintptr PlHandle;
#define PL_HANDLE_NONE ((PlHandle) -1)

/**
 * PlReady:
 * @PL_READY_READ: octets, or the end, may be there
 * @PL_READY_WRITE: octets may be written
 * @PL_READY_END: the peer has sent its end; octets before it may still be unread
 * @PL_READY_BROKEN: the connection is gone in both directions
 */
typedef enum
{
  PL_READY_READ = 1 << 0,
  PL_READY_WRITE = 1 << 1,
  PL_READY_END = 1 << 2,
  PL_READY_BROKEN = 1 << 3,
} PlReady;

/** PlIo: how a call on a socket ended. */
typedef enum
{
  PL_IO_DONE,    /* at least one octet moved, or the thing asked for happened */
  PL_IO_BLOCKED, /* would have to wait; readiness is used up */
  PL_IO_END,     /* the peer has ended its side */
  PL_IO_BROKEN,  /* reset, timed out, refused */
} PlIo;

/**
 * PlSocket:
 * @task: queued when readiness that is wanted comes, or the connection breaks; borrowed
 * @ready: #PlReady as known; changed by the platform and by the calls that use it up
 * @wanted: #PlReady the task waits for; changed by pl_socket_want()
 * @was_reset: a send was told of a reset; see pl_socket_get_end()
 * @tells_wants: the platform is to be told of changes of @wanted; see @want of #PlPlatform
 * @has_timed_out: the system gave the connection up, since the peer acknowledged nothing any more
 *
 * A socket a reactor watches. To be embedded; one that was zeroed is closed.
 */
struct _PlSocket
{
  PlReactor *reactor;
  PlTask *task;
  union
  {
    int fd;           /* epoll */
    gpointer generic; /* elsewhere: what is behind it */
  };
  guint8 ready;
  guint8 wanted;
  guint8 was_reset;
  guint8 has_timed_out;
  guint8 tells_wants;
  guint8 is_open;
};

/**
 * PlPlatform:
 * @name: for a log
 * @can_splice: whether sockets have descriptors that splice(2) takes
 * @is_available: (nullable): whether this computer has what it needs; %NULL: it has
 * @start, @stop: per reactor
 * @collect: marks and queues what became ready, without waiting; how many sockets did
 * @wait: (nullable): waits in place of poll(2) for @fds, which are GLib's and the reactor's,
 * marking what becomes ready as @collect does. %FALSE: it cannot, so poll(2) is to be used
 * @listen: a listening handle on @address; @error says why not (%G_IO_ERROR_ADDRESS_IN_USE, …)
 * @share: (nullable): lets (or no longer lets) another socket of this program be opened on the same
 * port as @handle; %NULL: the system has no way to
 * @adopt: a handle of a descriptor (transfer full) that pl_listening_inspect() has found good
 * @await_request: (nullable): clients of this listening handle speak first, so one need not be
 * accepted before it has; a second or so after it connected it is accepted all the same
 * @accept: %PL_IO_DONE with @accepted and @peer, %PL_IO_BLOCKED when nobody waits, %PL_IO_BROKEN
 * when descriptors ran out
 * @connect: starts a connection; the socket becomes writable when it is made or has failed.
 *   %PL_HANDLE_NONE with a #GIOErrorEnum in @io_error when it failed at once
 * @get_connect_error: -1 when the connection was made, else a #GIOErrorEnum
 * @has_vanished: whether what was sent is not acknowledged, though it was sent at least @for_ms
 * ago, and nothing else has come from the peer for so long; %FALSE where that cannot be told
 * @get_local_address: where @handle is bound
 * @close_handle: closes one that no reactor watches
 * @get_handle: the handle of an open socket; borrowed
 * @attach: watches @handle from now on; @socket->task must be set
 * @move: watches for @to from now on, no longer for @from; both are the same otherwise
 * @want: @socket->wanted has changed; called while @socket->tells_wants
 * @gather: (nullable): from now on the socket counts as readable only when so many octets are
 * there, or its buffer is full, or the end has come; 1: as usual. What is there already is told of
 * anew
 * @receive, @send: as recv and sendmsg; @more: something follows at once
 * @shut_write: ends our side
 * @close: closes; with @abort the peer sees a reset, not an end
 *
 * See pl_socket_*() for what callers use.
 */
struct _PlPlatform
{
  const char *name;
  gboolean can_splice;
  gboolean (*is_available) (void);
  gboolean (*start) (PlReactor *reactor, GError **error);
  void (*stop) (PlReactor *reactor);
  guint (*collect) (PlReactor *reactor);
  gboolean (*wait) (PlReactor *reactor, GPollFD *fds, guint n_fds, int timeout_ms);

  PlHandle (*listen) (const PlAddress *address, gboolean shared, GError **error);
  void (*share) (PlHandle handle, gboolean shared);
  PlHandle (*adopt) (int descriptor);
  void (*await_request) (PlHandle handle);
  PlIo (*accept) (PlSocket *listener, PlHandle *accepted, PlAddress *peer);
  PlHandle (*connect) (const PlAddress *address, int *io_error);
  int (*get_connect_error) (PlSocket *socket);
  gboolean (*has_vanished) (PlSocket *socket, guint for_ms);
  gboolean (*get_local_address) (PlHandle handle, PlAddress *address);
  void (*close_handle) (PlHandle handle);

  PlHandle (*get_handle) (const PlSocket *socket);
  gboolean (*attach) (PlSocket *socket, PlHandle handle);
  gboolean (*move) (PlSocket *from, PlSocket *to);
  void (*want) (PlSocket *socket);
  void (*gather) (PlSocket *socket, guint octets);
  PlIo (*receive) (PlSocket *socket, char *bytes, gsize capacity, gsize *received);
  PlIo (*send) (PlSocket *socket,
                const GOutputVector *vectors,
                guint n_vectors,
                gboolean more,
                gsize *sent);
  void (*shut_write) (PlSocket *socket);
  void (*close) (PlSocket *socket, gboolean abort);
};

/** pl_platforms: those of this system, the fastest first; ends with %NULL. */
extern const PlPlatform *const pl_platforms[];

/** pl_platform_epoll: on Linux. */
extern const PlPlatform pl_platform_epoll;

/** pl_platform_afd: on Windows. */
extern const PlPlatform pl_platform_afd;

/** pl_platform_generic: on every system. */
extern const PlPlatform pl_platform_generic;

/**
 * pl_platform_get_default: (transfer none):
 *
 * The fastest that is available, or what the environment variable `PORCHLIGHT_REACTOR` names
 * (`epoll`, `afd`, `generic`); a developer's aid.
 */
const PlPlatform *pl_platform_get_default (void);

/** pl_platform_get_total_size: for platforms: how much a send may move, so that less can be told.
 */
gsize pl_platform_get_total_size (const GOutputVector *vectors, guint n_vectors);
