/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's side of an exchange, whatever protocol the client speaks: it hands over a request's
 * head and a source of octets, takes a response's head, as fields and not as text, and then octets.
 * How the exchange ended it learns from pl_exchange_get_afterwards(). */

#pragma once

#include "net/exchange/record.h"
#include "net/http/head.h"
#include "net/io/relay.h"
#include "net/io/tls.h"

typedef struct _PlClient PlClient;

/**
 * PlResponseHead:
 * @head: status and fields as they came from the upstream, or as we composed them. What belongs to
 * the connection it came on is still there; borrowed for the call
 * @body: how the body that follows is framed in the octets that come
 * @upgrade: the protocol that is switched to (101), or those that are asked for (426); else empty
 * @hsts: the client is to be told to come encrypted alone from now on (RFC 6797); set by
 * pl_exchange_hand_over_head()
 * @is_last: no request may follow on the connection, if it carries one after another: where this
 * one ends cannot be told
 *
 * The head of a response, for a client to put into its own words.
 */
typedef struct
{
  const PlHead *head;
  PlBody body;
  PlSlice upgrade;
  gboolean hsts;
  gboolean is_last;
} PlResponseHead;

/**
 * PlClientFuncs:
 * @get_head_text: the request's head as it came, octet for octet; borrowed until @release_head
 * @release_head: the exchange has read @head and needs it no more. Returns: (transfer full): a
 * buffer with what @get_head_text says, or the begin of it, and nothing else
 * @take_head: takes the head of an interim (1xx) or the final response. @first: (out) (transfer
 * full) (nullable): octets that are to be sent before the body, in one send with its first; %NULL
 * where the head was sent otherwise. Returns: whether another request may follow
 * @write_down_head: (nullable): where @take_head gives no octets: the head as it was taken, written
 * down as text for a record. Returns: (transfer full)
 * @write_trailers: (nullable): where bodies have no length and are in no chunks: adds the fields
 * behind the request's body, which has ended, if there are any that may pass
 * @take_trailers: (nullable): the same behind the response's: all that came
 */
typedef struct
{
  PlSlice (*get_head_text) (PlClient *client, const PlHead *head);
  PlBuffer *(*release_head) (PlClient *client, PlHead *head);
  gboolean (*take_head) (PlClient *client, const PlResponseHead *response, PlBuffer **first);
  PlBuffer *(*write_down_head) (PlClient *client, const PlResponseHead *response);
  void (*write_trailers) (PlClient *client, PlWriter *writer);
  void (*take_trailers) (PlClient *client, const PlHead *trailers);
} PlClientFuncs;

/**
 * PlClient:
 * @task: advances the exchange; queued by sockets and deadlines
 * @stream: where octets of bodies come from and go to
 * @socket: of the connection that it came by
 * @input: octets of @stream that were read and not used; a body's first may be there
 * @address: who it is
 * @connected_us: wall clock when its connection was taken in
 * @protocol: what it speaks
 * @tls: (nullable): how it is encrypted; %NULL: not at all. Borrowed as @stream is
 * @takes_interim: it knows what to make of 1xx
 * @takes_chunks: it can read a body in chunks; else a body without a length ends with the
 * connection
 * @sends_until_end: a body follows the request's head, and ends with @stream where the head gives
 * no length
 *
 * To be embedded by what speaks a protocol; an exchange borrows it from its begin to its end.
 */
struct _PlClient
{
  const PlClientFuncs *funcs;
  PlTask *task;
  PlStream *stream;
  const PlSocket *socket;
  PlBuffer **input;
  PlAddress address;
  gint64 connected_us;
  const PlTlsFacts *tls;
  PlProtocol protocol : 8;
  guint takes_interim : 1;
  guint takes_chunks : 1;
  guint sends_until_end : 1;
};
