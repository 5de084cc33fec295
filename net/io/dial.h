/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making a connection to a name: over all its addresses, the next tried when one fails or is
 * slow, the first that answers taken (Happy Eyeballs, RFC 8305). So `localhost` that answers only
 * on 127.0.0.1, or only on ::1, works at once. When all that is remembered of a name leads nowhere,
 * the name is looked up anew: the computer may have moved. */

#pragma once

#include "net/io/deadline.h"
#include "net/io/resolver.h"
#include "net/io/tls.h"

/** PlDial: an attempt under way. */
typedef struct _PlDial PlDial;

typedef enum
{
  PL_DIAL_RUNNING,
  PL_DIAL_CONNECTED,
  PL_DIAL_REFUSED, /* every address refused or was unreachable */
  PL_DIAL_TIMED_OUT,
  PL_DIAL_NAME_UNKNOWN,
  PL_DIAL_OUT_OF_DESCRIPTORS,
  PL_DIAL_UNTRUSTED, /* whoever is there cannot show that it is @host; see pl_dial_get_failure() */
  PL_DIAL_NO_TLS,    /* no encryption could be agreed on */
} PlDialState;

/**
 * PlDialSettings:
 * @host: name or literal address
 * @port: 1-65535
 * @timeout_ms: for all of it, name lookup and handshake included
 * @attempt_delay_ms: how long one address may be silent before the next is tried beside it
 * @tls: (nullable): the connection is to be encrypted by it, a context of clients; lives as long as
 * the dial
 * @buffers: for that; borrowed until the connection is closed
 */
typedef struct
{
  const char *host;
  guint16 port;
  guint timeout_ms;
  guint attempt_delay_ms;
  PlTlsContext *tls;
  PlBufferPool *buffers;
} PlDialSettings;

/**
 * pl_dial_new: (transfer full):
 * @settings: borrowed for the call
 * @owner: queued when the state is no longer running, which is never before this returns
 *
 * Starts.
 */
PlDial *pl_dial_new (PlReactor *reactor,
                     PlResolver *resolver,
                     const PlDialSettings *settings,
                     PlTask *owner);

/** pl_dial_free: gives up whatever is under way. */
void pl_dial_free (PlDial *dial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlDial, pl_dial_free)

PlDialState pl_dial_get_state (const PlDial *dial);

/** pl_dial_get_failure: why the handshake failed; none where it was not that. */
PlTlsFailure pl_dial_get_failure (const PlDial *dial);

/**
 * pl_dial_take:
 * @dial: in state connected
 * @stream: closed; becomes the connection, with @task
 * @address: (out): whom it reached
 *
 * Moves the connection out; @dial can only be freed after that.
 *
 * Returns: %FALSE when the system refused to watch it
 */
gboolean pl_dial_take (PlDial *dial, PlStream *stream, PlTask *task, PlAddress *address);
