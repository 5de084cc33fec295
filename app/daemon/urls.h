/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the daemon can be reached, and what it says of that. */

#pragma once

#include "app/engine/encryption.h"
#include "net/proxy/proxy.h"

typedef struct _PlDaemonUrls PlDaemonUrls;

/** pl_daemon_urls_new: (transfer full): nothing is said yet. */
PlDaemonUrls *pl_daemon_urls_new (void);
void pl_daemon_urls_free (PlDaemonUrls *urls);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlDaemonUrls, pl_daemon_urls_free)

/** pl_daemon_urls_say: where @proxy, which runs with @config, is reached with @certificates, if
 * that is not what was said last. %FALSE: it is. */
gboolean pl_daemon_urls_say (PlDaemonUrls *urls,
                             PlProxy *proxy,
                             const PlConfig *config,
                             const PlGathering *certificates);

/** pl_daemon_urls_get: (transfer none) (nullable): what was said last; %NULL: nothing yet. */
const char *const *pl_daemon_urls_get (const PlDaemonUrls *urls);
