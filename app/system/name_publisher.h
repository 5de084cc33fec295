/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of the system that answers for names in the network at home (multicast DNS, RFC 6762):
 * Avahi, or what Windows and macOS have of their own. It is given one name at a time and tells what
 * becomes of it; which other one to take when that is somebody else's is for local_name.h. */

#pragma once

#include <gio/gio.h>

/**
 * PlNameFate: what has become of a name.
 * @PL_NAME_ABSENT: nothing here publishes names
 * @PL_NAME_TRYING: the system has it, and asks around whether it is somebody's
 * @PL_NAME_THERE: it leads here: the system has been asked
 * @PL_NAME_TAKEN: somebody else has it
 * @PL_NAME_REFUSED: the system does not publish it
 * @PL_NAME_MUTE: it is published, but when the system is asked it does not lead here
 */
typedef enum
{
  PL_NAME_ABSENT,
  PL_NAME_TRYING,
  PL_NAME_THERE,
  PL_NAME_TAKEN,
  PL_NAME_REFUSED,
  PL_NAME_MUTE,
} PlNameFate;

/**
 * PlPublication: what is to be known of this computer.
 * @host: `porchlight.local`
 * @service: what lists of services call it (RFC 6763 §4.1.1)
 * @addresses: (element-type PlOwnAddress): where @host leads, one at least; each is told in the
 *   network of its interface alone
 * @port: of the service
 * @has_http, @has_https: what is spoken there
 */
typedef struct
{
  char *host;
  char *service;
  GArray *addresses;
  guint16 port;
  gboolean has_http;
  gboolean has_https;
} PlPublication;

/** pl_publication_copy: (transfer full): shares @addresses, which nobody may change any more. */
PlPublication *pl_publication_copy (const PlPublication *publication);
void pl_publication_free (PlPublication *publication);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlPublication, pl_publication_free)

/** pl_publication_leads_to: whether @text, an address, is among those it is for. */
gboolean pl_publication_leads_to (const PlPublication *publication, const char *text);

typedef struct _PlNamePublisher PlNamePublisher;

/** PlNamePublisherFunc: @fate of the publication given last. A name may be lost later, too. */
typedef void (*PlNamePublisherFunc) (PlNameFate fate, gpointer user_data);

/** pl_name_publisher_new: (transfer full): publishes nothing yet; @func is called on the thread's
 * main context, never before the function that caused it has returned. */
PlNamePublisher *pl_name_publisher_new (PlNamePublisherFunc func, gpointer user_data);

/** pl_name_publisher_free: withdraws what was published; nothing is told any more. */
void pl_name_publisher_free (PlNamePublisher *publisher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlNamePublisher, pl_name_publisher_free)

/** pl_name_publisher_publish: @publication in place of what was published, or, for %NULL, nothing
 * any more. */
void pl_name_publisher_publish (PlNamePublisher *publisher, const PlPublication *publication);
