/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lamp over the door: the one state that window, tray and notifications show. */

#pragma once

#include <glib-object.h>

/**
 * PlLamp:
 * @PL_LAMP_PAUSED: nobody is let in, by the user's wish; also before the start
 * @PL_LAMP_COMPUTER: this computer alone
 * @PL_LAMP_NETWORK: devices in the user's network
 * @PL_LAMP_INTERNET: everybody
 * @PL_LAMP_FAULT: something keeps photos from being reached; see #PlTrouble
 */
typedef enum
{
  PL_LAMP_PAUSED,
  PL_LAMP_COMPUTER,
  PL_LAMP_NETWORK,
  PL_LAMP_INTERNET,
  PL_LAMP_FAULT,
} PlLamp;

#define PL_TYPE_LAMP (pl_lamp_get_type ())
GType pl_lamp_get_type (void);

/** pl_lamp_get_name: (transfer none): for names of icons and style classes: `paused`, `computer`,
 * `network`, `internet`, `fault`. */
const char *pl_lamp_get_name (PlLamp lamp);
