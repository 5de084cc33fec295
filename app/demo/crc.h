/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/** pl_crc32: as PNG and ZIP have it (ISO 3309, RFC 2083 §3.4). */
guint32 pl_crc32 (const guint8 *bytes, gsize length);
