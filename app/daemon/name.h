/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The name by which devices at home find the daemon, and what is said of it. */

#pragma once

#include "app/daemon/certificates.h"
#include "app/settings/settings.h"
#include "net/proxy/proxy.h"

typedef struct _PlDaemonName PlDaemonName;

/** pl_daemon_name_new: (transfer full): @proxy and @certificates are borrowed, and outlive it. */
PlDaemonName *pl_daemon_name_new (PlProxy *proxy, PlDaemonCertificates *certificates);

/** pl_daemon_name_free: as pl_daemon_name_end(), and frees. */
void pl_daemon_name_free (PlDaemonName *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlDaemonName, pl_daemon_name_free)

/** pl_daemon_name_want: what @settings wish for, from the next pl_daemon_name_look() on. */
void pl_daemon_name_want (PlDaemonName *name, const PlSettings *settings);

/** pl_daemon_name_look: at where the proxy is reached now, with @config. */
void pl_daemon_name_look (PlDaemonName *name, const PlConfig *config);

/** pl_daemon_name_end: nobody is to be led here any more. */
void pl_daemon_name_end (PlDaemonName *name);
