/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/daemon/certificates.h"

#include "app/acme/renewer.h"
#include "app/acme/store.h"
#include "app/acme/wish.h"
#include "app/certificates/keeper.h"
#include "app/daemon/say.h"
#include "app/i18n.h"
#include "app/settings/encryption.h"

/**
 * PlDaemonCertificates:
 * @renewer: of mode acme
 * @wanted: (nullable): of the settings that were read last, for @renewer
 * @is_wanted_anew: they wish for the same certificates as those before
 * @said: (nullable): the problem that was told last, which is told once
 * @said_of_renewal: (nullable): the same of @renewer
 * @is_other: since it was said what certificates there are, others were wished for
 */
struct _PlDaemonCertificates
{
  PlCertificateKeeper *keeper;
  PlAcmeRenewer *renewer;
  PlAcmeWish *wanted;
  gboolean is_wanted_anew;
  PlDaemonCertificatesFunc on_changed;
  gpointer user_data;
  char *said;
  char *said_of_renewal;
  gboolean is_other;
};

static void
say_once (char **said, const char *words)
{
  if (g_strcmp0 (words, *said) == 0)
    return;
  g_free (*said);
  *said = g_strdup (words);
  if (words != NULL)
    pl_say ("%s", words);
}

static void
changed_cb (PlCertificateKeeper *keeper, gboolean shows_other, gpointer user_data)
{
  PlDaemonCertificates *certificates = user_data;

  if (shows_other)
    {
      certificates->on_changed (certificates->user_data);
      pl_daemon_certificates_say (certificates);
    }
  say_once (&certificates->said, pl_certificate_keeper_get_problem (keeper));
}

/* Renewal */

static void
renewal_changed_cb (PlAcmeRenewer *renewer, gpointer user_data)
{
  PlDaemonCertificates *certificates = user_data;

  say_once (&certificates->said_of_renewal, pl_acme_renewer_get_words (renewer));
}

static void
challenges_changed_cb (PlAcmeRenewer *renewer, gpointer user_data)
{
  PlDaemonCertificates *certificates = user_data;

  certificates->on_changed (certificates->user_data);
}

static void
obtained_cb (PlAcmeRenewer *renewer, gpointer user_data)
{
  PlDaemonCertificates *certificates = user_data;

  pl_certificate_keeper_look (certificates->keeper);
}

PlDaemonCertificates *
pl_daemon_certificates_new (PlDaemonCertificatesFunc on_changed, gpointer user_data)
{
  PlDaemonCertificates *certificates = g_new0 (PlDaemonCertificates, 1);

  certificates->keeper = pl_certificate_keeper_new ();
  certificates->renewer = pl_acme_renewer_new ();
  certificates->on_changed = on_changed;
  certificates->user_data = user_data;
  g_signal_connect (certificates->keeper, "changed", G_CALLBACK (changed_cb), certificates);
  g_signal_connect (certificates->renewer, "changed", G_CALLBACK (renewal_changed_cb),
                    certificates);
  g_signal_connect (certificates->renewer, "challenges-changed", G_CALLBACK (challenges_changed_cb),
                    certificates);
  g_signal_connect (certificates->renewer, "obtained", G_CALLBACK (obtained_cb), certificates);
  return certificates;
}

void
pl_daemon_certificates_free (PlDaemonCertificates *certificates)
{
  g_signal_handlers_disconnect_by_data (certificates->keeper, certificates);
  g_object_unref (certificates->keeper);
  g_signal_handlers_disconnect_by_data (certificates->renewer, certificates);
  pl_acme_renewer_end (certificates->renewer);
  g_object_unref (certificates->renewer);
  g_clear_pointer (&certificates->wanted, pl_acme_wish_free);
  g_free (certificates->said);
  g_free (certificates->said_of_renewal);
  g_free (certificates);
}

gboolean
pl_daemon_certificates_want (PlDaemonCertificates *certificates,
                             const PlSettings *settings,
                             const char *settings_path,
                             PlConfig *config,
                             PlProblems *problems)
{
  g_autoptr (PlCertificateWish) wish
      = pl_settings_new_certificate_wish (settings, settings_path, problems);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&certificates->wanted, pl_acme_wish_free);
  if (wish == NULL
      || !pl_acme_read_settings (settings, settings_path, &certificates->wanted, problems))
    return FALSE;
  certificates->is_wanted_anew
      = pl_certificate_wish_equal (wish, pl_certificate_keeper_get_wish (certificates->keeper));
  if (pl_certificate_keeper_want (certificates->keeper, wish, &error))
    {
      if (pl_daemon_certificates_equip (certificates, config, &error))
        return TRUE;
      pl_certificate_keeper_go_back (certificates->keeper);
    }
  pl_problems_add (problems, PL_PROBLEM_ERROR, "[tls] %s", error->message);
  return FALSE;
}

void
pl_daemon_certificates_go_back (PlDaemonCertificates *certificates)
{
  pl_certificate_keeper_go_back (certificates->keeper);
}

/* Whoever has the same settings read again may have put right what was wrong elsewhere. */
void
pl_daemon_certificates_hold (PlDaemonCertificates *certificates)
{
  const char *folder = pl_certificate_keeper_get_wish (certificates->keeper)->folder;
  g_autofree char *store = certificates->wanted != NULL ? pl_acme_store_dup_folder (folder) : NULL;

  pl_acme_renewer_want (certificates->renewer, certificates->wanted, store);
  if (!certificates->is_wanted_anew)
    {
      certificates->is_other = TRUE;
      return;
    }
  pl_certificate_keeper_look (certificates->keeper);
  pl_acme_renewer_try_now (certificates->renewer);
}

void
pl_daemon_certificates_look (PlDaemonCertificates *certificates)
{
  pl_certificate_keeper_look (certificates->keeper);
  pl_acme_renewer_look (certificates->renewer);
}

void
pl_daemon_certificates_call (PlDaemonCertificates *certificates, const char *host)
{
  pl_certificate_keeper_call (certificates->keeper, host);
}

void
pl_daemon_certificates_end (PlDaemonCertificates *certificates)
{
  pl_acme_renewer_want (certificates->renewer, NULL, NULL);
}

gboolean
pl_daemon_certificates_equip (PlDaemonCertificates *certificates, PlConfig *config, GError **error)
{
  return pl_encryption_equip (config, pl_certificate_keeper_get (certificates->keeper),
                              pl_acme_renewer_get_challenges (certificates->renewer), error);
}

const PlGathering *
pl_daemon_certificates_get (const PlDaemonCertificates *certificates)
{
  return pl_certificate_keeper_get (certificates->keeper);
}

void
pl_daemon_certificates_say (PlDaemonCertificates *certificates)
{
  const PlGathering *gathering = pl_certificate_keeper_get (certificates->keeper);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  certificates->is_other = FALSE;
  for (guint i = 0; i < gathering->certificates->len; i++)
    {
      g_autofree char *words = pl_encryption_dup_words (gathering->certificates->pdata[i], now_s);
      /* Translators: “for photos.example, from R3, ends on 3 May 2027, in 60 days”. */
      pl_say (_ ("certificate %s"), words);
    }
  for (guint i = 0; i < gathering->remarks->len; i++)
    pl_say ("%s", ((const PlRemark *) gathering->remarks->pdata[i])->words);
}

void
pl_daemon_certificates_say_others (PlDaemonCertificates *certificates)
{
  if (certificates->is_other)
    pl_daemon_certificates_say (certificates);
}
