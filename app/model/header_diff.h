/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A head as it came beside the head as it was sent on, field by field. */

#pragma once

#include "net/proxy/proxy.h"

/** PlHeaderKind: what became of a field. */
typedef enum
{
  PL_HEADER_SAME,
  PL_HEADER_ADDED,   /* by us: there is no @value_in */
  PL_HEADER_REMOVED, /* by us: there is no @value_out */
  PL_HEADER_CHANGED,
} PlHeaderKind;

/**
 * PlHeaderRow:
 * @name: as it was written by whoever sent it
 * @value_in: (nullable): as it came
 * @value_out: (nullable): as it was sent on
 * @kind: what became of it
 * @is_secret: by its name it may hold one: both values are to be shown as %PL_HEADER_MASK until the
 * user asks for them
 * @explanation: (nullable): one sentence on why it was added, changed or left out, in the user's
 *   language; %NULL where nothing was done
 * @is_lost: the secret itself was not kept: there is nothing to be shown in the mask's place
 *
 * All text is valid UTF-8 without control characters.
 */
typedef struct
{
  char *name;
  char *value_in;
  char *value_out;
  PlHeaderKind kind;
  gboolean is_secret;
  const char *explanation;
  gboolean is_lost;
} PlHeaderRow;

/** PL_HEADER_MASK: what is shown in a secret's place. */
#define PL_HEADER_MASK "••••••••"

typedef struct _PlHeaderDiff PlHeaderDiff;

/**
 * pl_header_diff_new: (transfer full):
 * @kind: whose head it is
 * @in: the octets of the head as it came
 * @out: (nullable): as it was sent on; %NULL: it was not, and every row is as if it had been the
 * same
 *
 * Rows stand in the order of @in, with what was added after it. Fields that came several times are
 * paired in order. Where a head cannot be read as HTTP there are as many rows as could be.
 */
PlHeaderDiff *pl_header_diff_new (PlHeadKind kind, GBytes *in, GBytes *out);
void pl_header_diff_free (PlHeaderDiff *diff);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlHeaderDiff, pl_header_diff_free)

/** pl_header_diff_get_first_line_in, pl_header_diff_get_first_line_out: (transfer none) (nullable):
 * the request or status line, secrets in it masked. */
const char *pl_header_diff_get_first_line_in (const PlHeaderDiff *diff);
const char *pl_header_diff_get_first_line_out (const PlHeaderDiff *diff);

guint pl_header_diff_get_n_rows (const PlHeaderDiff *diff);

/** pl_header_diff_get_row: (transfer none): as long as @diff lives. */
const PlHeaderRow *pl_header_diff_get_row (const PlHeaderDiff *diff, guint index);
