/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said to the upstream of the way a request came. */

#pragma once

#include "net/http/head.h"
#include "net/http/write.h"
#include "net/route/address.h"
#include "net/route/door.h"
#include "net/route/trust.h"

/**
 * PlForwardedInput:
 * @client: who connected to us
 * @trusted: (nullable): the networks whose word is believed
 * @head: the request as it came
 * @authority: host and port the request is for, see pl_target_decide_authority()
 * @is_tls: whether the client reached us over TLS
 */
typedef struct
{
  const PlAddress *client;
  const PlTrust *trusted;
  const PlHead *head;
  PlSlice authority;
  gboolean is_tls;
} PlForwardedInput;

/**
 * pl_forwarded_write:
 *
 * Adds to @writer the fields X-Forwarded-For, X-Forwarded-Host, X-Forwarded-Proto and X-Real-IP.
 *
 * A stranger's own are thrown away (Immich believes any private address, so whoever may append
 * can forge): For and Real-IP are the client's address without port, Host is @authority (left out
 * where that is empty), Proto `http` or `https` as the client reached us.
 *
 * A client in @trusted is asked of the way before it, see pl_hops_read(): For is what is believed
 * of that way, written anew without ports and zones, and the client's own address behind it;
 * Real-IP is the first of For; Proto and Host are what the real client asked with, where that is
 * said.
 *
 * Forwarded itself passes on from nobody: what is believed of it is said in the four fields.
 */
void pl_forwarded_write (const PlForwardedInput *input, PlWriter *writer);

/** pl_forwarded_is_encrypted: whether the real client asked over TLS: by our own, or as a client in
 * @trusted says. */
gboolean pl_forwarded_is_encrypted (const PlForwardedInput *input);

/** pl_forwarded_get_client: who asked, as Real-IP has it; its port is 0 where it was taken from
 * For. */
PlAddress pl_forwarded_get_client (const PlForwardedInput *input);

/** pl_forwarded_is_forwarded: whether @head has a field that only a proxy sends. */
gboolean pl_forwarded_is_forwarded (const PlHead *head);

/**
 * pl_forwarded_find_circle:
 * @home: (nullable): see pl_circle_find()
 *
 * To which circle belongs who asked: the farthest of all it may have been. Whoever connected to us
 * counts, too: a stranger is not at home for what it says. Where a proxy is in between that is not
 * trusted, or hides whom it saw, or speaks for somebody without saying for whom, it may have been
 * anybody. What is said in the one language and otherwise in the other was maybe said by a
 * stranger.
 */
PlCircle pl_forwarded_find_circle (const PlForwardedInput *input, const PlTrust *home);
