/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates: from what the settings wish for to what runs, and what is to be said of them. */

#include "app/engine/engine_private.h"

#include "app/acme/wish.h"
#include "app/certificates/write.h"
#include "app/engine/diagnosis.h"
#include "app/engine/encryption.h"
#include "app/settings/encryption.h"
#include "app/trust/devices.h"

/* Returns: (transfer full): %NULL with @error when @settings make no sense */
static PlCertificateWish *
new_wish (PlEngine *engine, const PlSettings *settings, GError **error)
{
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlAcmeWish) acme = NULL;
  g_autoptr (PlCertificateWish) wish
      = pl_settings_new_certificate_wish (settings, pl_engine_get_settings_path (engine), problems);

  if (wish == NULL
      || !pl_acme_read_settings (settings, pl_engine_get_settings_path (engine), &acme, problems))
    {
      g_autofree char *words = pl_diagnosis_dup_problems (problems);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, words);
      return NULL;
    }
  return g_steal_pointer (&wish);
}

gboolean
pl_engine_judge_certificates (PlEngine *engine,
                              const PlSettings *settings,
                              char **doubt,
                              GError **error)
{
  g_autoptr (PlCertificateWish) wish = new_wish (engine, settings, error);
  g_autoptr (PlGathering) gathering = NULL;
  const PlRemark *grave;

  *doubt = NULL;
  if (wish == NULL)
    return FALSE;
  if (wish->mode == PL_ENCRYPTION_ACME)
    return TRUE; /* nothing is named that could be looked at */
  gathering = pl_gathering_new (wish, g_get_real_time () / G_USEC_PER_SEC, error);
  if (gathering == NULL)
    return FALSE;
  grave = pl_gathering_find_grave (gathering);
  *doubt = grave != NULL ? g_strdup (grave->words) : NULL;
  return TRUE;
}

gboolean
pl_engine_equip (PlEngine *engine, const PlSettings *settings, PlConfig *config, GError **error)
{
  g_autoptr (PlCertificateWish) wish = new_wish (engine, settings, error);

  if (wish == NULL || !pl_certificate_keeper_want (engine->certificates, wish, error))
    return FALSE;
  if (pl_encryption_equip (config, pl_certificate_keeper_get (engine->certificates),
                           pl_acme_renewer_get_challenges (engine->renewer), error))
    return TRUE;
  pl_certificate_keeper_go_back (engine->certificates);
  return FALSE;
}

/* That they cannot be renewed goes before what they are. */
const char *
pl_engine_get_certificate_words (PlEngine *engine, gboolean *is_grave)
{
  const PlGathering *gathering = pl_certificate_keeper_get (engine->certificates);
  const PlRemark *remark = gathering->remarks->len > 0 ? gathering->remarks->pdata[0] : NULL;
  const char *problem = pl_certificate_keeper_get_problem (engine->certificates);

  if (problem == NULL && pl_engine_is_renewal_urgent (engine))
    problem = pl_acme_renewer_get_failure (engine->renewer);
  *is_grave = problem != NULL || (remark != NULL && pl_remark_is_grave (remark->kind));
  if (problem != NULL)
    return problem;
  return remark != NULL ? remark->words : NULL;
}

/* Only what needs somebody: that browsers warn of a private authority was chosen. */
void
pl_engine_update_certificates (PlEngine *engine)
{
  const PlGathering *gathering = pl_certificate_keeper_get (engine->certificates);
  const PlRemark *remark = gathering->remarks->len > 0 ? gathering->remarks->pdata[0] : NULL;
  gboolean is_grave;
  const char *words = pl_engine_get_certificate_words (engine, &is_grave);
  gboolean is_told = is_grave || (remark != NULL && remark->kind == PL_REMARK_ENDS_SOON);

  pl_troubles_set (engine->troubles, PL_TROUBLE_CERTIFICATE,
                   is_told ? pl_diagnosis_new_certificate (words) : NULL);
}

void
pl_engine_certificates_changed_cb (PlCertificateKeeper *certificates,
                                   gboolean shows_other,
                                   gpointer user_data)
{
  PlEngine *engine = user_data;

  if (shows_other)
    pl_engine_rerun (engine);
  pl_engine_update_certificates (engine);
  pl_engine_update_state (engine);
}

/* What is told of them */

const char *
pl_engine_get_encryption_words (PlEngine *engine)
{
  return engine->encryption_words;
}

gboolean
pl_engine_is_encrypted (PlEngine *engine)
{
  return pl_certificate_keeper_get (engine->certificates)->certificates->len > 0;
}

const char *
pl_engine_get_fingerprint (PlEngine *engine)
{
  const PlCertificate *authority = pl_certificate_keeper_get (engine->certificates)->authority;

  return authority != NULL ? pl_certificate_get_fingerprint (authority) : NULL;
}

char *
pl_engine_dup_trusted (PlEngine *engine)
{
  const PlGathering *gathering = pl_certificate_keeper_get (engine->certificates);
  const PlCertificate *trusted = gathering->authority;
  g_autoptr (GBytes) pem = NULL;

  if (trusted == NULL && gathering->certificates->len > 0)
    trusted = gathering->certificates->pdata[0];
  if (trusted == NULL)
    return NULL;
  pem = pl_certificate_chain_to_pem (trusted);
  return g_strndup (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem));
}

char *
pl_engine_dup_trust_url (PlEngine *engine)
{
  const char *url = pl_doorplate_get_plain_url (engine->doorplate);

  if (url == NULL || pl_engine_get_fingerprint (engine) == NULL)
    return NULL;
  return g_strconcat (url, PL_TRUST_PATH, NULL);
}
