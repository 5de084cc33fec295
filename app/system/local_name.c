/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/local_name.h"

#include <string.h>

#include "app/system/name_publisher.h"
#include "app/system/own_addresses.h"

/* Nobody has that many; a network where every name is somebody's answers for all that is asked. */
#define MOST_NAMES 20

/**
 * PlLocalName:
 * @label: (nullable): as it was wished for
 * @number: which of its names is tried, from 1
 * @publication: (nullable): what is published as that; %NULL: nothing is wanted
 */
struct _PlLocalName
{
  PlNamePublisher *publisher;
  PlLocalNameFunc func;
  gpointer user_data;

  char *label;
  guint number;
  PlPublication *publication;
  PlLocalNameState state;
};

static char *
dup_numbered (const char *label, guint number)
{
  return number == 1 ? g_strdup (label) : g_strdup_printf ("%s-%u", label, number);
}

char *
pl_local_name_dup_first (const char *label)
{
  return g_strconcat (label, ".local", NULL);
}

static void
set_state (PlLocalName *name, PlLocalNameState state)
{
  if (name->state == state)
    return;
  name->state = state;
  name->func (name->user_data);
}

/* Publishing */

static void
publish (PlLocalName *name)
{
  g_autofree char *label = dup_numbered (name->label, name->number);

  g_free (name->publication->host);
  g_free (name->publication->service);
  name->publication->host = pl_local_name_dup_first (label);
  name->publication->service = g_strdup_printf ("Immich (%s)", label);
  pl_name_publisher_publish (name->publisher, name->publication);
}

static void
try_next (PlLocalName *name)
{
  if (name->number == MOST_NAMES)
    {
      set_state (name, PL_LOCAL_NAME_REFUSED);
      return;
    }
  name->number++;
  publish (name);
  set_state (name, PL_LOCAL_NAME_TRYING);
}

static void
told_cb (PlNameFate fate, gpointer user_data)
{
  PlLocalName *name = user_data;

  switch (fate)
    {
    case PL_NAME_ABSENT:
      set_state (name, PL_LOCAL_NAME_ABSENT);
      break;
    case PL_NAME_TRYING:
      set_state (name, PL_LOCAL_NAME_TRYING);
      break;
    case PL_NAME_THERE:
      set_state (name, PL_LOCAL_NAME_THERE);
      break;
    case PL_NAME_TAKEN:
      try_next (name);
      break;
    case PL_NAME_REFUSED:
      set_state (name, PL_LOCAL_NAME_REFUSED);
      break;
    case PL_NAME_MUTE:
      set_state (name, PL_LOCAL_NAME_MUTE);
      break;
    }
}

/* Wishes */

static gboolean
are_same (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const PlOwnAddress *one = &g_array_index (a, PlOwnAddress, i);
      const PlOwnAddress *other = &g_array_index (b, PlOwnAddress, i);
      gsize n_octets = one->family == G_SOCKET_FAMILY_IPV4 ? 4 : 16;
      if (one->interface != other->interface || one->family != other->family
          || memcmp (one->octets, other->octets, n_octets) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_wanted_already (const PlLocalName *name, const PlLocalNameWish *wish)
{
  const PlPublication *publication = name->publication;

  return publication != NULL && strcmp (name->label, wish->label) == 0
         && publication->port == wish->port && publication->has_http == wish->has_http
         && publication->has_https == wish->has_https
         && are_same (publication->addresses, wish->addresses);
}

static void
want_none (PlLocalName *name)
{
  g_clear_pointer (&name->publication, pl_publication_free);
  pl_name_publisher_publish (name->publisher, NULL);
  name->state = PL_LOCAL_NAME_UNWANTED;
}

/* Somebody who gave way once does so again in the same house: whoever has the first name was here
 * before. */
static void
want (PlLocalName *name, const PlLocalNameWish *wish)
{
  if (g_strcmp0 (name->label, wish->label) != 0)
    {
      g_free (name->label);
      name->label = g_strdup (wish->label);
      name->number = 1;
    }
  g_clear_pointer (&name->publication, pl_publication_free);
  name->publication = g_new0 (PlPublication, 1);
  name->publication->addresses = g_array_ref (wish->addresses);
  name->publication->port = wish->port;
  name->publication->has_http = wish->has_http;
  name->publication->has_https = wish->has_https;
  publish (name);
  if (name->state != PL_LOCAL_NAME_ABSENT)
    name->state = PL_LOCAL_NAME_TRYING;
}

void
pl_local_name_want (PlLocalName *name, const PlLocalNameWish *wish)
{
  if (wish == NULL || wish->addresses->len == 0)
    want_none (name);
  else if (!is_wanted_already (name, wish))
    want (name, wish);
}

/* What there is */

PlLocalNameState
pl_local_name_get_state (const PlLocalName *name)
{
  return name->state;
}

const char *
pl_local_name_get_host (const PlLocalName *name)
{
  return name->state == PL_LOCAL_NAME_THERE ? name->publication->host : NULL;
}

PlLocalName *
pl_local_name_new (PlLocalNameFunc func, gpointer user_data)
{
  PlLocalName *name = g_new0 (PlLocalName, 1);

  name->publisher = pl_name_publisher_new (told_cb, name);
  name->func = func;
  name->user_data = user_data;
  return name;
}

void
pl_local_name_free (PlLocalName *name)
{
  pl_name_publisher_free (name->publisher);
  g_clear_pointer (&name->publication, pl_publication_free);
  g_free (name->label);
  g_free (name);
}
