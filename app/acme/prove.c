/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/prove.h"

#include "app/acme/failure.h"
#include "app/acme/hook.h"
#include "app/acme/pace.h"
#include "app/acme/proof.h"
#include "app/i18n.h"

/* One name to be proven. */
typedef struct
{
  char *url;
  PlAcmeAuthorization *authorization;
  const PlAcmeOffer *offer; /* of the authorization: the way that is taken */
  gboolean has_record;      /* whether the DNS program was called to add it */
} Proof;

/* All of an order. */
typedef struct
{
  const PlAcmeRun *run;
  PlAcmeWay way;
  GPtrArray *proofs; /* (element-type Proof) */
  gboolean is_of_way;
} Proving;

static void
proof_free (Proof *proof)
{
  g_free (proof->url);
  g_clear_pointer (&proof->authorization, pl_acme_authorization_free);
  g_free (proof);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Proof, proof_free)

/* What the authority asks for */

static PlAcmeAuthorization *
fetch (const Proving *proving, const char *url, gint64 *retry_s, GError **error)
{
  g_autoptr (PlAcmeAnswer) answer = pl_acme_talk_post (proving->run->talk, url, "", error);
  PlAcmeAuthorization *authorization;

  if (answer == NULL)
    return NULL;
  authorization = pl_acme_authorization_read (answer->body);
  *retry_s = answer->retry_s;
  if (authorization == NULL)
    pl_acme_fail_unknown (error);
  return authorization;
}

static gboolean
fail_unoffered (Proving *proving, const char *name, GError **error)
{
  g_autofree char *shown = pl_acme_dup_quotable (name);
  g_autofree char *words = g_strdup_printf (
      _ ("The certificate authority does not let %s be proven by %s. Choose another "
         "way, or another authority."),
      shown, pl_acme_way_get_name (proving->way));

  proving->is_of_way = TRUE;
  g_propagate_error (error, pl_acme_error_new (PL_ACME_ERROR_NOT_PROVEN, 0, words));
  return FALSE;
}

static gboolean
fail_proof (Proving *proving, const PlAcmeAuthorization *authorization, GError **error)
{
  const PlAcmeOffer *offer = pl_acme_authorization_find (authorization, proving->way);
  const PlAcmeProblem *problem = offer != NULL ? offer->problem : NULL;

  proving->is_of_way = pl_acme_problem_is_of_way (problem);
  g_propagate_error (error,
                     pl_acme_problem_to_proof_error (problem, authorization->name, proving->way));
  return FALSE;
}

/* What was proven lately needs no proof again. */
static gboolean
add_proof (Proving *proving, const char *url, GError **error)
{
  g_autoptr (Proof) proof = g_new0 (Proof, 1);
  gint64 retry_s;

  proof->url = g_strdup (url);
  proof->authorization = fetch (proving, url, &retry_s, error);
  if (proof->authorization == NULL)
    return FALSE;
  if (proof->authorization->status == PL_ACME_STATUS_VALID)
    return TRUE;
  if (proof->authorization->status == PL_ACME_STATUS_INVALID)
    return fail_proof (proving, proof->authorization, error);
  proof->offer = pl_acme_authorization_find (proof->authorization, proving->way);
  if (proof->offer == NULL)
    return fail_unoffered (proving, proof->authorization->name, error);
  g_ptr_array_add (proving->proofs, g_steal_pointer (&proof));
  return TRUE;
}

/* What is shown to it */

static void
tell (const Proving *proving, const Proof *proof)
{
  g_autofree char *name = pl_acme_dup_quotable (proof->authorization->name);
  char *words = NULL;

  switch (proving->way)
    {
    case PL_ACME_WAY_TLS_ALPN:
    case PL_ACME_WAY_HTTP:
      words = g_strdup_printf (_ ("The certificate authority looks whether port %u of %s leads to "
                                  "this computer."),
                               proving->way == PL_ACME_WAY_HTTP ? 80 : 443, name);
      break;
    case PL_ACME_WAY_DNS:
      words = g_strdup_printf (_ ("The DNS program writes a record for %s, and the certificate "
                                  "authority looks for it."),
                               name);
      break;
    }
  pl_acme_run_tell (proving->run, PL_ACME_STEP_PROVE, words);
}

static gboolean
call_hook (const Proving *proving,
           const Proof *proof,
           const char *verb,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *record = pl_proof_dup_record (proof->authorization->name);
  g_autofree char *value = pl_proof_dup_value (proving->run->key, proof->offer->token);

  return pl_acme_hook_run (proving->run->wish->dns_hook, verb, record, value, cancellable, error);
}

static gboolean
show_records (const Proving *proving, GError **error)
{
  for (guint i = 0; i < proving->proofs->len; i++)
    {
      Proof *proof = proving->proofs->pdata[i];

      proof->has_record = TRUE;
      if (!call_hook (proving, proof, "add", pl_acme_talk_get_stop (proving->run->talk), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
show_challenges (const Proving *proving, GError **error)
{
  g_autoptr (GPtrArray) challenges
      = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_acme_challenge_free);

  for (guint i = 0; i < proving->proofs->len; i++)
    {
      const Proof *proof = proving->proofs->pdata[i];
      PlAcmeChallenge *challenge = pl_proof_new_challenge (
          proving->run->key, proof->authorization->name, proof->offer, error);

      if (challenge == NULL)
        return FALSE;
      g_ptr_array_add (challenges, challenge);
    }
  pl_acme_run_show (proving->run, challenges);
  return TRUE;
}

static gboolean
show (const Proving *proving, GError **error)
{
  for (guint i = 0; i < proving->proofs->len; i++)
    tell (proving, proving->proofs->pdata[i]);
  return proving->way == PL_ACME_WAY_DNS ? show_records (proving, error)
                                         : show_challenges (proving, error);
}

/* A record that stays does no harm but to order, so it stops nothing. */
static void
remove_record (const Proving *proving, const Proof *proof)
{
  g_autoptr (GError) error = NULL;

  if (!call_hook (proving, proof, "remove", NULL, &error))
    pl_acme_run_tell (proving->run, PL_ACME_STEP_PROVE,
                      g_strdup_printf (_ ("The record of the proof may still be in the DNS. %s"),
                                       error->message));
}

static void
take_away (const Proving *proving)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  for (guint i = 0; i < proving->proofs->len; i++)
    {
      const Proof *proof = proving->proofs->pdata[i];

      if (proof->has_record)
        remove_record (proving, proof);
    }
  if (proving->way != PL_ACME_WAY_DNS)
    pl_acme_run_show (proving->run, none);
}

/* What comes of it */

static gboolean
begin_looking (const Proving *proving, const Proof *proof, GError **error)
{
  g_autoptr (PlAcmeAnswer) answer = NULL;

  if (proof->offer->status != PL_ACME_STATUS_PENDING)
    return TRUE;
  answer = pl_acme_talk_post (proving->run->talk, proof->offer->url, "{}", error);
  return answer != NULL;
}

static gboolean
wait_for (Proving *proving, const Proof *proof, GError **error)
{
  PlAcmePace pace = { 0 };
  gint64 retry_s = 0;

  while (pl_acme_pace_wait (&pace, retry_s, pl_acme_talk_get_stop (proving->run->talk), error))
    {
      g_autoptr (PlAcmeAuthorization) now = fetch (proving, proof->url, &retry_s, error);

      if (now == NULL)
        return FALSE;
      if (now->status == PL_ACME_STATUS_VALID)
        return TRUE;
      if (now->status == PL_ACME_STATUS_INVALID)
        return fail_proof (proving, now, error);
    }
  return FALSE;
}

static gboolean
be_looked_at (Proving *proving, GError **error)
{
  for (guint i = 0; i < proving->proofs->len; i++)
    if (!begin_looking (proving, proving->proofs->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < proving->proofs->len; i++)
    if (!wait_for (proving, proving->proofs->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
prove (Proving *proving, const char *const *urls, GError **error)
{
  gboolean is_proven;

  for (; *urls != NULL; urls++)
    if (!add_proof (proving, *urls, error))
      return FALSE;
  if (proving->proofs->len == 0)
    return TRUE;
  is_proven = show (proving, error) && be_looked_at (proving, error);
  take_away (proving);
  return is_proven;
}

gboolean
pl_acme_prove (const PlAcmeRun *run,
               const char *const *urls,
               PlAcmeWay way,
               gboolean *is_of_way,
               GError **error)
{
  g_autoptr (GPtrArray) proofs = g_ptr_array_new_with_free_func ((GDestroyNotify) proof_free);
  Proving proving = { .run = run, .way = way, .proofs = proofs };
  gboolean is_proven = prove (&proving, urls, error);

  *is_of_way = proving.is_of_way;
  return is_proven;
}
