/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an address of this computer is good for, as far as it shows: at home, or elsewhere too. */

#pragma once

#include <glib.h>

/** PlAddressKind: the best for a phone at home first. */
typedef enum
{
  PL_ADDRESS_NAME,       /* that somebody gave, and the certificate is for */
  PL_ADDRESS_LOCAL_NAME, /* .local, which is spoken in one's own network alone (RFC 6762) */
  PL_ADDRESS_HOME,       /* IPv4 of one's own network */
  PL_ADDRESS_PUBLIC,     /* IPv4 of the internet */
  PL_ADDRESS_TAILSCALE,  /* of the ranges that Tailscale gives out: from wherever it runs too */
  PL_ADDRESS_IPV6,       /* any other, which nobody likes to type */
  PL_ADDRESS_KIND_COUNT
} PlAddressKind;

/** pl_address_kind_of_url: @url: `http://192.168.1.20:8080`, or with https. */
PlAddressKind pl_address_kind_of_url (const char *url);

/** pl_address_kind_get_words: (transfer none): `At home`, to stand beside the address. */
const char *pl_address_kind_get_words (PlAddressKind kind);
