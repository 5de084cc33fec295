/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders that who manages services gives to one: systemd names them in the environment. */

#pragma once

#include <glib.h>

/** pl_service_folder_dup_kept: (transfer full) (nullable) (type filename): for what is kept from
 * start to start (`$STATE_DIRECTORY`); %NULL: there is none. */
char *pl_service_folder_dup_kept (void);

/** pl_service_folder_dup_running: (transfer full) (nullable) (type filename): for what is there
 * while the service runs (`$RUNTIME_DIRECTORY`); %NULL: there is none. */
char *pl_service_folder_dup_running (void);
