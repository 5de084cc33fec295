/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is at an address that somebody is typing, found out while they type. */

#pragma once

#include "app/finder/judge.h"

#define PL_TYPE_VERDICT (pl_verdict_get_type ())
G_DECLARE_FINAL_TYPE (PlVerdict, pl_verdict, PL, VERDICT, GObject)

/** PlVerdict::changed: kind, words and finding may be others now. */

/** pl_verdict_new: @own_port: where Porchlight itself listens. */
PlVerdict *pl_verdict_new (guint16 own_port);

/** pl_verdict_set_proof: @proof: (nullable): see pl_judge_async(): for texts that come. */
void pl_verdict_set_proof (PlVerdict *verdict, PlProof *proof);

/** pl_verdict_set_text: as it stands in the entry now. It is asked for when it has stood still for
 * a moment. */
void pl_verdict_set_text (PlVerdict *verdict, const char *text);

/** pl_verdict_hurry: whoever typed it waits: it is asked for at once. */
void pl_verdict_hurry (PlVerdict *verdict);

PlVerdictKind pl_verdict_get_kind (PlVerdict *verdict);

/** pl_verdict_get_words: (transfer none): a sentence; empty with %PL_VERDICT_NONE. */
const char *pl_verdict_get_words (PlVerdict *verdict);

/** pl_verdict_get_judgment: (transfer none) (nullable): %NULL with %PL_VERDICT_NONE and
 * %PL_VERDICT_ASKING. */
const PlJudgment *pl_verdict_get_judgment (PlVerdict *verdict);
