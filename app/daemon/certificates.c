/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/daemon/certificates.h"

#include "app/certificates/keeper.h"
#include "app/daemon/say.h"
#include "app/i18n.h"
#include "app/settings/encryption.h"

/**
 * PlDaemonCertificates:
 * @said: (nullable): the problem that was told last, which is told once
 */
struct _PlDaemonCertificates
{
  PlCertificateKeeper *keeper;
  PlDaemonCertificatesFunc on_changed;
  gpointer user_data;
  char *said;
};

static void
say_problem (PlDaemonCertificates *certificates)
{
  const char *problem = pl_certificate_keeper_get_problem (certificates->keeper);

  if (g_strcmp0 (problem, certificates->said) == 0)
    return;
  g_free (certificates->said);
  certificates->said = g_strdup (problem);
  if (problem != NULL)
    pl_say ("%s", problem);
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
  say_problem (certificates);
}

PlDaemonCertificates *
pl_daemon_certificates_new (PlDaemonCertificatesFunc on_changed, gpointer user_data)
{
  PlDaemonCertificates *certificates = g_new0 (PlDaemonCertificates, 1);

  certificates->keeper = pl_certificate_keeper_new ();
  certificates->on_changed = on_changed;
  certificates->user_data = user_data;
  g_signal_connect (certificates->keeper, "changed", G_CALLBACK (changed_cb), certificates);
  return certificates;
}

void
pl_daemon_certificates_free (PlDaemonCertificates *certificates)
{
  g_signal_handlers_disconnect_by_data (certificates->keeper, certificates);
  g_object_unref (certificates->keeper);
  g_free (certificates->said);
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

  if (wish == NULL)
    return FALSE;
  if (pl_certificate_wish_equal (wish, pl_certificate_keeper_get_wish (certificates->keeper)))
    pl_certificate_keeper_look (certificates->keeper);
  if (pl_certificate_keeper_want (certificates->keeper, wish, &error)
      && pl_encryption_equip (config, pl_certificate_keeper_get (certificates->keeper), &error))
    return TRUE;
  pl_problems_add (problems, PL_PROBLEM_ERROR, "[tls] %s", error->message);
  return FALSE;
}

void
pl_daemon_certificates_look (PlDaemonCertificates *certificates)
{
  pl_certificate_keeper_look (certificates->keeper);
}

const PlGathering *
pl_daemon_certificates_get (const PlDaemonCertificates *certificates)
{
  return pl_certificate_keeper_get (certificates->keeper);
}

void
pl_daemon_certificates_say (const PlDaemonCertificates *certificates)
{
  const PlGathering *gathering = pl_certificate_keeper_get (certificates->keeper);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  for (guint i = 0; i < gathering->certificates->len; i++)
    {
      g_autofree char *words = pl_encryption_dup_words (gathering->certificates->pdata[i], now_s);
      /* Translators: “for photos.example, from R3, ends on 3 May 2027, in 60 days”. */
      pl_say (_ ("certificate %s"), words);
    }
  for (guint i = 0; i < gathering->remarks->len; i++)
    pl_say ("%s", ((const PlRemark *) gathering->remarks->pdata[i])->words);
}
