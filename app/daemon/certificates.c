/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/daemon/certificates.h"

#include "app/acme/renewer.h"
#include "app/acme/store.h"
#include "app/certificates/keeper.h"
#include "app/daemon/say.h"
#include "app/i18n.h"
#include "app/acme/wish.h"
#include "app/settings/encryption.h"

/**
 * PlDaemonCertificates:
 * @renewer: of mode acme
 * @said: (nullable): the problem that was told last, which is told once
 * @said_of_renewal: (nullable): the same of @renewer
 * @is_other: since it was said what certificates there are, others were wished for
 */
struct _PlDaemonCertificates
{
  PlCertificateKeeper *keeper;
  PlAcmeRenewer *renewer;
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
  g_free (certificates->said);
  g_free (certificates->said_of_renewal);
  g_free (certificates);
}

/* Whoever has the same settings read again may have put right what was wrong elsewhere. */
static void
want_renewal (PlDaemonCertificates *certificates,
              const PlAcmeWish *acme,
              const PlCertificateWish *wish,
              gboolean is_same)
{
  g_autofree char *folder = acme != NULL ? pl_acme_store_dup_folder (wish->folder) : NULL;

  pl_acme_renewer_want (certificates->renewer, acme, folder);
  certificates->is_other |= !is_same;
  if (!is_same)
    return;
  pl_certificate_keeper_look (certificates->keeper);
  pl_acme_renewer_try_now (certificates->renewer);
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
  g_autoptr (PlAcmeWish) acme = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_same;

  if (wish == NULL || !pl_acme_read_settings (settings, settings_path, &acme, problems))
    return FALSE;
  is_same = pl_certificate_wish_equal (wish, pl_certificate_keeper_get_wish (certificates->keeper));
  if (pl_certificate_keeper_want (certificates->keeper, wish, &error)
      && pl_daemon_certificates_equip (certificates, config, &error))
    {
      want_renewal (certificates, acme, wish, is_same);
      return TRUE;
    }
  pl_problems_add (problems, PL_PROBLEM_ERROR, "[tls] %s", error->message);
  return FALSE;
}

void
pl_daemon_certificates_look (PlDaemonCertificates *certificates)
{
  pl_certificate_keeper_look (certificates->keeper);
  pl_acme_renewer_look (certificates->renewer);
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
