/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/doorplate.h"

#include "app/engine/encryption.h"
#include "app/engine/reachable.h"
#include "app/model/address_kind.h"
#include "app/system/network_watch.h"

struct _PlDoorplate
{
  char **others;   /* what other devices can type */
  char *plain_url; /* (nullable) */
  char *local_url;
  PlNetworkWatch *watch; /* (nullable): while the networks are followed */
  PlDoorplateFunc on_changed;
  gpointer user_data;
};

PlDoorplate *
pl_doorplate_new (PlDoorplateFunc on_changed, gpointer user_data)
{
  PlDoorplate *doorplate = g_new0 (PlDoorplate, 1);

  doorplate->others = g_new0 (char *, 1);
  doorplate->on_changed = on_changed;
  doorplate->user_data = user_data;
  return doorplate;
}

void
pl_doorplate_free (PlDoorplate *doorplate)
{
  g_clear_pointer (&doorplate->watch, pl_network_watch_free);
  g_strfreev (doorplate->others);
  g_free (doorplate->plain_url);
  g_free (doorplate->local_url);
  g_free (doorplate);
}

void
pl_doorplate_follow (PlDoorplate *doorplate)
{
  g_return_if_fail (doorplate->watch == NULL);

  doorplate->watch = pl_network_watch_new (doorplate->on_changed, doorplate->user_data);
}

/* Addresses */

static void
set_local_url (PlDoorplate *doorplate, const char *listening, guint16 port)
{
  g_free (doorplate->local_url);
  doorplate->local_url
      = listening != NULL ? g_strdup (listening) : g_strdup_printf ("http://127.0.0.1:%u", port);
}

/* This computer's browser may not know the authority, but there is no other way in. */
static void
secure_local_url (PlDoorplate *doorplate, const PlGathering *certificates)
{
  const char *const urls[] = { doorplate->local_url, NULL };
  g_auto (GStrv) secured = pl_encryption_dup_urls (certificates, urls, FALSE);

  g_free (doorplate->local_url);
  doorplate->local_url = g_steal_pointer (&secured[0]);
}

/* Once there is encryption nobody is served without from the internet. */
static gboolean
is_served (const PlGathering *certificates, const char *url)
{
  return certificates->certificates->len == 0 || g_str_has_prefix (url, "https://")
         || pl_address_kind_of_url (url) != PL_ADDRESS_PUBLIC;
}

/* Names first, those that people gave and the one at home, then addresses; encrypted where that
 * holds. */
static GStrv
dup_encrypted (const PlGathering *certificates,
               const char *name_url,
               const char *const *plain,
               guint16 port,
               gboolean refuses_plain)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_auto (GStrv) names = pl_encryption_dup_names (certificates, port);
  const char *const called[] = { name_url, NULL };
  g_auto (GStrv) at_home = pl_encryption_dup_urls (certificates, called, refuses_plain);
  g_auto (GStrv) urls = pl_encryption_dup_urls (certificates, plain, refuses_plain);

  if (plain[0] != NULL)
    {
      g_strv_builder_addv (all, (const char **) names);
      g_strv_builder_addv (all, (const char **) at_home);
    }
  for (guint i = 0; urls[i] != NULL; i++)
    if (is_served (certificates, urls[i]))
      g_strv_builder_add (all, urls[i]);
  return g_strv_builder_end (all);
}

gboolean
pl_doorplate_update (PlDoorplate *doorplate,
                     const char *const *listening,
                     PlExposure exposure,
                     guint16 port,
                     const char *name_url,
                     const PlGathering *certificates,
                     gboolean refuses_plain)
{
  g_auto (GStrv) urls = pl_reachable_dup_urls (listening, exposure);
  g_auto (GStrv) plain = exposure != PL_EXPOSURE_COMPUTER
                             ? pl_reachable_dup_others ((const char *const *) urls)
                             : g_new0 (char *, 1);
  g_auto (GStrv) others
      = dup_encrypted (certificates, name_url, (const char *const *) plain, port, refuses_plain);

  set_local_url (doorplate, urls[0], port);
  if (refuses_plain)
    secure_local_url (doorplate, certificates);
  g_free (doorplate->plain_url);
  doorplate->plain_url = g_strdup (plain[0]);
  if (g_strv_equal ((const char *const *) doorplate->others, (const char *const *) others))
    return FALSE;
  g_strfreev (doorplate->others);
  doorplate->others = g_steal_pointer (&others);
  return TRUE;
}

const char *const *
pl_doorplate_get_others (const PlDoorplate *doorplate)
{
  return (const char *const *) doorplate->others;
}

const char *
pl_doorplate_get_plain_url (const PlDoorplate *doorplate)
{
  return doorplate->plain_url;
}

const char *
pl_doorplate_get_local_url (const PlDoorplate *doorplate)
{
  return doorplate->local_url;
}
