/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/address_kind.h"

#include <string.h>

#include "app/i18n.h"
#include "net/proxy/proxy.h"

static const char *const words[PL_ADDRESS_KIND_COUNT] = {
  [PL_ADDRESS_NAME] = N_ ("Name"),           [PL_ADDRESS_LOCAL_NAME] = N_ ("Name at home"),
  [PL_ADDRESS_HOME] = N_ ("At home"),        [PL_ADDRESS_PUBLIC] = N_ ("Public"),
  [PL_ADDRESS_TAILSCALE] = N_ ("Tailscale"), [PL_ADDRESS_IPV6] = N_ ("IPv6"),
};

/* Tailscale has 100.64.0.0/10 of carrier-grade NAT (RFC 6598), which a computer at home hardly has
 * from anybody else, and fd7a:115c:a1e0::/48. */
static gboolean
is_tailscale (const PlAddress *address)
{
  static const guint8 prefix[] = { 0xfd, 0x7a, 0x11, 0x5c, 0xa1, 0xe0 };

  if (pl_address_is_ipv4 (address))
    return address->bytes[12] == 100 && (address->bytes[13] & 0xc0) == 64;
  return memcmp (address->bytes, prefix, sizeof prefix) == 0;
}

static gboolean
is_local_name (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && g_str_has_suffix (host, ".local");
}

PlAddressKind
pl_address_kind_of_url (const char *url)
{
  const char *host = strstr (url, "://");
  PlAddress address;

  if (host == NULL || !pl_address_parse (pl_slice_from_string (host + strlen ("://")), &address))
    return is_local_name (url) ? PL_ADDRESS_LOCAL_NAME : PL_ADDRESS_NAME;
  if (is_tailscale (&address))
    return PL_ADDRESS_TAILSCALE;
  if (!pl_address_is_ipv4 (&address))
    return PL_ADDRESS_IPV6;
  return pl_address_is_private (&address) ? PL_ADDRESS_HOME : PL_ADDRESS_PUBLIC;
}

const char *
pl_address_kind_get_words (PlAddressKind kind)
{
  return _ (words[kind]);
}
