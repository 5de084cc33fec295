/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/judge.h"

#include <openssl/err.h>

#include "app/certificates/facts.h"
#include "app/i18n.h"

#define DAY_S (24 * 60 * 60)

/* Who renews by hand wants two weeks. */
#define SOON_S (14 * DAY_S)

void
pl_remark_free (PlRemark *remark)
{
  g_free (remark->words);
  g_free (remark);
}

gboolean
pl_remark_is_grave (PlRemarkKind kind)
{
  return kind <= PL_REMARK_INCOMPLETE;
}

/* Takes @words. */
static void
add (GPtrArray *remarks, PlRemarkKind kind, char *words)
{
  PlRemark *remark = g_new (PlRemark, 1);

  remark->kind = kind;
  remark->words = words;
  g_ptr_array_add (remarks, remark);
}

/* Returns: (transfer full): the day in the user's language and time zone */
static char *
dup_day (gint64 time_s)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time_s);
  /* Translators: the day a certificate ends, by the rules of g_date_time_format(). */
  return moment != NULL ? g_date_time_format (moment, _ ("%-d %B %Y")) : g_strdup ("?");
}

/* Time */

static char *
dup_soon_words (const PlCertificate *certificate, gint64 now_s)
{
  g_autofree char *end = pl_certificate_dup_end_words (certificate, now_s);
  /* Translators: “The certificate ends on 3 May 2027, in 12 days.” */
  return g_strdup_printf (_ ("The certificate %s. Renew it before."), end);
}

char *
pl_certificate_dup_end_words (const PlCertificate *certificate, gint64 now_s)
{
  gint64 left_s = pl_certificate_get_not_after_s (certificate) - now_s;
  guint n_days = MAX (left_s, 0) / DAY_S;
  g_autofree char *day = dup_day (pl_certificate_get_not_after_s (certificate));

  if (left_s <= 0)
    return g_strdup_printf (_ ("ended on %s"), day);
  if (n_days == 0)
    return g_strdup_printf (_ ("ends on %s, in less than a day"), day);
  return g_strdup_printf (ngettext ("ends on %s, in %u day", "ends on %s, in %u days", n_days), day,
                          n_days);
}

static void
judge_time (GPtrArray *remarks, const PlCertificate *certificate, gint64 now_s)
{
  g_autofree char *begin = dup_day (pl_certificate_get_not_before_s (certificate));
  g_autofree char *end = dup_day (pl_certificate_get_not_after_s (certificate));

  if (now_s > pl_certificate_get_not_after_s (certificate))
    add (
        remarks, PL_REMARK_EXPIRED,
        g_strdup_printf (_ ("The certificate ended on %s, and browsers refuse it. Renew it; or, if "
                            "that day is still to come, set this computer's clock."),
                         end));
  else if (now_s < pl_certificate_get_not_before_s (certificate))
    add (remarks, PL_REMARK_NOT_YET,
         g_strdup_printf (_ ("The certificate begins on %s, which is still to come. Look at this "
                             "computer's clock."),
                          begin));
  else if (pl_certificate_get_not_after_s (certificate) - now_s <= SOON_S)
    add (remarks, PL_REMARK_ENDS_SOON, dup_soon_words (certificate, now_s));
}

/* Names */

static void
judge_name (GPtrArray *remarks, const PlCertificate *certificate, const char *host)
{
  g_autofree char *hosts = g_strjoinv (", ", (char **) pl_certificate_get_hosts (certificate));

  if (*hosts == '\0')
    add (remarks, PL_REMARK_NO_NAME,
         g_strdup (_ ("The certificate names no host, and browsers refuse such. Have one made with "
                      "the name you use as “subject alternative name”.")));
  else if (host != NULL && !pl_certificate_fits (certificate, host))
    add (remarks, PL_REMARK_WRONG_NAME,
         g_strdup_printf (_ ("The certificate is for %s, not for %s. Open your photos by a name it "
                             "is for, or have one made for this name."),
                          hosts, host));
}

/* Signatures */

static gboolean
is_weakly_signed (X509 *x509)
{
  int digest = NID_undef;

  return X509_get_signature_info (x509, &digest, NULL, NULL, NULL) == 1
         && (digest == NID_md5 || digest == NID_sha1);
}

static void
judge_signatures (GPtrArray *remarks, const PlCertificate *certificate)
{
  gboolean is_weak = is_weakly_signed (pl_certificate_get_x509 (certificate));
  PlX509Stack *chain = pl_certificate_get_chain (certificate);

  for (int i = 0; i < sk_X509_num (chain); i++)
    is_weak = is_weak || is_weakly_signed (sk_X509_value (chain, i));
  if (is_weak)
    add (remarks, PL_REMARK_WEAK,
         g_strdup (_ ("The certificate is signed with SHA-1 or MD5, and browsers refuse that. Have "
                      "a new one made.")));
}

/* Who vouches for it */

static gboolean
is_known (const PlCertificate *certificate, X509_STORE *known)
{
  g_autoptr (X509_STORE_CTX) context = X509_STORE_CTX_new ();
  gboolean is_valid;

  if (X509_STORE_CTX_init (context, known, pl_certificate_get_x509 (certificate),
                           pl_certificate_get_chain (certificate))
      != 1)
    return FALSE;
  X509_VERIFY_PARAM_set_flags (X509_STORE_CTX_get0_param (context),
                               X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_TRUSTED_FIRST);
  is_valid = X509_verify_cert (context) == 1;
  ERR_clear_error ();
  return is_valid;
}

/* Public authorities sign with intermediates, never with their roots: a chain without any is one
 * that somebody has forgotten, unless the root of a private authority is there or is known. */
static void
judge_chain (GPtrArray *remarks, const PlCertificate *certificate, const PlJudgement *by)
{
  const char *issuer = pl_certificate_get_issuer (certificate);

  if (pl_certificate_is_self_signed (certificate))
    add (remarks, PL_REMARK_SELF_SIGNED,
         g_strdup (_ ("The certificate is signed by itself alone. Browsers warn of it, and each "
                      "phone must be told to trust it.")));
  else if (by->known != NULL && is_known (certificate, by->known))
    return;
  else if (pl_certificate_had_root (certificate) || (by->is_whole && by->known != NULL))
    add (remarks, PL_REMARK_PRIVATE,
         g_strdup_printf (_ ("This computer does not know the authority “%s”. Browsers warn of the "
                             "certificate until a phone is told to trust that authority."),
                          issuer));
  else if (!by->is_whole && sk_X509_num (pl_certificate_get_chain (certificate)) == 0)
    add (remarks, PL_REMARK_INCOMPLETE,
         g_strdup_printf (_ ("The certificate comes alone: nothing with it vouches for “%s”, who "
                             "signed it. Phones refuse that. Use the file with the full chain, "
                             "often called fullchain.pem."),
                          issuer));
  else if (!by->is_whole && by->known != NULL)
    add (remarks, PL_REMARK_PRIVATE,
         g_strdup_printf (_ ("This computer knows no authority that vouches for “%s”, who signed "
                             "the certificate. If it is a public one, the chain is incomplete: use "
                             "fullchain.pem."),
                          issuer));
}

static int
compare_remarks (gconstpointer a, gconstpointer b)
{
  const PlRemark *const *one = a;
  const PlRemark *const *other = b;

  return (*one)->kind < (*other)->kind ? -1 : (*one)->kind > (*other)->kind;
}

GPtrArray *
pl_certificate_judge (const PlCertificate *certificate, const PlJudgement *by)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_remark_free);

  judge_time (remarks, certificate, by->now_s);
  judge_name (remarks, certificate, by->host);
  judge_signatures (remarks, certificate);
  judge_chain (remarks, certificate, by);
  if (pl_certificate_was_sorted (certificate))
    add (remarks, PL_REMARK_SORTED,
         g_strdup (_ ("The certificates stood in a wrong order in their file. They are used in the "
                      "right one; there is nothing to do.")));
  g_ptr_array_sort (remarks, compare_remarks);
  return remarks;
}

PlRemark *
pl_remark_new_exposed (const char *path)
{
  PlRemark *remark = g_new (PlRemark, 1);

  remark->kind = PL_REMARK_EXPOSED;
  remark->words = g_strdup_printf (_ ("Everybody with an account on this computer can read the key "
                                      "in “%s”. Take that right away: chmod o= FILE."),
                                   path);
  return remark;
}

PlRemark *
pl_remark_new_stand_in (const PlCertificate *ended)
{
  PlRemark *remark = g_new (PlRemark, 1);
  g_autofree char *day = ended != NULL ? dup_day (pl_certificate_get_not_after_s (ended)) : NULL;

  remark->kind = PL_REMARK_STAND_IN;
  if (ended == NULL)
    remark->words = g_strdup (_ ("The certificate of the authority is not there yet. Until then "
                                 "this computer shows one of its own, which browsers warn of."));
  else
    remark->words = g_strdup_printf (
        _ ("The certificate of the authority ended on %s. Until there is a new one this computer "
           "shows one of its own, which browsers warn of."),
        day);
  return remark;
}

X509_STORE *
pl_judge_new_known (void)
{
  const char *folder = g_getenv (X509_get_default_cert_dir_env ());
  const char *file = g_getenv (X509_get_default_cert_file_env ());
  g_autoptr (X509_STORE) store = X509_STORE_new ();

  if (!g_file_test (folder != NULL ? folder : X509_get_default_cert_dir (), G_FILE_TEST_IS_DIR)
      && !g_file_test (file != NULL ? file : X509_get_default_cert_file (), G_FILE_TEST_IS_REGULAR))
    return NULL;
  if (X509_STORE_set_default_paths (store) != 1)
    return NULL;
  ERR_clear_error ();
  return g_steal_pointer (&store);
}
