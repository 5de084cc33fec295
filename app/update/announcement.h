/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the makers of this program say of its newest version, and that it was they who said it. */

#pragma once

#include <gio/gio.h>

/** PL_ANNOUNCEMENT_MAX_BYTES: a longer one is none. */
#define PL_ANNOUNCEMENT_MAX_BYTES 4096

/**
 * PlAnnouncement:
 * @version: see pl_version_is_valid()
 * @page: where it is told of; begins with `https://`
 */
typedef struct
{
  char *version;
  char *page;
} PlAnnouncement;

void pl_announcement_free (PlAnnouncement *announcement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAnnouncement, pl_announcement_free)

/**
 * pl_announcement_read: (transfer full):
 * @document: what packaging/announce has written: a JSON object with `announcement`, another one in
 *   base64, and `signature`, by Ed25519 (RFC 8032) over the octets of that one, in base64
 * @key: the public key whose signature counts: 32 octets in base64
 *
 * Nothing of an announcement is read before its signature has been found right. That an old one is
 * shown again does no harm, since it tells of nothing newer.
 *
 * Returns: %NULL with @error (%G_IO_ERROR_INVALID_DATA) for what is no announcement, or not one by
 *   the owner of @key, or not one of Porchlight
 */
PlAnnouncement *pl_announcement_read (GBytes *document, const char *key, GError **error);
