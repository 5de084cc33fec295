/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Only what is certain: where `bind` says where to listen, another program may have the same port
 * at another address; and with exposure=computer this one has it at loopback addresses alone. */

#include "app/daemon/loops.h"

#include "app/daemon/say.h"
#include "app/finder/interfaces.h"
#include "app/i18n.h"

static void
say_of (const PlConfig *config, const PlUpstreamConfig *upstream, const GArray *interfaces)
{
  for (guint i = 0; i < upstream->n_endpoints; i++)
    {
      const PlEndpointConfig *endpoint = &upstream->endpoints[i];
      if (endpoint->port == config->port && pl_interfaces_has (interfaces, endpoint->host))
        pl_say (_ ("%s at %s leads back to Porchlight; give the address of Immich itself"),
                upstream->name, endpoint->label);
    }
}

void
pl_loops_say (const PlConfig *config)
{
  g_autoptr (GArray) interfaces = config->exposure == PL_EXPOSURE_COMPUTER
                                      ? g_array_new (FALSE, FALSE, sizeof (PlInterface))
                                      : pl_interfaces_read ();

  if (config->bind != NULL)
    return;
  for (guint i = 0; i < config->n_upstreams; i++)
    if (config->upstreams[i].health_path == NULL)
      say_of (config, &config->upstreams[i], interfaces);
}
