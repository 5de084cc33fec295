/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A name for this computer that holds in the network at home alone and needs nobody's help there:
 * `porchlight.local`, by multicast DNS (RFC 6762). Where somebody has it already the next is taken:
 * `porchlight-2.local`. */

#pragma once

#include <gio/gio.h>

/** PL_LOCAL_NAME_MOST_OCTETS: of the part before `.local`, so that there is room for more around it
 * in what may have 63. */
#define PL_LOCAL_NAME_MOST_OCTETS 48

/**
 * PlLocalNameState:
 * @PL_LOCAL_NAME_UNWANTED: none is wanted
 * @PL_LOCAL_NAME_ABSENT: nothing on this computer publishes names
 * @PL_LOCAL_NAME_TRYING: it is not known yet
 * @PL_LOCAL_NAME_THERE: it leads here
 * @PL_LOCAL_NAME_REFUSED: the system does not publish it
 * @PL_LOCAL_NAME_MUTE: it is published, but does not lead here
 */
typedef enum
{
  PL_LOCAL_NAME_UNWANTED,
  PL_LOCAL_NAME_ABSENT,
  PL_LOCAL_NAME_TRYING,
  PL_LOCAL_NAME_THERE,
  PL_LOCAL_NAME_REFUSED,
  PL_LOCAL_NAME_MUTE,
} PlLocalNameState;

/**
 * PlLocalNameWish:
 * @label: `porchlight`
 * @addresses: (element-type PlOwnAddress): where it is to lead; not changed any more
 * @port: where is listened there
 * @has_http, @has_https: what is spoken there
 */
typedef struct
{
  const char *label;
  GArray *addresses;
  guint16 port;
  gboolean has_http;
  gboolean has_https;
} PlLocalNameWish;

typedef struct _PlLocalName PlLocalName;

/** PlLocalNameFunc: the state, or the name, is another. */
typedef void (*PlLocalNameFunc) (gpointer user_data);

/** pl_local_name_new: (transfer full): @func is called on the thread's main context, never before
 * the function that caused it has returned. */
PlLocalName *pl_local_name_new (PlLocalNameFunc func, gpointer user_data);

/** pl_local_name_free: the name leads here no longer. */
void pl_local_name_free (PlLocalName *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlLocalName, pl_local_name_free)

/** pl_local_name_want: from now on @wish is to be so, or, for %NULL or no addresses, none; the same
 * as before changes nothing. The name is not there until @func says so. */
void pl_local_name_want (PlLocalName *name, const PlLocalNameWish *wish);

PlLocalNameState pl_local_name_get_state (const PlLocalName *name);

/** pl_local_name_get_host: (transfer none) (nullable): `porchlight.local`, while it is known to
 * lead here; until the next change. */
const char *pl_local_name_get_host (const PlLocalName *name);

/** pl_local_name_dup_first: (transfer full): what is taken of @label where nobody else has it. */
char *pl_local_name_dup_first (const char *label);
