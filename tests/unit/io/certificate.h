/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates for tests, made when they are asked for: each signed by itself, so it is its own
 * authority. */

#pragma once

#include "net/io/tls.h"

/** certificate_make: (transfer full): for @names, as OpenSSL writes alternative names:
 * `DNS:a.example,IP:127.0.0.1`; good from @from_s to @until_s, seconds from now. */
PlTlsCertificate *certificate_make (const char *names, long from_s, long until_s);
void certificate_free (PlTlsCertificate *certificate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlTlsCertificate, certificate_free)

/** certificate_new_context: (transfer full): a server's with one for localhost and 127.0.0.1. */
PlTlsContext *certificate_new_context (const char *const *protocols, GBytes **authority);
