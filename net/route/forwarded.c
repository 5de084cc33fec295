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
    {
      hops->n_addresses = 0;
      hops->proto = hops->host = PL_SLICE ("");
    }
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
