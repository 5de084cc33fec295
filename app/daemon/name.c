/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/daemon/name.h"

#include "app/daemon/say.h"
#include "app/engine/home_name.h"
#include "app/i18n.h"

/**
 * PlDaemonName:
 * @name: (nullable): %NULL once it has ended
 * @label: as it is wished for
 * @url: (nullable): by which it was said to lead here
 * @refuses_plain: nobody is served without encryption, as it was looked at last
 * @words: (nullable): what was said of it
 */
struct _PlDaemonName
{
  PlProxy *proxy;
  PlDaemonCertificates *certificates;
  PlHomeName *name;
  char *label;
  char *url;
  gboolean refuses_plain;
  char *words;
};

static void
say_url (PlDaemonName *name)
{
  g_autofree char *url = pl_home_name_dup_url (
      name->name, pl_daemon_certificates_get (name->certificates), name->refuses_plain);

  if (url == NULL || g_strcmp0 (url, name->url) == 0)
    return;
  pl_say ("also %s", url);
  g_free (name->url);
  name->url = g_steal_pointer (&url);
}

static void
say_gone (PlDaemonName *name)
{
  /* Translators: an address, such as http://porchlight.local:8080. */
  pl_say (_ ("%s does not lead here any more"), name->url);
  g_clear_pointer (&name->url, g_free);
}

static void
say_words (PlDaemonName *name)
{
  g_autofree char *words = pl_home_name_dup_words (name->name);

  if (words != NULL && g_strcmp0 (words, name->words) != 0)
    pl_say ("%s", words);
  g_free (name->words);
  name->words = g_steal_pointer (&words);
}

/* Whoever shuts the door knows what ends with that; when it is open again all is said anew. */
static void
forget (PlDaemonName *name)
{
  g_clear_pointer (&name->url, g_free);
  g_clear_pointer (&name->words, g_free);
}

/* Who has nothing that publishes names did not ask for any. */
static void
changed_cb (gpointer user_data)
{
  PlDaemonName *name = user_data;

  switch (pl_home_name_get_state (name->name))
    {
    case PL_LOCAL_NAME_UNWANTED:
    case PL_LOCAL_NAME_TRYING:
      break;
    case PL_LOCAL_NAME_THERE:
      pl_daemon_certificates_call (name->certificates, pl_home_name_get_host (name->name));
      say_url (name);
      say_words (name);
      break;
    case PL_LOCAL_NAME_ABSENT:
      if (name->url != NULL)
        say_gone (name);
      break;
    case PL_LOCAL_NAME_REFUSED:
    case PL_LOCAL_NAME_MUTE:
      if (name->url != NULL)
        say_gone (name);
      say_words (name);
      break;
    }
}

PlDaemonName *
pl_daemon_name_new (PlProxy *proxy, PlDaemonCertificates *certificates)
{
  PlDaemonName *name = g_new0 (PlDaemonName, 1);

  name->proxy = proxy;
  name->certificates = certificates;
  name->name = pl_home_name_new (changed_cb, name);
  name->label = g_strdup ("");
  return name;
}

void
pl_daemon_name_free (PlDaemonName *name)
{
  pl_daemon_name_end (name);
  g_free (name->label);
  g_free (name->url);
  g_free (name->words);
  g_free (name);
}

void
pl_daemon_name_want (PlDaemonName *name, const PlSettings *settings)
{
  g_free (name->label);
  name->label = pl_settings_dup_text (settings, "listen", "local-name");
}

void
pl_daemon_name_look (PlDaemonName *name, const PlConfig *config)
{
  g_auto (GStrv) listening = pl_proxy_dup_addresses (name->proxy);

  if (name->name == NULL)
    return;
  name->refuses_plain = config->plain == PL_PLAIN_REFUSE;
  pl_home_name_update (name->name, name->label, (const char *const *) listening, config->exposure,
                       pl_daemon_certificates_get (name->certificates), name->refuses_plain);
  if (pl_home_name_get_state (name->name) == PL_LOCAL_NAME_UNWANTED)
    forget (name);
  say_url (name);
}

void
pl_daemon_name_end (PlDaemonName *name)
{
  g_clear_pointer (&name->name, pl_home_name_free);
}
