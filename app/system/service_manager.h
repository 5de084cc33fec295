/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who started the program as a service and looks after it: systemd, on Linux. It hands over sockets
 * that it has opened, wants to know how the program is, and to hear from it now and then. Where
 * there is none, or it wants to know nothing, nothing happens here. */

#pragma once

#include <glib.h>

typedef struct _PlServiceManager PlServiceManager;

/**
 * PlServiceSocket:
 * @descriptor: whoever listens on it takes it over
 * @name: what the service manager calls it: `porchlightd.socket`
 */
typedef struct
{
  int descriptor;
  char *name;
} PlServiceSocket;

/**
 * pl_service_manager_new: (transfer full):
 *
 * Once in a program, before it has threads: what the environment says is taken out of it, so that
 * nothing this program starts believes it is meant (sd_notify(3), sd_listen_fds(3)).
 */
PlServiceManager *pl_service_manager_new (void);
void pl_service_manager_free (PlServiceManager *manager);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlServiceManager, pl_service_manager_free)

/** pl_service_manager_get_sockets: (transfer none): of #PlServiceSocket; perhaps none. */
const GArray *pl_service_manager_get_sockets (const PlServiceManager *manager);

/** pl_service_manager_tell_ready: it serves; after a start, and after each reload. */
void pl_service_manager_tell_ready (PlServiceManager *manager);

/** pl_service_manager_tell_reloading: it reads its settings again, and will be ready again. */
void pl_service_manager_tell_reloading (PlServiceManager *manager);

/** pl_service_manager_tell_stopping: it is about to end. */
void pl_service_manager_tell_stopping (PlServiceManager *manager);

/** pl_service_manager_tell_status: @words: for people, in one line: how it is. */
void pl_service_manager_tell_status (PlServiceManager *manager, const char *words);

/**
 * pl_service_manager_vouch:
 * @look: comes back when all is well; when something hangs it does not
 *
 * Where the service manager wants signs of life (systemd's `WatchdogSec=`) @look is called twice in
 * each of its intervals, on the main thread, and then one is given.
 */
void pl_service_manager_vouch (PlServiceManager *manager, GSourceOnceFunc look, gpointer user_data);
