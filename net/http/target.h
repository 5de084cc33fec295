/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The request target (RFC 9112 §3.2) in its four forms, the authority a request is for, and
 * the one normal form of a path that routing looks at. */

#pragma once

#include "net/http/fault.h"
#include "net/http/head.h"

typedef enum
{
  PL_TARGET_ORIGIN,    /* /path?query */
  PL_TARGET_ABSOLUTE,  /* http://host/path?query */
  PL_TARGET_AUTHORITY, /* host:port, for CONNECT only */
  PL_TARGET_ASTERISK,  /* *, for OPTIONS only */
} PlTargetForm;

/**
 * PlTarget:
 * @form: how it was written
 * @scheme: (absolute form) as it came; http or https in any case
 * @authority: (absolute and authority form) host and port
 * @path: begins with `/`; in absolute form without a path a literal "/", which is no slice of the
 *   target; empty in the other forms
 * @query: what follows the `?`, which @has_query says was there
 *
 * Slices of the target that was parsed.
 */
typedef struct
{
  PlTargetForm form;
  PlSlice scheme;
  PlSlice authority;
  PlSlice path;
  PlSlice query;
  gboolean has_query;
} PlTarget;

/**
 * pl_target_parse:
 * @method: the request's method: CONNECT takes the authority form and no other, `*` is for OPTIONS
 * @text: the target as it came
 * @target: (out): the parts
 *
 * Refuses a fragment, user information, characters outside RFC 3986 but for those browsers send
 * unescaped (`"<>[]\^`{|}` are allowed, as nginx and Node do), a malformed percent-encoding, an
 * encoded NUL, a scheme other than http and https, an empty or malformed authority.
 *
 * Returns: %PL_HTTP_FAULT_NONE or %PL_HTTP_FAULT_TARGET; @target is then undefined
 */
PlHttpFault pl_target_parse (PlSlice method, PlSlice text, PlTarget *target);

/**
 * pl_target_decide_authority:
 * @head: a complete request head
 * @target: its parsed target
 * @authority: (out): host and port the request is for: the target's, else Host's; empty for an
 *   HTTP/1.0 request without Host
 *
 * RFC 9112 §3.2: HTTP/1.1 must have Host, and no request more than one; a malformed one is
 * refused, as is one that differs from the target's authority (case and the scheme's default port
 * ignored). An empty Host is allowed only where the target has no authority.
 *
 * Returns: %PL_HTTP_FAULT_NONE, or one of the faults of Host; @authority is then undefined
 */
PlHttpFault
pl_target_decide_authority (const PlHead *head, const PlTarget *target, PlSlice *authority);

/**
 * pl_authority_split:
 * @authority: `host`, `host:port`, `[v6]` or `[v6]:port`
 * @host: (out): the host; brackets stripped
 * @port: (out): 1-65535, or 0 where none is given
 *
 * Stricter than RFC 3986 §3.2: a host is letters, digits and `-._~`, or an IPv6 address without a
 * zone. A comma, a percent sign and the like would be read anew by whoever is told of the host.
 *
 * Returns: %FALSE when it is not an authority (empty, bad character, bad port, brackets that do
 *   not match, more than 255 octets)
 */
gboolean pl_authority_split (PlSlice authority, PlSlice *host, guint16 *port);

/**
 * pl_path_normalize:
 * @path: an absolute path, without a query, as pl_target_parse() gave it
 * @out: where the result goes, at least @path.length octets; not terminated
 *
 * The one form routing compares: percent-encodings of unreserved characters decoded, others with
 * upper-case digits, `\`, `%5C` and `%2F` as `/`, runs of slashes as one, dot-segments removed (RFC
 * 3986 §5.2.4, never above the root). `;parameters` after a dot-segment (`/..;x/`, `/..%3Bx/`) do
 * not hide it. This is wider than any one server's reading on purpose: what could be read as
 * another path is seen as that path. To normalise twice changes nothing.
 *
 * Returns: octets written
 */
gsize pl_path_normalize (PlSlice path, char *out);
