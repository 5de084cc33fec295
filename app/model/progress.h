/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a record adds to those before it of the same exchange: records tell how much was moved in
 * all, sums and graphs want to know how much more. */

#pragma once

#include "net/proxy/proxy.h"

/**
 * PlProgressStep:
 * @is_first: nothing was known of the exchange before
 * @up_bytes, @down_bytes: moved since the record before
 */
typedef struct
{
  gboolean is_first;
  guint64 up_bytes;
  guint64 down_bytes;
} PlProgressStep;

typedef struct _PlProgress PlProgress;

PlProgress *pl_progress_new (void);
void pl_progress_free (PlProgress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlProgress, pl_progress_free)

/** pl_progress_add: takes note of @record. */
PlProgressStep pl_progress_add (PlProgress *progress, const PlRecord *record);
