/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A copy of what the engine says of an endpoint, in words. */

#include "app/model/upstream_item.h"

#include "app/i18n.h"
#include "app/model/local_time.h"
#include "app/model/words.h"

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _PlUpstreamItem
{
  GObject parent_instance;
  char *upstream;
  char *endpoint;
  gboolean encrypts;
  PlEndpointHealth health;
  gint64 since_us;
  gint64 response_us;
  char *last_error;
  char *version;
};

G_DEFINE_FINAL_TYPE (PlUpstreamItem, pl_upstream_item, G_TYPE_OBJECT)

static void
copy_status (PlUpstreamItem *item, const PlEndpointStatus *status)
{
  item->health = status->health;
  item->since_us = status->since_us;
  item->response_us = status->response_us;
  g_free (item->last_error);
  item->last_error = g_strdup (status->last_error);
}

void
pl_upstream_item_update (PlUpstreamItem *item, const PlEndpointStatus *status)
{
  if (item->health == status->health && item->since_us == status->since_us
      && item->response_us == status->response_us
      && g_strcmp0 (item->last_error, status->last_error) == 0)
    return;
  copy_status (item, status);
  g_signal_emit (item, signals[CHANGED], 0);
}

const char *
pl_upstream_item_get_upstream (PlUpstreamItem *item)
{
  return item->upstream;
}

const char *
pl_upstream_item_get_endpoint (PlUpstreamItem *item)
{
  return item->endpoint;
}

char *
pl_upstream_item_dup_url (PlUpstreamItem *item)
{
  return g_strconcat (item->encrypts ? "https://" : "http://", item->endpoint, NULL);
}

PlEndpointHealth
pl_upstream_item_get_health (PlUpstreamItem *item)
{
  return item->health;
}

gint64
pl_upstream_item_get_since_us (PlUpstreamItem *item)
{
  return item->since_us;
}

void
pl_upstream_item_set_version (PlUpstreamItem *item, const char *version)
{
  if (g_strcmp0 (item->version, version) == 0)
    return;
  g_free (item->version);
  item->version = g_strdup (version);
  g_signal_emit (item, signals[CHANGED], 0);
}

const char *
pl_upstream_item_get_version (PlUpstreamItem *item)
{
  return item->version;
}

static void
append_part (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static char *
dup_well (PlUpstreamItem *item)
{
  g_autoptr (GString) text = g_string_new (item->version);
  g_autoptr (GString) response = g_string_new (NULL);

  append_part (text, _ ("healthy"));
  if (item->response_us >= 0)
    {
      pl_words_append_duration (response, item->response_us);
      append_part (text, response->str);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_down (PlUpstreamItem *item)
{
  g_autoptr (GDateTime) since = pl_local_time_new (item->since_us);
  g_autofree char *time = g_date_time_format (since, "%H:%M");

  if (item->last_error == NULL)
    return g_strdup_printf (_ ("does not answer since %s"), time);
  /* Translators: a time, and what is wrong */
  return g_strdup_printf (_ ("not well since %s: %s"), time, item->last_error);
}

char *
pl_upstream_item_dup_words (PlUpstreamItem *item)
{
  switch (item->health)
    {
    case PL_HEALTH_WELL:
      return dup_well (item);
    case PL_HEALTH_MAINTENANCE:
      return g_strdup (_ ("in maintenance; its admin can end it there"));
    case PL_HEALTH_LOOP:
      return g_strdup (_ ("this address leads back to Porchlight"));
    case PL_HEALTH_NOT_WELL:
      return dup_down (item);
    case PL_HEALTH_UNKNOWN:
      return g_strdup (item->last_error != NULL ? item->last_error : _ ("not checked"));
    }
  g_return_val_if_reached (NULL);
}

static void
pl_upstream_item_finalize (GObject *object)
{
  PlUpstreamItem *item = PL_UPSTREAM_ITEM (object);

  g_free (item->upstream);
  g_free (item->endpoint);
  g_free (item->last_error);
  g_free (item->version);
  G_OBJECT_CLASS (pl_upstream_item_parent_class)->finalize (object);
}

PlUpstreamItem *
pl_upstream_item_new (const PlEndpointStatus *status)
{
  PlUpstreamItem *item = g_object_new (PL_TYPE_UPSTREAM_ITEM, NULL);

  item->upstream = g_strdup (status->upstream);
  item->endpoint = g_strdup (status->endpoint);
  item->encrypts = status->encrypts;
  copy_status (item, status);
  return item;
}

static void
pl_upstream_item_class_init (PlUpstreamItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pl_upstream_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", PL_TYPE_UPSTREAM_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
pl_upstream_item_init (PlUpstreamItem *item)
{
}
