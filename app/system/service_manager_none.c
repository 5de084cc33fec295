/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/service_manager.h"

struct _PlServiceManager
{
  GArray *sockets;
};

PlServiceManager *
pl_service_manager_new (void)
{
  PlServiceManager *manager = g_new0 (PlServiceManager, 1);

  manager->sockets = g_array_new (FALSE, FALSE, sizeof (PlServiceSocket));
  return manager;
}

void
pl_service_manager_free (PlServiceManager *manager)
{
  g_array_unref (manager->sockets);
  g_free (manager);
}

const GArray *
pl_service_manager_get_sockets (const PlServiceManager *manager)
{
  return manager->sockets;
}

void
pl_service_manager_tell_ready (PlServiceManager *manager)
{
}

void
pl_service_manager_tell_reloading (PlServiceManager *manager)
{
}

void
pl_service_manager_tell_stopping (PlServiceManager *manager)
{
}

void
pl_service_manager_tell_status (PlServiceManager *manager, const char *words)
{
}

void
pl_service_manager_vouch (PlServiceManager *manager, GSourceOnceFunc look, gpointer user_data)
{
}
