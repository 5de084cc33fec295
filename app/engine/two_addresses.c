/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/two_addresses.h"

#include "app/model/address_kind.h"
#include "app/settings/public_name.h"

static char *
dup_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

static gboolean
is_for_home (const char *address)
{
  switch (pl_address_kind_of_url (address))
    {
    case PL_ADDRESS_HOME:
    case PL_ADDRESS_LOCAL_NAME:
      return TRUE;
    case PL_ADDRESS_NAME:
    case PL_ADDRESS_PUBLIC:
    case PL_ADDRESS_TAILSCALE:
    case PL_ADDRESS_IPV6:
    case PL_ADDRESS_KIND_COUNT:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

/* Whoever comes by Tailscale is at home; from elsewhere nobody logs in who may see links alone. */
static gboolean
is_for_outside (const char *address, PlExposure exposure, PlDoorRule world)
{
  gboolean sees_all = exposure == PL_EXPOSURE_INTERNET && world == PL_DOOR_EVERYTHING;
  g_autofree char *host = dup_host (address);

  switch (pl_address_kind_of_url (address))
    {
    case PL_ADDRESS_NAME:
      return sees_all && host != NULL && pl_public_name_is_everywhere (host);
    case PL_ADDRESS_PUBLIC:
      return sees_all;
    case PL_ADDRESS_TAILSCALE:
      return exposure != PL_EXPOSURE_COMPUTER;
    case PL_ADDRESS_HOME:
    case PL_ADDRESS_LOCAL_NAME:
    case PL_ADDRESS_IPV6:
    case PL_ADDRESS_KIND_COUNT:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

const char *
pl_two_addresses_get_home (const char *const *addresses)
{
  for (; *addresses != NULL; addresses++)
    if (is_for_home (*addresses))
      return *addresses;
  return NULL;
}

const char *
pl_two_addresses_get_outside (const char *const *addresses, PlExposure exposure, PlDoorRule world)
{
  for (; *addresses != NULL; addresses++)
    if (is_for_outside (*addresses, exposure, world))
      return *addresses;
  return NULL;
}
