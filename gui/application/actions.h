/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything a menu, the tray, a key or a notification can ask the program for, in one table:
 *
 * - `show-page` (s): raises the window at `home`, `requests`, `checkup` or `settings`
 * - `show-requests` (s): those of the device at an address
 * - `open-immich`: in the browser
 * - `copy-address`, `show-qr` (s): what other devices need to come in: the best address, or, of the
 *   code, the one given
 * - `exposure` (stateful, s): `computer`, `network` or `internet`
 * - `open-until` (sux): who may come in for a while (`network`), what the internet may see (a
 *   #PlDoorRule), and until when; `open-for` (s): the next wider circle, for an `hour` or until
 *   `midnight`; `close-now`: for no longer
 * - `pause` (stateful, b)
 * - `assistant`, `open-settings-file`, `shortcuts`, `about`, `restart`, `quit`
 */

#pragma once

#include "gui/application/application.h"

/** pl_actions_add: adds them all to @application, with their keys, and keeps their state that of
 * its engine. */
void pl_actions_add (PlApplication *application);
