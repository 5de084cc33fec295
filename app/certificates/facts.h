/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in a certificate, in forms that people and programs read. All text is valid UTF-8
 * without controls, whatever the certificate says. */

#pragma once

#include "app/certificates/openssl.h"

/** pl_facts_get_time_s: seconds since 1970 (UTC); 0 for a time that cannot be read. */
gint64 pl_facts_get_time_s (const ASN1_TIME *time);

/** pl_facts_dup_name: (transfer full): the common name, or the organisation; `(no name)` where
 * there is neither. */
char *pl_facts_dup_name (const X509_NAME *name);

/** pl_facts_dup_hosts: (transfer full): the host names and addresses it is for, as they stand in
 * its subject alternative names, which alone count (RFC 9525 §6.3); perhaps none. */
GStrv pl_facts_dup_hosts (const X509 *certificate);

/** pl_facts_dup_fingerprint: (transfer full): SHA-256 of it all: `AB:CD:…`, 32 pairs. */
char *pl_facts_dup_fingerprint (const X509 *certificate);

/** pl_facts_is_self_signed: whether its own key signed it. */
gboolean pl_facts_is_self_signed (X509 *certificate);
