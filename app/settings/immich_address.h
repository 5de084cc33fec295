/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where an Immich is, as people say it: the one reading of it, for the settings file, the command
 * line and every field of the window. Nothing is looked up or asked. */

#pragma once

#include <glib.h>

/**
 * PlImmichAddress:
 * @host: a name or a literal address, in small letters, without brackets
 * @port: the one of the first of @urls
 * @encrypts: it begins with `https://`
 * @urls: what it may mean, as `http://host:port` or `https://host:port`; the first is what it means
 * where nobody looks
 * @has_rest: something came after host and port, which Immich has no use for: `/photos?x=1`
 */
typedef struct
{
  char *host;
  guint16 port;
  gboolean encrypts;
  char **urls;
  gboolean has_rest;
} PlImmichAddress;

/**
 * pl_immich_address_read: (transfer full):
 * @text: spaces around it do not count; one of
 *
 *   - `2283`: a port of this computer
 *   - `nas`: Immich's own port there, or else that of the web
 *   - `http://nas`: the port of the web there, as in any URL, or else Immich's own
 *   - `nas:2283`, `http://nas:2283/photos`: just that; what follows is let go of
 *   - `https://photos.example`: the port of HTTPS there
 *
 * IPv6 stands in brackets, or without them where no port follows.
 *
 * Returns: %NULL with @error (%G_IO_ERROR_INVALID_ARGUMENT), whose message is a sentence for people
 */
PlImmichAddress *pl_immich_address_read (const char *text, GError **error);
void pl_immich_address_free (PlImmichAddress *address);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlImmichAddress, pl_immich_address_free)

/** pl_immich_address_dup_url: (transfer full) (nullable): what @text means where nobody looks:
 * `http://nas:2283`; %NULL where it is no address. */
char *pl_immich_address_dup_url (const char *text);
