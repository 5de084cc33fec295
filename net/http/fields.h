/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The header fields this program knows by name, as a table of data: which belong to one
 * connection only, which say how a message was forwarded, which hold secrets, which must
 * never come in a trailer. Rules ask for flags, or for the id of one field; none compares names. */

#pragma once

#include "net/http/slice.h"

/**
 * PlFieldFlags:
 * @PL_FIELD_HOP_BY_HOP: for one connection only; never passed on (RFC 9110 §7.6.1)
 * @PL_FIELD_FORWARDING: says who forwarded a request; set by us, never taken from a stranger
 * @PL_FIELD_SECRET: its value is masked wherever a request is shown or written
 * @PL_FIELD_NOT_IN_TRAILER: frames, routes or describes the message; dropped from trailers (RFC
 *   9110 §6.5.1)
 */
typedef enum
{
  PL_FIELD_HOP_BY_HOP = 1 << 0,
  PL_FIELD_FORWARDING = 1 << 1,
  PL_FIELD_SECRET = 1 << 2,
  PL_FIELD_NOT_IN_TRAILER = 1 << 3,
} PlFieldFlags;

/** PL_FIELD_BARRED_FROM_TRAILERS: the flags that bar a field from trailers, each by itself: what is
 * for one connection, tells of the way or is secret has no place behind a body either. */
#define PL_FIELD_BARRED_FROM_TRAILERS                                                              \
  (PL_FIELD_HOP_BY_HOP | PL_FIELD_FORWARDING | PL_FIELD_SECRET | PL_FIELD_NOT_IN_TRAILER)

/* The table: id, name in lower case, flags. */
/* clang-format off */
#define PL_FIELDS(X)                                                                          \
  X (ACCEPT,                 "accept",                 0)                                     \
  X (ACCEPT_LANGUAGE,        "accept-language",        PL_FIELD_NOT_IN_TRAILER)               \
  X (AUTHORIZATION,          "authorization",          PL_FIELD_SECRET)                       \
  X (CACHE_CONTROL,          "cache-control",          PL_FIELD_NOT_IN_TRAILER)               \
  X (CDN_LOOP,               "cdn-loop",               PL_FIELD_NOT_IN_TRAILER)               \
  X (CONNECTION,             "connection",             PL_FIELD_HOP_BY_HOP)                   \
  X (CONTENT_ENCODING,       "content-encoding",       PL_FIELD_NOT_IN_TRAILER)               \
  X (CONTENT_LENGTH,         "content-length",         PL_FIELD_NOT_IN_TRAILER)               \
  X (CONTENT_RANGE,          "content-range",          PL_FIELD_NOT_IN_TRAILER)               \
  X (CONTENT_TYPE,           "content-type",           PL_FIELD_NOT_IN_TRAILER)               \
  X (COOKIE,                 "cookie",                 PL_FIELD_SECRET)                       \
  X (DATE,                   "date",                   PL_FIELD_NOT_IN_TRAILER)               \
  X (EXPECT,                 "expect",                 PL_FIELD_NOT_IN_TRAILER)               \
  X (FORWARDED,              "forwarded",              PL_FIELD_FORWARDING)                   \
  X (HOST,                   "host",                   PL_FIELD_NOT_IN_TRAILER)               \
  X (KEEP_ALIVE,             "keep-alive",             PL_FIELD_HOP_BY_HOP)                   \
  X (LOCATION,               "location",               PL_FIELD_NOT_IN_TRAILER)               \
  X (PROXY_AUTHENTICATE,     "proxy-authenticate",     PL_FIELD_HOP_BY_HOP)                   \
  X (PROXY_AUTHORIZATION,    "proxy-authorization",    PL_FIELD_HOP_BY_HOP | PL_FIELD_SECRET) \
  X (PROXY_CONNECTION,       "proxy-connection",       PL_FIELD_HOP_BY_HOP)                   \
  X (RANGE,                  "range",                  PL_FIELD_NOT_IN_TRAILER)               \
  X (REFERER,                "referer",                PL_FIELD_NOT_IN_TRAILER)               \
  X (RETRY_AFTER,            "retry-after",            PL_FIELD_NOT_IN_TRAILER)               \
  X (SERVER,                 "server",                 0)                                     \
  X (SET_COOKIE,             "set-cookie",             PL_FIELD_SECRET)                       \
  X (STRICT_TRANSPORT_SECURITY, "strict-transport-security", PL_FIELD_NOT_IN_TRAILER)         \
  X (TE,                     "te",                     PL_FIELD_HOP_BY_HOP)                   \
  X (TRAILER,                "trailer",                PL_FIELD_NOT_IN_TRAILER)               \
  X (TRANSFER_ENCODING,      "transfer-encoding",      PL_FIELD_HOP_BY_HOP)                   \
  X (UPGRADE,                "upgrade",                PL_FIELD_HOP_BY_HOP)                   \
  X (USER_AGENT,             "user-agent",             PL_FIELD_NOT_IN_TRAILER)               \
  X (VIA,                    "via",                    PL_FIELD_NOT_IN_TRAILER)               \
  X (X_API_KEY,              "x-api-key",              PL_FIELD_SECRET)                       \
  X (X_FORWARDED_FOR,        "x-forwarded-for",        PL_FIELD_FORWARDING)                   \
  X (X_FORWARDED_HOST,       "x-forwarded-host",       PL_FIELD_FORWARDING)                   \
  X (X_FORWARDED_PORT,       "x-forwarded-port",       PL_FIELD_FORWARDING)                   \
  X (X_FORWARDED_PROTO,      "x-forwarded-proto",      PL_FIELD_FORWARDING)                   \
  X (X_FORWARDED_SERVER,     "x-forwarded-server",     PL_FIELD_FORWARDING)                   \
  X (X_IMMICH_SESSION_TOKEN, "x-immich-session-token", PL_FIELD_SECRET)                       \
  X (X_IMMICH_SHARE_KEY,     "x-immich-share-key",     PL_FIELD_SECRET)                       \
  X (X_IMMICH_SHARE_SLUG,    "x-immich-share-slug",    PL_FIELD_SECRET)                       \
  X (X_IMMICH_USER_TOKEN,    "x-immich-user-token",    PL_FIELD_SECRET)                       \
  X (X_REAL_IP,              "x-real-ip",              PL_FIELD_FORWARDING)
/* clang-format on */

/** PlFieldId: which known field; %PL_FIELD_OTHER (0) is any that is not in the table. */
typedef enum
{
  PL_FIELD_OTHER = 0,
#define X(id, name, flags) PL_FIELD_##id,
  PL_FIELDS (X)
#undef X
      PL_FIELD_COUNT
} PlFieldId;

/**
 * pl_field_identify:
 * @name: a field name as it came, in any case
 *
 * Finds @name in the table, ASCII case ignored. On the relay path: constant time, no allocation.
 *
 * Returns: its id, or %PL_FIELD_OTHER
 */
PlFieldId pl_field_identify (PlSlice name);

/** pl_field_get_flags: what the table says of @id; 0 for %PL_FIELD_OTHER. */
PlFieldFlags pl_field_get_flags (PlFieldId id);

/** pl_field_get_name: its name in lower case; empty for %PL_FIELD_OTHER. */
PlSlice pl_field_get_name (PlFieldId id);

/**
 * pl_field_identify_shadowed:
 * @name: a field name as it came
 *
 * Finds the known field that @name is when its underscores are read as hyphens
 * (`X_Forwarded_For`), as CGI and its heirs do: they see both spellings as one variable. A stranger
 * could overwrite with it what we set, so pl_rewrite_request() drops what shadows a field of ours.
 *
 * Returns: its id, or %PL_FIELD_OTHER, also when @name has no underscore
 */
PlFieldId pl_field_identify_shadowed (PlSlice name);
