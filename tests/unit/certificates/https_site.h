/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server of HTTPS on loopback, by GIO's TLS, whose certificate is of an authority made for the
 * test. */

#pragma once

#include <libsoup/soup.h>

#include "tests/unit/certificates/maker.h"

/**
 * HttpsSite:
 * @server: what answers; the test gives it its handlers
 * @url: where, without a slash at its end; from https_site_listen() on
 * @authority: PEM: who vouches for it
 * @authority_path: a file with that
 * @authority_x509, @authority_key: the same, to have more made
 */
typedef struct
{
  SoupServer *server;
  char *url;
  guint16 port;
  GBytes *authority;
  char *authority_path;
  X509 *authority_x509;
  EVP_PKEY *authority_key;
  /*< private >*/
  GSocketService *service;
  GSocketAddress *address;
  GTlsCertificate *certificate;
  guint handshakes;
} HttpsSite;

/** https_site_set_up: with an authority, but deaf until https_site_listen(). */
void https_site_set_up (HttpsSite *site);
void https_site_tear_down (HttpsSite *site);

/** https_site_listen: on 127.0.0.1, with a certificate for @hosts, of MadeCertificate's form. */
void https_site_listen (HttpsSite *site, const char *hosts);

/** trust_only: as if this computer trusted the authorities in @path, and no other; %NULL: none. */
void trust_only (const char *path);

/** is_without_https: whether GIO has no TLS here; TAP is then told that all tests are skipped. */
gboolean is_without_https (void);
