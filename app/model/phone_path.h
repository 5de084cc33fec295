/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What phones ask for when they connect, and by which an address that goes on too far is known: the
 * Immich app puts its own paths behind whatever was typed. */

#pragma once

#include "net/proxy/proxy.h"

/** pl_phone_path_is_first: whether @record asks for what an app or a browser asks for first. */
gboolean pl_phone_path_is_first (const PlRecord *record);

/** pl_phone_path_is_wrong: whether @record asks for that behind something else, and was not
 * answered by an Immich that is there. */
gboolean pl_phone_path_is_wrong (const PlRecord *record);

/** pl_phone_path_dup_excess: (transfer full) (nullable): what is too much: `/immich`; %NULL:
 * nothing that is known. */
char *pl_phone_path_dup_excess (const PlRecord *record);
