/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTTP/1's side of an exchange: heads are text at the begin of the octets, and one request follows
 * another on the connection. */

#pragma once

#include "net/exchange/client.h"
#include "net/exchange/supplies.h"

/**
 * PlHttp1Client:
 * @client: what exchanges see
 * @wants_keep_alive: the request's head lets the connection live on
 * @is_retiring: the next answer is to be the last on this connection
 */
typedef struct
{
  PlClient client;
  PlSupplies *supplies;
  PlHttpVersion version : 8;
  guint wants_keep_alive : 1;
  guint is_retiring : 1;
} PlHttp1Client;

/** pl_http1_client_init: @task, @stream and @input are borrowed for as long as it is used. */
void pl_http1_client_init (PlHttp1Client *http1,
                           PlSupplies *supplies,
                           PlTask *task,
                           PlStream *stream,
                           PlBuffer **input,
                           const PlAddress *address);

/** pl_http1_client_note_request: what @head, or as much of it as was read, says of the client; to
 * be called before it is handed to an exchange. */
void pl_http1_client_note_request (PlHttp1Client *http1, const PlHead *head);
