/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine as a whole: the only header of net/ that app/ needs. Configuration goes in;
 * records, progress and state come out, always on the main context of the thread that made
 * the proxy. Nothing here blocks for longer than a turn of a worker. */

#pragma once

#include <gio/gio.h>

#include "net/exchange/close.h"
#include "net/proxy/config.h"
#include "net/exchange/outbox.h"
#include "net/exchange/record.h"
#include "net/exchange/turned_away.h"
#include "net/guard/guard.h"
#include "net/upstream/health.h"

/** PlProxy: workers, listeners, health checks. Owned by the thread that made it. */
typedef struct _PlProxy PlProxy;

/**
 * pl_proxy_new: (transfer full):
 *
 * Makes a proxy with nothing running; its callbacks come on the thread-default main context of the
 * caller.
 */
PlProxy *pl_proxy_new (PlRecordsFunc on_records, gpointer user_data);

/**
 * pl_proxy_apply:
 * @config: what to run from now on; a reference is taken
 *
 * Starts the proxy, or replaces its configuration while it runs. Listeners that did not change stay
 * open, running exchanges and tunnels finish under the old configuration, connections no longer
 * admitted are ended. Another number of workers counts for new connections.
 *
 * Returns: %FALSE with @error (%G_IO_ERROR_ADDRESS_IN_USE, %G_IO_ERROR_PERMISSION_DENIED, …; the
 * message names the address) when a listener could not be opened; what ran before then runs on
 */
gboolean pl_proxy_apply (PlProxy *proxy, PlConfig *config, GError **error);

/**
 * pl_proxy_take_listener:
 * @descriptor: (transfer full): a socket that whoever started the program has opened for it
 *
 * Before the first pl_proxy_apply(), from which on it is listened on whatever the configuration
 * says of ports and addresses; who may come in is decided as ever. What it covers of those that a
 * configuration wants is not opened beside it.
 *
 * Returns: %FALSE with @error when it is no socket that listens for TCP; it is left open
 */
gboolean pl_proxy_take_listener (PlProxy *proxy, int descriptor, GError **error);

/** pl_proxy_settle: waits until every worker has come round once: a turn, unless one hangs. */
void pl_proxy_settle (PlProxy *proxy);

/** pl_proxy_dup_addresses: (transfer full): the `address:port` listened on, %NULL-terminated; free
 * with g_strfreev(). */
char **pl_proxy_dup_addresses (PlProxy *proxy);

/** pl_proxy_foreach_endpoint: calls @func for each endpoint of the running configuration; the
 * status is borrowed for the call. */
void pl_proxy_foreach_endpoint (PlProxy *proxy, PlEndpointStatusFunc func, gpointer user_data);

/** pl_proxy_set_status_func: @func is called whenever the health of an endpoint changes. */
void pl_proxy_set_status_func (PlProxy *proxy, PlEndpointStatusFunc func, gpointer user_data);

/** pl_proxy_set_turned_away_func: @func is called, at most as often as that of records, when
 * connections were refused since the exposure does not admit who came. */
void pl_proxy_set_turned_away_func (PlProxy *proxy, PlTurnedAwayFunc func, gpointer user_data);

/** pl_proxy_dup_waiting: (transfer full) (element-type PlWaiting): who failed to log in so often
 * that the next try has to wait, as it is now; changes only when a record says so: one of a try
 * that failed (#PlRecord.login_outcome), or that came too early (%PL_CLOSE_LOGIN_MUST_WAIT). */
GArray *pl_proxy_dup_waiting (PlProxy *proxy);

/** pl_proxy_let_try_again: nobody of @network has to wait any more; as if none there had failed. */
void pl_proxy_let_try_again (PlProxy *proxy, const PlNetwork *network);

/** pl_proxy_set_capture: whether records come with the heads of their exchanges, see
 * #PlRecordHeads; at first they do not. */
void pl_proxy_set_capture (PlProxy *proxy, gboolean captures);

/**
 * pl_proxy_drain:
 * @on_drained: called once when the last exchange has ended or @timeout_ms is over, whichever is
 * first
 *
 * Stops accepting, closes idle connections, ends tunnels, lets exchanges finish. When it returns
 * the addresses are free for another proxy.
 */
void
pl_proxy_drain (PlProxy *proxy, guint timeout_ms, GSourceOnceFunc on_drained, gpointer user_data);

/** pl_proxy_turn_away: while it drains: connections that @config does not admit are ended. */
void pl_proxy_turn_away (PlProxy *proxy, PlConfig *config);

/** pl_proxy_free: ends whatever runs, joins the workers, and frees; the last records are delivered
 * first. */
void pl_proxy_free (PlProxy *proxy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlProxy, pl_proxy_free)
