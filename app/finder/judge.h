/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is at an address that somebody gave: the one judge for all who take one, be it typed into a
 * field, found in a file, or said on a command line. It reads the address, looks what answers
 * there, and says so in a sentence. */

#pragma once

#include "app/finder/finding.h"
#include "net/proxy/proxy.h"

/**
 * PlVerdictKind:
 * @PL_VERDICT_NONE: nothing was given
 * @PL_VERDICT_NO_ADDRESS: what was given is none
 * @PL_VERDICT_ASKING: it is being asked
 * @PL_VERDICT_PORCHLIGHT: the address leads back to this program
 * @PL_VERDICT_NOBODY: nobody answers
 * @PL_VERDICT_OTHER: what answers is no Immich
 * @PL_VERDICT_PART: a part of an old Immich, without the other one
 * @PL_VERDICT_IMMICH: here it is
 */
typedef enum
{
  PL_VERDICT_NONE,
  PL_VERDICT_NO_ADDRESS,
  PL_VERDICT_ASKING,
  PL_VERDICT_PORCHLIGHT,
  PL_VERDICT_NOBODY,
  PL_VERDICT_OTHER,
  PL_VERDICT_PART,
  PL_VERDICT_IMMICH,
} PlVerdictKind;

/**
 * PlJudgment:
 * @kind: not %PL_VERDICT_NONE or %PL_VERDICT_ASKING
 * @words: a sentence
 * @url: (nullable): what to use: where an Immich was found, else what the address means by itself;
 *   %NULL with %PL_VERDICT_NO_ADDRESS
 * @finding: (nullable): with %PL_VERDICT_IMMICH
 */
typedef struct
{
  PlVerdictKind kind;
  char *words;
  char *url;
  PlFinding *finding;
} PlJudgment;

void pl_judgment_free (PlJudgment *judgment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlJudgment, pl_judgment_free)

/** pl_judgment_is_doubtful: whether somebody who knows better may use the address all the same: an
 * Immich that does not run now, or one behind something that hides it. */
gboolean pl_judgment_is_doubtful (const PlJudgment *judgment);

/**
 * pl_judge_async:
 * @text: see pl_immich_address_read()
 * @own_port: where Porchlight itself listens
 * @proof: (nullable): whom to believe who they are over https, see pl_settings_find_proof()
 *
 * Ends within a few seconds, whoever is there.
 */
void pl_judge_async (const char *text,
                     guint16 own_port,
                     PlProof *proof,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);

/** pl_judge_finish: (transfer full): %NULL only with %G_IO_ERROR_CANCELLED. */
PlJudgment *pl_judge_finish (GAsyncResult *result, GError **error);

/**
 * pl_judge_list_async:
 * @text: a value of `[upstream] urls` that pl_setting_check() allows
 * @known: another such value: addresses that are in it are not looked at again
 *
 * Looks at one after the other, until one is no Immich. Where all are known it is
 * %PL_VERDICT_IMMICH without words.
 */
void pl_judge_list_async (const char *text,
                          const char *known,
                          guint16 own_port,
                          PlProof *proof,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/** pl_judge_list_finish: (transfer full): on the first that is no Immich, else on the last. Its
 * `url` is the whole list, with addresses as they were found; %NULL only with
 * %G_IO_ERROR_CANCELLED. */
PlJudgment *pl_judge_list_finish (GAsyncResult *result, GError **error);
