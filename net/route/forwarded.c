/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The forwarding fields. The way of a stranger, nearly every request, needs no look at the head;
 * only a trusted proxy in front of us has its own fields read. */

#include "net/route/forwarded.h"

#include "net/route/hops.h"

/* What is believed of the way to whoever connected to us; nothing of a stranger's. */
static void
read_way (const PlForwardedInput *input, PlHops *hops)
{
  if (pl_trust_contains (input->trusted, input->client))
    pl_hops_read (input->head, input->trusted, hops);
  else
    pl_hops_clear (hops);
}

/* The real client is the oldest of those who are believed. */
static const PlAddress *
get_real_client (const PlForwardedInput *input, const PlHops *hops)
{
  return hops->n_addresses > 0 ? &hops->addresses[hops->n_addresses - 1] : input->client;
}

static void
write_forwarded_for (const PlForwardedInput *input, const PlHops *hops, PlWriter *writer)
{
  pl_writer_add (writer, PL_SLICE ("X-Forwarded-For: "));
  for (guint i = hops->n_addresses; i > 0; i--)
    {
      pl_address_write_host (&hops->addresses[i - 1], writer);
      pl_writer_add (writer, PL_SLICE (", "));
    }
  pl_address_write_host (input->client, writer);
  pl_writer_add_end (writer);
}

void
pl_forwarded_write (const PlForwardedInput *input, PlWriter *writer)
{
  PlSlice own_proto = input->is_tls ? PL_SLICE ("https") : PL_SLICE ("http");
  PlSlice host;
  PlHops hops;

  read_way (input, &hops);
  write_forwarded_for (input, &hops, writer);

  host = hops.host.length > 0 ? hops.host : input->authority;
  if (host.length > 0)
    pl_writer_add_field (writer, PL_SLICE ("X-Forwarded-Host"), host);
  pl_writer_add_field (writer, PL_SLICE ("X-Forwarded-Proto"),
                       hops.proto.length > 0 ? hops.proto : own_proto);

  pl_writer_add (writer, PL_SLICE ("X-Real-IP: "));
  pl_address_write_host (get_real_client (input, &hops), writer);
  pl_writer_add_end (writer);
}

PlAddress
pl_forwarded_get_client (const PlForwardedInput *input)
{
  PlHops hops;

  read_way (input, &hops);
  return *get_real_client (input, &hops);
}

gboolean
pl_forwarded_is_encrypted (const PlForwardedInput *input)
{
  PlHops hops;

  if (input->is_tls)
    return TRUE;
  read_way (input, &hops);
  return pl_slice_equal (hops.proto, PL_SLICE ("https"));
}

gboolean
pl_forwarded_is_forwarded (const PlHead *head)
{
  for (guint i = 0; i < head->n_fields; i++)
    if ((pl_field_get_flags (head->fields[i].id) & PL_FIELD_FORWARDING) != 0)
      return TRUE;
  return FALSE;
}

/* Returns: whose circle it is that @language tells of; the nearest where it is not spoken. */
static PlCircle
find_circle_told (const PlForwardedInput *input, PlFieldId language, const PlTrust *home)
{
  PlHops hops;

  if (pl_head_find (input->head, language) == NULL)
    return PL_CIRCLE_COMPUTER;
  pl_hops_read_addresses (input->head, language, input->trusted, &hops);
  return hops.names_client ? pl_circle_find (get_real_client (input, &hops), home)
                           : PL_CIRCLE_WORLD;
}

PlCircle
pl_forwarded_find_circle (const PlForwardedInput *input, const PlTrust *home)
{
  PlCircle circle = pl_circle_find (input->client, home);
  PlCircle told;

  if (!pl_forwarded_is_forwarded (input->head))
    return circle;
  if (!pl_trust_contains (input->trusted, input->client)
      || (pl_head_find (input->head, PL_FIELD_X_FORWARDED_FOR) == NULL
          && pl_head_find (input->head, PL_FIELD_FORWARDED) == NULL))
    return PL_CIRCLE_WORLD;
  told = MAX (find_circle_told (input, PL_FIELD_X_FORWARDED_FOR, home),
              find_circle_told (input, PL_FIELD_FORWARDED, home));
  return MAX (circle, told);
}
