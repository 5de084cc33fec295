/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When an item was asked is noted at the item, and so forgotten with it. */

#include "app/engine/versions.h"

#include "app/finder/ask.h"
#include "app/finder/belief.h"
#include "app/finder/probe.h"

#define TIMEOUT_MS 5000

/* An update may be over between two health checks. */
#define AGAIN_US (60 * G_USEC_PER_SEC)

struct _PlVersions
{
  GCancellable *cancellable;
};

/* On an item: when it was asked, a gint64. */
#define ASKED_US "pl-version-asked-us"

PlVersions *
pl_versions_new (void)
{
  PlVersions *versions = g_new (PlVersions, 1);

  versions->cancellable = g_cancellable_new ();
  return versions;
}

void
pl_versions_free (PlVersions *versions)
{
  g_cancellable_cancel (versions->cancellable);
  g_object_unref (versions->cancellable);
  g_free (versions);
}

/* Whoever does not say its version, such as the web part of an old Immich, is not asked again. */
static gboolean
is_due (PlUpstreamItem *item, gint64 now_us)
{
  const gint64 *asked_us = g_object_get_data (G_OBJECT (item), ASKED_US);

  if (pl_upstream_item_get_health (item) != PL_HEALTH_WELL)
    return FALSE;
  return asked_us == NULL || *asked_us < pl_upstream_item_get_since_us (item)
         || (pl_upstream_item_get_version (item) != NULL && now_us - *asked_us >= AGAIN_US);
}

static void
answered_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlUpstreamItem) item = user_data;
  g_autoptr (PlProbe) probe = pl_probe_finish (result, NULL);
  g_autofree char *version = probe != NULL ? pl_probe_dup_exact_version (probe) : NULL;

  if (version != NULL)
    pl_upstream_item_set_version (item, version);
}

/* (nullable) (transfer none) */
static PlProof *
find_proof (const PlConfig *config, PlUpstreamItem *item)
{
  int index = config != NULL
                  ? pl_config_find_upstream (config, pl_upstream_item_get_upstream (item))
                  : -1;

  return index >= 0 ? config->upstreams[index].proof : NULL;
}

static void
ask (PlVersions *versions, PlUpstreamItem *item, PlProof *proof, gint64 now_us)
{
  g_autoptr (SoupSession) session = pl_ask_new_session (PL_ASK_STRAIGHT);
  g_autofree char *url = pl_upstream_item_dup_url (item);

  g_object_set_data_full (G_OBJECT (item), ASKED_US, g_memdup2 (&now_us, sizeof now_us), g_free);
  pl_belief_give (session, proof);
  pl_probe_async (session, url, TIMEOUT_MS, versions->cancellable, answered_cb,
                  g_object_ref (item));
}

void
pl_versions_refresh (PlVersions *versions, PlUpstreamList *upstreams, const PlConfig *config)
{
  gint64 now_us = g_get_real_time ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (upstreams)); i++)
    {
      g_autoptr (PlUpstreamItem) item = g_list_model_get_item (G_LIST_MODEL (upstreams), i);
      if (is_due (item, now_us))
        ask (versions, item, find_proof (config, item), now_us);
    }
}
