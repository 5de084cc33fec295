/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An authority that says whatever a test wants it to: what pebble never does. */

#pragma once

#include "app/acme/acme.h"
#include "tests/unit/certificates/https_site.h"

/**
 * Said: what is answered at a path
 * @path: how the path begins; %NULL ends a list
 * @retry: (nullable): Retry-After
 * @body: `%s`: the server's own address
 */
typedef struct
{
  const char *path;
  guint status;
  const char *retry;
  const char *body;
} Said;

/**
 * Authority:
 * @long_body: (nullable): what is answered instead
 * @n_asked: how often it was
 * @orders: what they were of, a line each
 * @n_hang_ups: so many questions for an account get no answer
 * @wish: for `photos.example`, of this authority
 * @chain: PEM, of a certificate it has made
 */
typedef struct
{
  HttpsSite site;
  const Said *said;
  char *long_body;
  guint n_asked;
  GString *orders;
  guint n_hang_ups;
  PlAcmeWish *wish;
  GBytes *chain;
} Authority;

#define DIRECTORY                                                                                  \
  "{\"newNonce\":\"%s/nonce\",\"newAccount\":\"%s/account\",\"newOrder\":\"%s/order\","            \
  "\"renewalInfo\":\"%s/renewal\"}"
#define ACCOUNT       "{\"status\":\"valid\"}" /* has a place of its own, where it can be asked for */
#define PROBLEM(type) "{\"type\":\"urn:ietf:params:acme:error:" type "\",\"detail\":\"so it is\"}"

/** authority_set_up: @said: borrowed */
void authority_set_up (Authority *authority, const Said *said);
void authority_tear_down (Authority *authority);
