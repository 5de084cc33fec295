/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The daemon as a service of the system: sockets it is given, and what it tells of itself. */

#pragma once

#include "app/system/service_manager.h"
#include "net/proxy/proxy.h"

/**
 * pl_service_hand_over:
 *
 * Lets @proxy, which has nothing running yet, listen on all that the service manager has opened.
 *
 * Returns: %FALSE with @error, in words for people, when something of it cannot be listened on
 */
gboolean pl_service_hand_over (const PlServiceManager *manager, PlProxy *proxy, GError **error);

/** pl_service_tell_health: where devices can come in, and which addresses of Immich are not well.
 */
void pl_service_tell_health (PlServiceManager *manager, PlProxy *proxy, const char *const *urls);

/** pl_service_vouch: as long as the main thread and all workers of @proxy, which must outlive
 * @manager, come round, the service manager is told. */
void pl_service_vouch (PlServiceManager *manager, PlProxy *proxy);
