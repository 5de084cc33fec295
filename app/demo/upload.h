/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes a file sent as multipart/form-data: counts and hashes it while it arrives. */

#pragma once

#include "app/demo/site.h"

/**
 * pl_upload_begin:
 *
 * When the head is there. A file whose checksum (`x-immich-checksum`) is known is answered at once,
 * its body unread, as Immich does.
 */
void pl_upload_begin (PlVisit *visit);

/** pl_upload_finish: when the body is there: `{"id":…,"status":"created","size":…,"sha1":…}`. */
void pl_upload_finish (PlVisit *visit);
