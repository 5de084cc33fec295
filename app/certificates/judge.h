/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is to be said of a certificate that can be used: whether browsers will take it, and what to
 * do where they will not. */

#pragma once

#include "app/certificates/certificate.h"

/**
 * PlRemarkKind: the gravest first
 * @PL_REMARK_EXPIRED, @PL_REMARK_NOT_YET: it is not good now, going by this computer's clock
 * @PL_REMARK_WRONG_NAME: it is not for the name that is used
 * @PL_REMARK_NO_NAME: it is for no name at all
 * @PL_REMARK_WEAK: it is signed in a way that can be forged
 * @PL_REMARK_INCOMPLETE: those that vouch for it are missing
 * @PL_REMARK_SELF_SIGNED: nobody vouches for it
 * @PL_REMARK_PRIVATE: an authority vouches for it that this computer does not know
 * @PL_REMARK_STAND_IN: it is this computer's own in place of one that is not there yet, or no more
 * @PL_REMARK_ENDS_SOON: in two weeks or less
 * @PL_REMARK_SORTED: its chain stood in a wrong order, and is used in the right one
 * @PL_REMARK_EXPOSED: others on this computer may read its key
 * @PL_REMARK_STAPLE: what its authority says of it cannot be shown
 */
typedef enum
{
  PL_REMARK_EXPIRED,
  PL_REMARK_NOT_YET,
  PL_REMARK_WRONG_NAME,
  PL_REMARK_NO_NAME,
  PL_REMARK_WEAK,
  PL_REMARK_INCOMPLETE,
  PL_REMARK_SELF_SIGNED,
  PL_REMARK_PRIVATE,
  PL_REMARK_STAND_IN,
  PL_REMARK_ENDS_SOON,
  PL_REMARK_SORTED,
  PL_REMARK_EXPOSED,
  PL_REMARK_STAPLE,
} PlRemarkKind;

/**
 * PlRemark:
 * @words: for people: what is so, then what to do
 */
typedef struct
{
  PlRemarkKind kind;
  char *words;
} PlRemark;

void pl_remark_free (PlRemark *remark);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlRemark, pl_remark_free)

/** pl_remark_is_grave: whether browsers refuse such a certificate even from who trusts its
 * authority, so that one without such a remark is better kept. */
gboolean pl_remark_is_grave (PlRemarkKind kind);

/**
 * PlJudgement: what a certificate is judged by.
 * @now_s: seconds since 1970
 * @host: (nullable): the name or address it is to be for
 * @known: (nullable): the authorities this computer knows; %NULL: that cannot be said
 * @is_whole: its authority has handed it over with all that vouch for it: whoever does not know
 * them does not know the authority
 */
typedef struct
{
  gint64 now_s;
  const char *host;
  X509_STORE *known;
  gboolean is_whole;
} PlJudgement;

/** pl_certificate_judge: (transfer full) (element-type PlRemark): the gravest first; empty: all is
 * well. Takes some milliseconds. */
GPtrArray *pl_certificate_judge (const PlCertificate *certificate, const PlJudgement *by);

/** pl_remark_new_exposed: (transfer full): of a file with a key that others may read. */
PlRemark *pl_remark_new_exposed (const char *path);

/** pl_remark_new_stand_in: (transfer full): @ended: (nullable): the one that it takes the place of.
 */
PlRemark *pl_remark_new_stand_in (const PlCertificate *ended);

/** pl_judge_new_known: (transfer full) (nullable): the authorities this system has for OpenSSL;
 * %NULL: it has none. Reads files. */
X509_STORE *pl_judge_new_known (void);

/** pl_certificate_dup_end_words: (transfer full): `ends on 3 May 2027, in 12 days`, or that it has
 * ended. */
char *pl_certificate_dup_end_words (const PlCertificate *certificate, gint64 now_s);
