/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every time-out and bound of the engine that is not a setting: one table, with unit, range and
 * reason. (Those that are settings are in net/upstream/config.h.) */

#pragma once

#include <glib.h>

/* field, name, default, least, most, reason */
#define PL_LIMITS(X)                                                                               \
  X (request_head_bytes, "request-head-bytes", 32768, 1024, 65536,                                 \
     "address and headers of a request: twice what Immich takes, one cookie may be all of it")     \
  X (request_fields, "request-fields", 1000, 32, 16000,                                            \
     "headers of a request, since each costs more memory than its octets; browsers send thirty")   \
  X (response_head_bytes, "response-head-bytes", 65536, 1024, 98304,                               \
     "all headers of a response: single sign-on sets cookies of tens of kilobytes")                \
  X (request_head_timeout_ms, "request-head-timeout-ms", 30000, 10, 3600000,                       \
     "from the first octet of a request's head to its last, so that trickling holds nothing")      \
  X (keep_alive_timeout_ms, "keep-alive-timeout-ms", 75000, 10, 3600000,                           \
     "between two requests; longer than the minute browsers reuse a connection for")               \
  X (tls_handshake_timeout_ms, "tls-handshake-timeout-ms", 30000, 10, 3600000,                     \
     "from the first octet of TLS until both sides have agreed: as for a head")                    \
  X (failures_recorded, "failures-recorded", 20, 1, 10000,                                         \
     "in ten seconds by each worker, of clients that came to no request: more are only counted")   \
  X (body_silence_timeout_ms, "body-silence-timeout-ms", 300000, 10, 86400000,                     \
     "a client that neither sends nor takes; there is no limit on the whole of a body")            \
  X (tunnel_idle_timeout_ms, "tunnel-idle-timeout-ms", 3600000, 10, 86400000,                      \
     "a WebSocket without an octet either way; socket.io pings every 25 s")                        \
  X (tunnel_half_timeout_ms, "tunnel-half-timeout-ms", 10000, 10, 86400000,                        \
     "the same when one side has ended: what it is still sent is little, or it is gone")           \
  X (ended_client_timeout_ms, "ended-client-timeout-ms", 30000, 10, 86400000,                      \
     "silence of Immich towards a client that has ended its side: a script waits for its answer, " \
     "a phone that has moved on looks the same (docs/adr/009-ended-clients.md)")                   \
  X (upstream_idle_timeout_ms, "upstream-idle-timeout-ms", 4000, 10, 3600000,                      \
     "a kept upstream connection: Node closes its side after 5 s, so ours goes first")             \
  X (upstream_age_ms, "upstream-age-ms", 45000, 10, 86400000,                                      \
     "a kept connection to a name: then it is made anew, so that a name that moved is followed")   \
  X (upstream_vanished_ms, "upstream-vanished-ms", 5000, 100, 600000,                              \
     "octets that Immich's computer does not acknowledge, and no other sign of it: it is gone")    \
  X (name_memory_ms, "name-memory-ms", 5000, 0, 3600000,                                           \
     "what was looked up of a name; it is looked up anew before that when nobody answers there")   \
  X (unavailable_wait_ms, "unavailable-wait-ms", 3000, 0, 600000,                                  \
     "how long a request waits for an upstream to come back, as Immich does after an update")      \
  X (unavailable_retry_ms, "unavailable-retry-ms", 250, 10, 60000, "how often it looks meanwhile") \
  X (dial_attempt_delay_ms, "dial-attempt-delay-ms", 250, 10, 5000,                                \
     "until the next address of a name is tried beside one that is silent (RFC 8305)")             \
  X (discard_bytes, "discard-bytes", 268435456, 0, 2147483647,                                     \
     "of what a client still sends after an early or a last answer: read and thrown away, so "     \
     "that "                                                                                       \
     "the answer arrives")                                                                         \
  X (discard_timeout_ms, "discard-timeout-ms", 30000, 10, 600000, "the same, in time")             \
  X (linger_timeout_ms, "linger-timeout-ms", 2000, 10, 60000,                                      \
     "for the client to end its side after a last answer, before the connection is closed")        \
  X (max_interim_responses, "max-interim-responses", 32, 1, 1000,                                  \
     "1xx before the final response; more is an upstream gone wild")                               \
  X (http2_streams, "http2-streams", 128, 1, 10000,                                                \
     "requests at once on one connection of HTTP/2; a timeline asks for a hundred thumbnails")     \
  X (http2_grown_bytes, "http2-grown-bytes", 16777216, 0, 268435456,                               \
     "by how much the uploads of one connection may be ahead of Immich beyond 64 KB each, in "     \
     "all: "                                                                                       \
     "a gigabit a second over 50 ms has 6 MB on its way, and as much waits in between")            \
  X (http2_all_grown_bytes, "http2-all-grown-bytes", 67108864, 0, 2147483647,                      \
     "the same for all connections of a worker: who comes later gets less room, and slower on")    \
  X (http2_unfolded_bytes, "http2-unfolded-bytes", 1048576, 1024, 1073741824,                      \
     "headers of a request as they unfold, those not kept too: a few octets can stand for much")   \
  X (http2_continuations, "http2-continuations", 7, 1, 7,                                          \
     "pieces one request's headers come in after the first; nghttp2 bears no more")                \
  X (http2_resets, "http2-resets", 400, 1, 1000000,                                                \
     "requests taken back in ten seconds: scrolling past a timeline takes back a hundred at once") \
  X (http2_settings, "http2-settings", 50, 1, 1000000, "changes of settings in ten seconds")       \
  X (http2_pings, "http2-pings", 200, 1, 1000000, "questions for a sign of life in ten seconds")   \
  X (http2_window_updates, "http2-window-updates", 2000, 1, 1000000,                               \
     "grants of room in ten seconds, beyond two for each piece of an answer we sent")              \
  X (http2_empty_frames, "http2-empty-frames", 200, 1, 1000000,                                    \
     "pieces of uploads without an octet in ten seconds")                                          \
  X (http2_priorities, "http2-priorities", 2000, 1, 1000000,                                       \
     "changes of what is urgent, and frames we know not, in ten seconds")                          \
  X (stranger_connections, "stranger-connections", 128, 1, 1000000,                                \
     "at once of one address outside: a browser opens six, and a household has one address")       \
  X (stranger_new_connections, "stranger-new-connections", 100, 1, 1000000,                        \
     "of one address outside, at a time")                                                          \
  X (stranger_new_connections_per_s, "stranger-new-connections-per-s", 20, 1, 1000000,             \
     "the same a second, after that")                                                              \
  X (stranger_requests, "stranger-requests", 2000, 1, 1000000,                                     \
     "of one address outside, at a time: an album of 500 photos is 700, opened by three at once")  \
  X (stranger_requests_per_s, "stranger-requests-per-s", 100, 1, 1000000,                          \
     "the same a second, after that: who scrolls fast sees as many photos")                        \
  X (progress_interval_ms, "progress-interval-ms", 1000, 10, 60000,                                \
     "how often an exchange that lasts is reported")

/** PlLimits: one field for each row of the table. */
typedef struct
{
#define X(field, name, value, least, most, reason) guint field;
  PL_LIMITS (X)
#undef X
} PlLimits;

/**
 * pl_limits_get: (transfer none):
 *
 * The limits in force: the defaults, changed by the environment variable `PORCHLIGHT_LIMITS`
 * (`name=value,name=value`), an aid for tests that cannot wait for an hour. What is malformed there
 * is warned of and left out.
 */
const PlLimits *pl_limits_get (void);
