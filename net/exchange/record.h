/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of one exchange: the value that crosses from a worker to the log. Immutable
 * once it has left the worker. */

#pragma once

#include <glib.h>

#include "net/http/fault.h"
#include "net/http/slice.h"
#include "net/exchange/close.h"
#include "net/guard/login.h"
#include "net/route/address.h"

typedef enum
{
  PL_RECORD_RUNNING,  /* lasts; another record with the same id will follow */
  PL_RECORD_FINISHED, /* the last and only finished one of its id */
} PlRecordState;

typedef enum
{
  PL_PROTOCOL_HTTP_1_0,
  PL_PROTOCOL_HTTP_1_1,
  PL_PROTOCOL_HTTP_2,
  PL_PROTOCOL_TUNNEL, /* after 101 Switching Protocols */
} PlProtocol;

/**
 * PlRecordHeads:
 * @request_in: as the client sent it
 * @request_out: as it was sent to the upstream
 * @response_in: as the upstream sent it
 * @response_out: as it was sent to the client
 *
 * The heads of an exchange, each %NULL where there was none (yet): octet for octet while somebody
 * looks, and then with secrets, so whoever shows or writes them masks them; else of failures alone,
 * and masked.
 */
typedef struct
{
  GBytes *request_in;
  GBytes *request_out;
  GBytes *response_in;
  GBytes *response_out;
} PlRecordHeads;

/* The texts of a record that are known from its begin: name, most octets, form. A `masked` one has
 * its secrets replaced, a `printable` one what is no printable ASCII. */
#define PL_RECORD_TEXTS(X)                                                                         \
  X (method, 32, printable)                                                                        \
  X (target, 1024, masked)                                                                         \
  X (host, 255, printable)                                                                         \
  X (user_agent, 256, printable)                                                                   \
  X (referer, 512, masked)                                                                         \
  X (route, 63, printable)

/** PL_RECORD_UPSTREAM_BYTES: the longest label of an endpoint in a record, which is known later. */
#define PL_RECORD_UPSTREAM_BYTES 63

/**
 * PlRecord:
 * @id: unique in this process, for all records of one exchange
 * @state: running or finished
 * @reason: how it ended; %PL_CLOSE_NONE while running
 * @http_fault: what of a malformed or too large message made it so; else none
 * @status: of the final response sent to the client; 0 while or if there was none
 * @protocol: what the client spoke
 * @client: who asked, after trusted proxies were believed
 * @connected_us: wall clock when the connection it came on was taken in, be it a trusted proxy's
 * @started_us: wall clock when the head was complete, microseconds since the epoch
 * @connect_us: from start until there was a connection to an upstream; -1: never
 * @sent_us: from start until all of the request, its body too, was sent to the upstream; -1: never.
 * Until then a slow device or a slow line is waited for; it may come after @first_byte_us, since an
 * upstream may answer early
 * @first_byte_us: from start until the upstream's head; -1: never
 * @duration_us: from start until the end, or until now while running
 * @up_bytes: octets of the request body taken from the client
 * @down_bytes: octets of the response body sent to the client
 * @up_total_bytes: the request body's announced length; -1 unknown
 * @down_total_bytes: the response body's; -1 unknown
 * @login: what was tried by it to log in, if anything
 * @login_outcome: what Immich said of that
 * @reused: the upstream connection had served before
 * @target_is_cut: @target is the beginning of a longer one
 * @heads: (nullable): while somebody looks, see pl_outbox_set_wants_heads(), and of failures but
 * those that are refusals
 * @tls_version, @tls_cipher: (nullable): `TLSv1.3`, `TLS_AES_128_GCM_SHA256`: how the client's
 * connection was encrypted; %NULL: it was not
 * @tls_protocol: (nullable): what ALPN agreed on; empty: nothing
 * @upstream: the endpoint's `host:port` used; empty when none was reached
 * @method: as it came, cut at 32 octets
 * @target: secrets masked, printable ASCII, cut at 1 KB
 * @host: the authority asked for; may be empty
 * @user_agent: printable, cut at 256 octets; may be empty
 * @referer: secrets masked, printable, cut at 512 octets; may be empty
 * @route: the route's name; empty when none matched
 *
 * One allocation; the strings, none of them %NULL, stand behind the struct.
 */
typedef struct
{
  guint64 id;
  PlAddress client;
  gint64 connected_us;
  gint64 started_us;
  gint64 connect_us;
  gint64 sent_us;
  gint64 first_byte_us;
  gint64 duration_us;
  guint64 up_bytes;
  guint64 down_bytes;
  gint64 up_total_bytes;
  gint64 down_total_bytes;
  PlRecordState state : 8;
  PlCloseReason reason : 8;
  PlHttpFault http_fault : 8;
  PlProtocol protocol : 8;
  PlLogin login : 8;
  PlLoginOutcome login_outcome : 8;
  guint reused : 1;
  guint target_is_cut : 1;
  guint16 status;
  PlRecordHeads *heads;
  const char *tls_version;
  const char *tls_cipher;
  const char *tls_protocol;
  const char *upstream;
#define X(name, most, form) const char *name;
  PL_RECORD_TEXTS (X)
#undef X
  /*< private >*/
  gatomicrefcount ref_count;
  guint16 text_length;
  char text[];
} PlRecord;

PlRecord *pl_record_ref (PlRecord *record);
void pl_record_unref (PlRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlRecord, pl_record_unref)

/**
 * PlRecordText: what a record is made from, as it came: masking, escaping and cutting is the
 * record's work.
 */
typedef struct
{
#define X(name, most, form) PlSlice name;
  PL_RECORD_TEXTS (X)
#undef X
} PlRecordText;

/** pl_record_new: (transfer full): for the engine: a running record with its texts; numbers are
 * filled in by the exchange. */
PlRecord *pl_record_new (const PlRecordText *text);

/** pl_record_keep_head: for the engine: keeps a copy of a head; @head is one of the fields of the
 * record's heads. */
void pl_record_keep_head (GBytes **head, PlSlice text);

/** pl_record_ensure_heads: (transfer none): for the engine: the place for heads, made if it is not
 * there. */
PlRecordHeads *pl_record_ensure_heads (PlRecord *record);

/** pl_record_forget_heads: of one that nobody else has. */
void pl_record_forget_heads (PlRecord *record);

/** pl_record_set_upstream: for the engine: cut at %PL_RECORD_UPSTREAM_BYTES. */
void pl_record_set_upstream (PlRecord *record, const char *label);

/** pl_record_copy: (transfer full): for the engine: the record as it is now. */
PlRecord *pl_record_copy (const PlRecord *record);
