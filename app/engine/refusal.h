/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A door that could not be opened: why, who has the port, and which other one could be had. */

#pragma once

#include <gio/gio.h>

#include "app/model/trouble.h"
#include "app/system/port_owner.h"
#include "net/proxy/proxy.h"

/** pl_port_find_free: a port near @port that nobody listens on. */
guint16 pl_port_find_free (guint16 port);

/**
 * pl_port_check:
 * @before: (nullable): what runs already. Who came beside it since then does not hinder that it
 * runs on with other rules
 *
 * Returns: %FALSE with %G_IO_ERROR_ADDRESS_IN_USE when the system would let @config have its port
 *   though another program has it already
 */
gboolean pl_port_check (const PlConfig *config, const PlConfig *before, GError **error);

/** pl_port_dup_owner_words: (transfer full): who has @port: `nginx (process 123)`, `a program of
 * the user www-data`, `another program`. Looks at every process, which may take a while. */
char *pl_port_dup_owner_words (guint16 port);

/**
 * PlRefusalReason:
 * @PL_REFUSED_TAKEN: another program has the port
 * @PL_REFUSED_PRIVILEGED: it is kept for privileged programs
 * @PL_REFUSED_RESERVED: Windows keeps it for itself
 * @PL_REFUSED_OTHER: what the error says
 */
typedef enum
{
  PL_REFUSED_TAKEN,
  PL_REFUSED_PRIVILEGED,
  PL_REFUSED_RESERVED,
  PL_REFUSED_OTHER,
} PlRefusalReason;

/** pl_refusal_find_reason: why @port was refused with @error, from pl_proxy_apply(). */
PlRefusalReason pl_refusal_find_reason (const GError *error, guint16 port);

/** pl_refusal_reason_of: the same, when it is known who keeps the port, and that nobody listens on
 * it. */
PlRefusalReason pl_refusal_reason_of (const GError *error, PlPortKeeper keeper, gboolean is_free);

/** PlRefusal: the last refusal, if it still counts. */
typedef struct _PlRefusal PlRefusal;

/** PlRefusalFunc: pl_refusal_new_trouble() says more now. */
typedef void (*PlRefusalFunc) (gpointer user_data);

PlRefusal *pl_refusal_new (PlRefusalFunc on_known, gpointer user_data);

/** pl_refusal_free: nothing is called any more. */
void pl_refusal_free (PlRefusal *refusal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlRefusal, pl_refusal_free)

/** pl_refusal_set: @config cannot run because of @error, from pl_proxy_apply(). Who has its port is
 * looked up on another thread. */
void pl_refusal_set (PlRefusal *refusal, const PlConfig *config, const GError *error);

/** pl_refusal_clear: nothing is refused any more. */
void pl_refusal_clear (PlRefusal *refusal);

gboolean pl_refusal_is_set (const PlRefusal *refusal);

/** pl_refusal_new_trouble: (transfer full): what to tell of it, as far as it is known now. Only
 * while it is set. */
PlTrouble *pl_refusal_new_trouble (const PlRefusal *refusal);

/** pl_refusal_dup_words: (transfer full): the same in one sentence, with the port that could be had
 * instead. Looks who has the port, which may take a while. Only while it is set. */
char *pl_refusal_dup_words (const PlRefusal *refusal);

/** pl_bind_find_missing: (transfer none) (nullable): the first of the addresses that @config wants
 * to listen on and this computer does not have now. */
const char *pl_bind_find_missing (const PlConfig *config);
