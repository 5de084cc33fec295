/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inside of an exchange, for the files of its steps (step_*.c, response.c, reply.c) and for
 * nobody else. */

#pragma once

#include "net/io/dial.h"
#include "net/exchange/exchange.h"

/** PlStep: where an exchange stands. */
typedef enum
{
  PL_STEP_MATCH,    /* read the head, find the route, write the head for the upstream */
  PL_STEP_ACQUIRE,  /* get a connection to the upstream */
  PL_STEP_CONVERSE, /* request and response, each at its own pace */
  PL_STEP_TUNNEL,   /* after 101: octets both ways */
  PL_STEP_REPLY,    /* our own answer: a page of ours, or why there is none of the upstream's */
  PL_STEP_FINISH,   /* write the record, leave the upstream */
  PL_STEP_FINISHED,
} PlStep;

/** PlStepResult: what a step says to the driver. */
typedef enum
{
  PL_STEP_GO_ON, /* run the step that is set now */
  PL_STEP_WAIT,  /* run the same step again when what it waits for has come */
} PlStepResult;

/** PlResponsePhase: how far the response is. */
typedef enum
{
  PL_RESPONSE_AWAITED, /* its head, or what is there of it, is being read */
  PL_RESPONSE_INTERIM, /* a 1xx is being passed on; another head follows */
  PL_RESPONSE_PASSING, /* the final head and its body are being passed on */
} PlResponsePhase;

/** PlPatience: whom an exchange waits for; each has its time-out and its reason to end. */
typedef enum
{
  PL_PATIENCE_NONE,
  PL_PATIENCE_CLIENT_SENDING,
  PL_PATIENCE_CLIENT_TAKING,
  PL_PATIENCE_UPSTREAM_TAKING,
  PL_PATIENCE_UPSTREAM_ANSWERING,
  PL_PATIENCE_UPSTREAM_SENDING,
  PL_PATIENCE_UPSTREAM_FOR_NOBODY, /* maybe: the client has ended its side */
  PL_PATIENCE_TUNNEL,
  PL_PATIENCE_HALF_TUNNEL, /* one side has ended */
} PlPatience;

/* Invariants. @head is there only in step MATCH; @request_head from there until CONVERSE begins,
 * and again while a retry acquires. @connection is there from the end of ACQUIRE on; @dial only in
 * ACQUIRE. @endpoint is there as long as this exchange is counted in its n_running. */
struct _PlExchange
{
  PlSupplies *supplies;
  PlClient *client;
  PlSnapshot *snapshot;
  PlRecord *record;
  gint64 began_us;
  PlDeadline deadline;
  PlDeadline progress;
  PlDeadline vanishing; /* when to look whether the upstream's computer is still there */

  PlHead *head;
  PlBuffer *asked; /* the head as it came, should the exchange fail; (nullable) */
  PlBuffer *request_head;
  char *offered;             /* the protocols in Upgrade, if any */
  char *location;            /* (nullable): where a page was sent on to */
  gboolean is_guest;         /* sees what was shared by link, and no more */
  const PlOwnPage *own_page; /* (nullable): the answer, which is ours; of the snapshot */
  PlTry login;               /* what is tried by this to log in, if anything */
  guint retry_after_s;       /* 0: as the status says */
  PlBody request_body;
  PlRelay request;

  PlUpstream *upstream;
  PlEndpoint *endpoint;
  PlConnection *connection;
  PlDial *dial;
  PlEndpointSet tried;
  gint64 acquiring_since_us; /* 0: not */

  PlBuffer *response_input;
  PlHead *response_head;
  PlRelay response;
  guint64 moved_bytes; /* at the last look, to tell progress from being woken */

  guint16 n_interim;
  PlStep step : 8;
  PlCloseReason reason : 8;
  PlAfterwards afterwards : 8;
  PlPatience patience : 8;
  PlResponsePhase response_phase : 8;
  PlCircle circle : 8;          /* of whoever asked, once the door has judged */
  PlDialState dial_failure : 8; /* of the last that failed */
  guint is_watched : 1; /* heads are kept as they are, and of all; else masked, and of failures */
  guint is_head : 1;
  guint is_idempotent : 1;
  guint wants_html : 1;
  guint client_has_ended : 1; /* its side; it may take an answer still */
  guint may_follow : 1;       /* another request, on the connection of the client */
  guint expects_continue : 1; /* and has not had its 100 */
  guint makes_continue : 1;   /* the 100 is ours to give */
  guint chunks_request : 1;   /* the client's body ends with its stream, the upstream's not */
  guint is_refused : 1;       /* the head was at fault: its body's end is unknown */
  guint request_done : 1;     /* wholly read; once there is an upstream, wholly sent too */
  guint request_given_up : 1; /* the upstream takes no more of it */
  guint response_done : 1;
  guint upstream_keep_alive : 1;
  guint needs_fresh : 1; /* a kept connection was stale: no other of that kind */
  guint was_tunnel : 1;
  guint is_tried : 1; /* the guard is to be told what became of @login */
};

/* The steps. */
PlStepResult pl_step_match (PlExchange *exchange);
PlStepResult pl_step_acquire (PlExchange *exchange);
PlStepResult pl_step_converse (PlExchange *exchange);
PlStepResult pl_step_tunnel (PlExchange *exchange);
PlStepResult pl_step_reply (PlExchange *exchange);

/** pl_exchange_note_wishes: what the head, or as much of it as was read, says of the answer it
 * hopes for. */
void pl_exchange_note_wishes (PlExchange *exchange);

/** pl_exchange_reset_request: nothing of the request was sent (any more): as it is before the first
 * attempt. */
void pl_exchange_reset_request (PlExchange *exchange);

/** pl_exchange_finish: goes to FINISH. Returns: %PL_STEP_GO_ON, to be returned by a step. */
PlStepResult
pl_exchange_finish (PlExchange *exchange, PlCloseReason reason, PlAfterwards afterwards);

/** pl_exchange_fail: answers with what @reason says where that is still possible, else cuts the
 * client off. */
PlStepResult pl_exchange_fail (PlExchange *exchange, PlCloseReason reason);

/** pl_exchange_refuse: answers a request whose octets are at @fault. */
PlStepResult pl_exchange_refuse (PlExchange *exchange, PlHttpFault fault);

/** pl_exchange_doubt_endpoint: it let us not in, or is gone: others come first for a while, and it
 * is asked how it is. */
void pl_exchange_doubt_endpoint (PlExchange *exchange);

/** pl_exchange_note_vanished: the computer of the upstream is gone, and so it is for all kept
 * connections to it. */
void pl_exchange_note_vanished (PlExchange *exchange);

/**
 * pl_exchange_client_is_gone:
 *
 * Looks for the client's end while its request is wholly read. What it sends meanwhile (the next
 * request) is kept. An end of its side is noted and is no abort: scripts end so, and wait for the
 * answer. Browsers and phones that have moved on look the same, until they are sent something
 * (docs/adr/009-ended-clients.md).
 *
 * Returns: whether the connection is broken
 */
gboolean pl_exchange_client_is_gone (PlExchange *exchange);

/** pl_exchange_wants_client_input: the request is wholly read, the client's end not, and there is
 * room to look for it. */
gboolean pl_exchange_wants_client_input (const PlExchange *exchange);

/** pl_exchange_keep_request_heads: in step MATCH, where the heads are complete: keeps them for the
 * record if somebody watches. */
void pl_exchange_keep_request_heads (PlExchange *exchange);

/** pl_exchange_keep_response_heads: @response: was handed to the client; @first: (nullable): as
 * text. Keeps it, and the upstream's if there is one, if somebody watches or the response tells of
 * a failure. */
void pl_exchange_keep_response_heads (PlExchange *exchange,
                                      const PlResponseHead *response,
                                      PlBuffer *first);

/** pl_exchange_keep_failed_heads: at the end: keeps what there still is of the request's heads if
 * the exchange has failed and nobody watched it. */
void pl_exchange_keep_failed_heads (PlExchange *exchange);

/** pl_exchange_begin_record: makes the record from what is known of the head. */
void pl_exchange_begin_record (PlExchange *exchange, PlSlice authority, PlSlice route);

/** pl_exchange_comes_from_here: whether it came straight from this computer, by one of its own
 * network addresses. A system call: to be asked where it makes a difference alone. */
gboolean pl_exchange_comes_from_here (const PlExchange *exchange);

/** pl_exchange_begin_login: in step MATCH: whether the request is a try to log in, and may be seen
 * by Immich now. Returns: %PL_CLOSE_NONE, or why not */
PlCloseReason pl_exchange_begin_login (PlExchange *exchange, const PlTarget *target);

/** pl_exchange_note_login: Immich's answer to a try is there: counts it before anybody learns of
 * it. */
void pl_exchange_note_login (PlExchange *exchange, guint status);

/** pl_exchange_leave_login: at the end: no answer comes any more. */
void pl_exchange_leave_login (PlExchange *exchange);

/** pl_exchange_wait: sets the deadline for @patience, anew if octets moved since the last time. */
void pl_exchange_wait (PlExchange *exchange, PlPatience patience);

/** pl_exchange_run_out_of_patience: the deadline passed. */
PlStepResult pl_exchange_run_out_of_patience (PlExchange *exchange);

/** pl_exchange_begin_tunnel: the upstream switched protocols: @exchange->response_head is its 101.
 */
PlStepResult pl_exchange_begin_tunnel (PlExchange *exchange);

/** pl_exchange_hand_over_head: gives a response's head to the client, and notes whether another
 * request may follow. Returns: (transfer full) (nullable): octets to be sent before the body. */
PlBuffer *pl_exchange_hand_over_head (PlExchange *exchange, const PlResponseHead *response);
