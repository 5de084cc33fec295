/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/holding.h"

#include "app/acme/schedule.h"
#include "app/certificates/judge.h"
#include "app/certificates/read.h"
#include "app/certificates/write.h"
#include "app/i18n.h"

/* No authority shuts somebody out for longer; it was rather the clock that was wrong. */
#define MOST_BARRED_S (8 * 24 * 60 * 60)

static gboolean
is_asked_already (const PlAcmeStore *store, const PlAcmeWish *wish)
{
  return g_strcmp0 (store->directory, wish->directory) == 0 && store->names != NULL
         && g_strv_equal ((const char *const *) store->names, (const char *const *) wish->names);
}

static void
begin_anew (PlAcmeHolding *holding)
{
  pl_acme_store_begin_anew (holding->store, holding->wish->directory,
                            (const char *const *) holding->wish->names);
}

PlAcmeHolding *
pl_acme_holding_new (const PlAcmeWish *wish, const char *folder, gboolean is_changed)
{
  PlAcmeHolding *holding = g_new0 (PlAcmeHolding, 1);

  holding->wish = pl_acme_wish_copy (wish);
  holding->store = pl_acme_store_new (folder);
  holding->certificate = pl_acme_store_read_certificate (holding->store);
  if (!is_asked_already (holding->store, wish))
    begin_anew (holding);
  else if (is_changed)
    holding->store->retry_s = 0;
  return holding;
}

void
pl_acme_holding_free (PlAcmeHolding *holding)
{
  pl_acme_wish_free (holding->wish);
  pl_acme_store_free (holding->store);
  g_clear_pointer (&holding->certificate, pl_certificate_unref);
  g_free (holding);
}

/* What is due */

static gboolean
is_good_for (const PlCertificate *certificate, const char *const *names)
{
  for (; *names != NULL; names++)
    if (!g_strv_contains (pl_certificate_get_hosts (certificate), *names))
      return FALSE;
  return TRUE;
}

static gboolean
is_of_this_authority (const PlAcmeHolding *holding)
{
  return holding->certificate != NULL
         && g_strcmp0 (holding->store->issuer, holding->wish->directory) == 0;
}

gboolean
pl_acme_holding_needs_first (const PlAcmeHolding *holding)
{
  return !is_of_this_authority (holding)
         || !is_good_for (holding->certificate, (const char *const *) holding->wish->names);
}

/* A moment that no back-off leads to was written under another clock. */
static gint64
get_retry_s (PlAcmeStore *store, gint64 now_s)
{
  store->retry_s = MIN (store->retry_s, now_s + PL_ACME_MOST_WAIT_S);
  store->barred_until_s = MIN (store->barred_until_s, now_s + MOST_BARRED_S);
  return MAX (store->retry_s, store->barred_until_s);
}

gint64
pl_acme_holding_find_due_s (PlAcmeHolding *holding, gint64 now_s)
{
  PlAcmeStore *store = holding->store;
  gint64 retry_s = get_retry_s (store, now_s);

  if (pl_acme_holding_needs_first (holding))
    return retry_s;
  if (store->renew_s == 0)
    store->renew_s = pl_acme_schedule_renewal_s (
        pl_certificate_get_not_before_s (holding->certificate),
        pl_certificate_get_not_after_s (holding->certificate), g_random_double ());
  return MAX (store->renew_s, retry_s);
}

gboolean
pl_acme_holding_is_barred (const PlAcmeHolding *holding, gint64 now_s)
{
  return holding->store->barred_until_s > now_s;
}

void
pl_acme_holding_heed_window (PlAcmeHolding *holding, gint64 start_s, gint64 stop_s, gint64 now_s)
{
  PlAcmeStore *store = holding->store;

  if (store->renew_s >= start_s && store->renew_s <= stop_s)
    return;
  store->renew_s
      = pl_acme_schedule_in_window_s (pl_certificate_get_not_before_s (holding->certificate),
                                      pl_certificate_get_not_after_s (holding->certificate),
                                      start_s, stop_s, now_s, g_random_double ());
}

PlAcmeWish *
pl_acme_holding_dup_wish (const PlAcmeHolding *holding)
{
  PlAcmeWish *wish = pl_acme_wish_copy (holding->wish);

  if (is_of_this_authority (holding))
    wish->replaces = pl_certificate_chain_to_pem (holding->certificate);
  return wish;
}

/* Failures */

gboolean
pl_acme_holding_expect_failure (PlAcmeHolding *holding, gint64 now_s, GError **error)
{
  PlAcmeStore *store = holding->store;
  gint64 retry_s = store->retry_s;
  char *words = store->words;
  gboolean is_saved;

  store->words = _ ("The program ended while the authority was asked for a certificate.");
  store->retry_s = pl_acme_schedule_retry_s (PL_ACME_HASTE_QUARTER, store->n_failures + 1, now_s,
                                             g_random_double ());
  is_saved = pl_acme_store_save (store, error);
  store->retry_s = retry_s;
  store->words = words;
  return is_saved;
}

static PlAcmeHaste
get_haste (const GError *error)
{
  if (error->domain != PL_ACME_ERROR)
    return PL_ACME_HASTE_QUARTER;
  switch ((PlAcmeError) error->code)
    {
    case PL_ACME_ERROR_UNREACHABLE:
      return PL_ACME_HASTE_MINUTE;
    case PL_ACME_ERROR_NOT_PROVEN:
    case PL_ACME_ERROR_UNKNOWN_ANSWER:
      return PL_ACME_HASTE_QUARTER;
    case PL_ACME_ERROR_REFUSED:
    case PL_ACME_ERROR_RATE_LIMITED:
      return PL_ACME_HASTE_HOUR;
    }
  g_return_val_if_reached (PL_ACME_HASTE_HOUR);
}

/* That it cannot be saved changes nothing: what matters was written before it was tried. */
void
pl_acme_holding_note_failure (PlAcmeHolding *holding, const GError *error, gint64 now_s)
{
  PlAcmeStore *store = holding->store;

  store->n_failures++;
  store->retry_s
      = pl_acme_schedule_retry_s (get_haste (error), store->n_failures, now_s, g_random_double ());
  store->barred_until_s = error->domain == PL_ACME_ERROR ? pl_acme_error_get_retry_s (error) : 0;
  g_free (store->words);
  store->words = g_strdup (error->message);
  pl_acme_store_save (store, NULL);
}

/* Success */

static gboolean
check (const PlAcmeHolding *holding, const PlCertificate *certificate, gint64 now_s, GError **error)
{
  PlJudgement by = { .now_s = now_s, .is_whole = TRUE };
  g_autoptr (GPtrArray) remarks = pl_certificate_judge (certificate, &by);

  for (guint i = 0; i < remarks->len; i++)
    {
      const PlRemark *remark = remarks->pdata[i];
      if (pl_remark_is_grave (remark->kind))
        {
          g_set_error_literal (error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER, remark->words);
          return FALSE;
        }
    }
  if (is_good_for (certificate, (const char *const *) holding->wish->names))
    return TRUE;
  g_set_error_literal (error, PL_ACME_ERROR, PL_ACME_ERROR_UNKNOWN_ANSWER,
                       _ ("The authority made a certificate for other names than were asked for."));
  return FALSE;
}

gboolean
pl_acme_holding_take (PlAcmeHolding *holding,
                      GBytes *chain,
                      GBytes *key,
                      gint64 now_s,
                      GError **error)
{
  g_autoptr (PlCertificate) certificate = pl_certificate_read (chain, key, NULL, error);
  PlAcmeStore *store = holding->store;

  if (certificate == NULL || !check (holding, certificate, now_s, error)
      || !pl_acme_store_write_certificate (store, certificate, error))
    return FALSE;
  g_clear_pointer (&holding->certificate, pl_certificate_unref);
  holding->certificate = g_steal_pointer (&certificate);
  begin_anew (holding);
  g_free (store->issuer);
  store->issuer = g_strdup (holding->wish->directory);
  store->renew_s = 0;
  store->ask_s = 0;
  return TRUE;
}
