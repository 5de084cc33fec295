/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An authority to try things with: pebble, by those who make Let's Encrypt, with a DNS of its own
 * (pebble-challtestsrv), both on loopback. */

#pragma once

#include <gio/gio.h>

#include "app/acme/acme.h"

/**
 * Pebble:
 * @directory: its URL
 * @authorities: (type filename): who vouches for its server
 * @http_port, @tls_port: where it looks for proofs instead of on ports 80 and 443
 * @dns_url: where its DNS is told what to say, without a slash at the end
 */
typedef struct
{
  char *directory;
  char *authorities;
  guint http_port;
  guint tls_port;
  char *dns_url;

  char *folder;
  GSubprocess *pebble;
  GSubprocess *dns;
} Pebble;

/**
 * PebbleWays:
 * @nonces_refused: of a hundred
 * @binds: only accounts `kid-1` with %PEBBLE_EAB_KEY are taken
 * @sleeps: it waits some seconds before it looks for a proof
 */
typedef struct
{
  guint nonces_refused;
  gboolean binds;
  gboolean sleeps;
} PebbleWays;

#define PEBBLE_EAB_KEY "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W"

/** pebble_is_here: whether it is installed; else the test is skipped. */
gboolean pebble_is_here (void);

Pebble *pebble_start (const PebbleWays *ways);
void pebble_stop (Pebble *pebble);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pebble, pebble_stop)

/** pebble_kill: it is gone in the middle of whatever it does. */
void pebble_kill (Pebble *pebble);

/** pebble_forget_address: names lead nowhere from now on. */
void pebble_forget_address (Pebble *pebble);

/** pebble_dup_program: (transfer full) (type filename): a program at @name in a folder of its own
 * that is the Python @text. */
char *pebble_dup_program (Pebble *pebble, const char *name, const char *text);
