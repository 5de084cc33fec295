/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lamp as an icon of Windows. */

#pragma once

#include <windows.h>

#include "app/model/lamp.h"

/** pl_lamp_picture_new: (transfer full) (nullable): of the size that icons in the taskbar have now;
 * free with DestroyIcon(). %NULL when there is no picture. */
HICON pl_lamp_picture_new (PlLamp lamp);
