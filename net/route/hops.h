/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a trusted proxy in front of us says of the way a request took before it came to the proxy.
 */

#pragma once

#include "net/http/head.h"
#include "net/route/address.h"
#include "net/route/trust.h"

/** PL_HOPS_MAX: how many hops are read; what lies beyond is not believed. */
#define PL_HOPS_MAX 32

/**
 * PlHops:
 * @addresses: who asked whom, the newest first and without ports; all but the last are trusted
 * @n_addresses: how many are set; 0 when nothing is said that can be believed
 * @names_client: the last of @addresses is who asked; else the tale breaks off before that, at a
 * hop that is believed and hides whom it saw, or says nothing
 * @proto: `http` or `https`, as the real client asked; empty when nothing is said
 * @host: host and maybe port the real client asked for, well-formed; empty when nothing is said. A
 *   slice of the head
 */
typedef struct
{
  PlAddress addresses[PL_HOPS_MAX];
  guint n_addresses;
  gboolean names_client;
  PlSlice proto;
  PlSlice host;
} PlHops;

/**
 * pl_hops_read:
 * @head: of a request that came from a trusted proxy
 * @trusted: (nullable): whose word is believed
 * @hops: (out): what of it is believed
 *
 * Reads X-Forwarded-For, -Proto and -Host; where none of the three came, Forwarded (RFC 7239). A
 * proxy is taken to speak one of the two languages: it often passes on untouched what a stranger
 * said in the other.
 *
 * Each hop adds what it saw behind what it was told, in the same field or in another of that name.
 * So the list is read from its end to the first address that is not trusted, the real client: a
 * stranger wrote what lies beyond. If a hop cannot be read, what lies beyond is not believed
 * either, since it is not known who wrote it; what was read before it is.
 *
 * A hop is an address: with or without a port, IPv6 with or without brackets, its zone
 * (`fe80::1%eth0`) passed over since it means nothing elsewhere. What cannot be read is `unknown`,
 * `_hidden`, a name, everything else.
 *
 * The scheme and the host are those that the same hop saw: of a list, the element as far from the
 * end as the real client is, or the first if the list is shorter; in Forwarded, of the same
 * element or of the next that says it. Lists beside For are read as far as they can be read, too.
 * `ws` means `http` here and `wss` means `https`, in capitals too.
 */
void pl_hops_read (const PlHead *head, const PlTrust *trusted, PlHops *hops);

/** pl_hops_clear: nothing is said, or nothing of it believed. */
void pl_hops_clear (PlHops *hops);

/**
 * pl_hops_read_addresses:
 * @language: %PL_FIELD_X_FORWARDED_FOR or %PL_FIELD_FORWARDED
 *
 * Reads what @language says, whatever is said in the other: @addresses and @names_client alone.
 */
void pl_hops_read_addresses (const PlHead *head,
                             PlFieldId language,
                             const PlTrust *trusted,
                             PlHops *hops);
