/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Proxies that pass on what others ask for, while nobody has said that their word on whom is
 * believed. */

#pragma once

#include "net/proxy/proxy.h"

/**
 * pl_unknown_proxy_dup_address: (transfer full) (nullable):
 *
 * The entry of `[forwarding] trusted-proxies=` by which it would be known who asked for @record.
 *
 * Returns: %NULL where @record was not kept out for that, or came from neither this computer nor
 *   home: anybody in the internet can say to speak for others, and is not to be offered belief
 */
char *pl_unknown_proxy_dup_address (const PlRecord *record);
