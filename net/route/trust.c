/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person trusts a handful of networks, most often none or one, so a set of them is an array
 * that is walked. */

#include "net/route/trust.h"

#include <gio/gio.h>

#include "net/i18n.h"

#define IPV6_BITS 128
#define IPV4_BITS 32

struct _PlTrust
{
  GArray *networks; /* of PlNetwork */
};

gboolean
pl_exposure_admits (PlExposure exposure, const PlTrust *home, const PlAddress *address)
{
  switch (exposure)
    {
    case PL_EXPOSURE_COMPUTER:
      return pl_address_is_loopback (address);
    case PL_EXPOSURE_NETWORK:
      return pl_address_is_private (address) || pl_trust_contains (home, address);
    case PL_EXPOSURE_INTERNET:
      return TRUE;
    }
  return FALSE;
}

PlTrust *
pl_trust_new (void)
{
  PlTrust *trust = g_new0 (PlTrust, 1);

  trust->networks = g_array_new (FALSE, FALSE, sizeof (PlNetwork));
  return trust;
}

PlTrust *
pl_trust_dup (const PlTrust *trust)
{
  PlTrust *copy = g_new0 (PlTrust, 1);

  copy->networks = g_array_copy (trust->networks);
  return copy;
}

void
pl_trust_free (PlTrust *trust)
{
  g_array_unref (trust->networks);
  g_free (trust);
}

static gboolean
has_bits_past (const PlAddress *address, guint prefix_bits)
{
  for (guint bit = prefix_bits; bit < IPV6_BITS; bit++)
    if ((address->bytes[bit / 8] & 0x80 >> bit % 8) != 0)
      return TRUE;
  return FALSE;
}

static gboolean
parse_prefix_bits (const char *text, guint address_bits, guint *prefix_bits)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, address_bits, &value, NULL))
    return FALSE;
  *prefix_bits = IPV6_BITS - address_bits + value;
  return TRUE;
}

static gboolean
parse_network (const char *cidr, PlNetwork *network)
{
  g_autofree char *text = g_strstrip (g_strdup (cidr));
  char *slash = strchr (text, '/');
  /* By its spelling: ::ffff:10.0.0.0/104 counts its prefix as IPv6 does. */
  guint address_bits = strchr (text, ':') != NULL ? IPV6_BITS : IPV4_BITS;

  network->prefix_bits = IPV6_BITS;
  if (slash != NULL)
    {
      if (!parse_prefix_bits (slash + 1, address_bits, &network->prefix_bits))
        return FALSE;
      *slash = '\0';
    }
  return pl_address_parse (pl_slice_from_string (text), &network->address)
         && network->address.port == 0;
}

gboolean
pl_trust_add (PlTrust *trust, const char *cidr, GError **error)
{
  PlNetwork network;

  if (!parse_network (cidr, &network))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” is not a network: an address is allowed (192.168.1.2, fd00::2) or one "
                      "with a prefix (192.168.0.0/16, fd00::/8)"),
                   cidr);
      return FALSE;
    }
  if (has_bits_past (&network.address, network.prefix_bits))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” has bits set past its prefix: an address ends in zeros there "
                      "(192.168.0.0/16, not 192.168.1.2/16)"),
                   cidr);
      return FALSE;
    }
  g_array_append_val (trust->networks, network);
  return TRUE;
}

void
pl_trust_add_network (PlTrust *trust, const PlNetwork *network)
{
  g_array_append_val (trust->networks, *network);
}

const PlNetwork *
pl_trust_get_networks (const PlTrust *trust, guint *n_networks)
{
  *n_networks = trust->networks->len;
  return (const PlNetwork *) (void *) trust->networks->data;
}

static gboolean
has_network (const PlTrust *trust, const PlNetwork *network)
{
  for (guint i = 0; i < trust->networks->len; i++)
    if (pl_network_equal (&g_array_index (trust->networks, PlNetwork, i), network))
      return TRUE;
  return FALSE;
}

static gboolean
has_all (const PlTrust *trust, const PlTrust *others)
{
  if (trust == NULL || others == NULL)
    return others == NULL || others->networks->len == 0;

  for (guint i = 0; i < others->networks->len; i++)
    if (!has_network (trust, &g_array_index (others->networks, PlNetwork, i)))
      return FALSE;
  return TRUE;
}

gboolean
pl_trust_equal (const PlTrust *a, const PlTrust *b)
{
  return has_all (a, b) && has_all (b, a);
}

gboolean
pl_trust_contains (const PlTrust *trust, const PlAddress *address)
{
  if (trust == NULL)
    return FALSE;

  for (guint i = 0; i < trust->networks->len; i++)
    if (pl_network_contains (&g_array_index (trust->networks, PlNetwork, i), address))
      return TRUE;
  return FALSE;
}
