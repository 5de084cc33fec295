/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/daemon/urls.h"

#include "app/daemon/say.h"
#include "app/engine/reachable.h"

struct _PlDaemonUrls
{
  GStrv said;
};

PlDaemonUrls *
pl_daemon_urls_new (void)
{
  return g_new0 (PlDaemonUrls, 1);
}

void
pl_daemon_urls_free (PlDaemonUrls *urls)
{
  g_strfreev (urls->said);
  g_free (urls);
}

/* Where none of them would be served, as with a certificate for a name alone, it is said all the
 * same where is listened. */
static GStrv
dup_urls (PlProxy *proxy, const PlConfig *config, const PlGathering *certificates)
{
  g_auto (GStrv) listening = pl_proxy_dup_addresses (proxy);
  g_auto (GStrv) plain = pl_reachable_dup_urls ((const char *const *) listening, config->exposure);
  g_auto (GStrv) served = pl_encryption_dup_urls (certificates, (const char *const *) plain,
                                                  config->plain == PL_PLAIN_REFUSE);

  return served[0] != NULL
             ? g_steal_pointer (&served)
             : pl_encryption_dup_urls (certificates, (const char *const *) plain, FALSE);
}

/* The first line is what other programs wait for. */
gboolean
pl_daemon_urls_say (PlDaemonUrls *urls,
                    PlProxy *proxy,
                    const PlConfig *config,
                    const PlGathering *certificates)
{
  g_auto (GStrv) now = dup_urls (proxy, config, certificates);

  if (urls->said != NULL
      && g_strv_equal ((const char *const *) urls->said, (const char *const *) now))
    return FALSE;
  for (guint i = 0; now[i] != NULL; i++)
    pl_say ("%s %s", i == 0 ? "listening on" : "also", now[i]);
  g_strfreev (urls->said);
  urls->said = g_steal_pointer (&now);
  return TRUE;
}

const char *const *
pl_daemon_urls_get (const PlDaemonUrls *urls)
{
  return (const char *const *) urls->said;
}
