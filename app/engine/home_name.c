/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/home_name.h"

#include "app/engine/encryption.h"
#include "app/engine/reachable.h"
#include "app/i18n.h"

/* Nobody has so many networks at home; what publishes names bounds them, too. */
#define MOST_ADDRESSES 16

/**
 * PlHomeName:
 * @wanted: (nullable): `porchlight.local`, what is wished for
 * @port: where it is listened
 */
struct _PlHomeName
{
  PlLocalName *local;
  char *wanted;
  guint16 port;
};

PlHomeName *
pl_home_name_new (PlLocalNameFunc func, gpointer user_data)
{
  PlHomeName *name = g_new0 (PlHomeName, 1);

  name->local = pl_local_name_new (func, user_data);
  return name;
}

void
pl_home_name_free (PlHomeName *name)
{
  pl_local_name_free (name->local);
  g_free (name->wanted);
  g_free (name);
}

void
pl_home_name_update (PlHomeName *name,
                     const char *label,
                     const char *const *listening,
                     PlExposure exposure,
                     const PlGathering *certificates,
                     gboolean refuses_plain)
{
  g_autofree char *lower = g_ascii_strdown (label, -1);
  g_autoptr (GArray) addresses = pl_reachable_dup_at_home (listening, &name->port);
  PlLocalNameWish wish = { .label = lower, .addresses = addresses, .port = name->port };
  gboolean is_wanted = *label != '\0' && exposure != PL_EXPOSURE_COMPUTER;

  g_free (name->wanted);
  name->wanted = pl_local_name_dup_first (lower);
  g_array_set_size (addresses, MIN (addresses->len, MOST_ADDRESSES));
  wish.has_https
      = certificates->authority != NULL || pl_encryption_covers (certificates, name->wanted);
  wish.has_http = certificates->certificates->len == 0 || !refuses_plain;
  is_wanted &= wish.has_http || wish.has_https;
  pl_local_name_want (name->local, is_wanted ? &wish : NULL);
}

PlLocalNameState
pl_home_name_get_state (const PlHomeName *name)
{
  return pl_local_name_get_state (name->local);
}

const char *
pl_home_name_get_host (const PlHomeName *name)
{
  return pl_local_name_get_host (name->local);
}

/* A certificate that this computer makes itself is for the name a moment after that is there. */
char *
pl_home_name_dup_url (const PlHomeName *name,
                      const PlGathering *certificates,
                      gboolean refuses_plain)
{
  const char *host = pl_home_name_get_host (name);
  gboolean is_secure = host != NULL && pl_encryption_covers (certificates, host);
  gboolean is_refused = certificates->certificates->len > 0 && refuses_plain;

  if (host == NULL || (!is_secure && (is_refused || certificates->authority != NULL)))
    return NULL;
  return g_strdup_printf ("%s://%s:%u", is_secure ? "https" : "http", host, name->port);
}

char *
pl_home_name_dup_words (const PlHomeName *name)
{
  const char *host = pl_home_name_get_host (name);

  switch (pl_local_name_get_state (name->local))
    {
    case PL_LOCAL_NAME_UNWANTED:
    case PL_LOCAL_NAME_TRYING:
      return NULL;
    case PL_LOCAL_NAME_THERE:
      if (g_strcmp0 (host, name->wanted) == 0)
        return NULL;
      /* Translators: names of computers, such as porchlight.local and porchlight-2.local. */
      return g_strdup_printf (_ ("Another device in your network is called %s, so this computer is "
                                 "%s."),
                              name->wanted, host);
    case PL_LOCAL_NAME_ABSENT:
      /* Translators: a name, such as porchlight.local. */
      return g_strdup_printf (_ ("This computer cannot be called %s: nothing here makes names "
                                 "known in the network. On Linux, Avahi does (package "
                                 "avahi-daemon)."),
                              name->wanted);
    case PL_LOCAL_NAME_REFUSED:
      return g_strdup_printf (_ ("This computer cannot be called %s: its system does not make that "
                                 "name known in the network."),
                              name->wanted);
    case PL_LOCAL_NAME_MUTE:
      return g_strdup_printf (_ ("%s was made known in the network, but does not lead here."),
                              name->wanted);
    }
  g_return_val_if_reached (NULL);
}
