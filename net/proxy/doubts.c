/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/proxy/doubts.h"

#define INTERVAL_MS 33

typedef struct
{
  char *upstream;
  char *endpoint;
} Doubt;

/* @mutex guards @waiting and @source, which is there while something waits. */
struct _PlDoubts
{
  GMutex mutex;
  GArray *waiting; /* of Doubt */
  GSource *source;
  GMainContext *context;
  PlDoubtFunc func;
  gpointer user_data;
};

static void
doubt_clear (gpointer data)
{
  Doubt *doubt = data;

  g_free (doubt->upstream);
  g_free (doubt->endpoint);
}

static GArray *
new_array (void)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (Doubt));

  g_array_set_clear_func (array, doubt_clear);
  return array;
}

PlDoubts *
pl_doubts_new (PlDoubtFunc func, gpointer user_data)
{
  PlDoubts *doubts = g_new0 (PlDoubts, 1);

  g_mutex_init (&doubts->mutex);
  doubts->waiting = new_array ();
  doubts->context = g_main_context_ref_thread_default ();
  doubts->func = func;
  doubts->user_data = user_data;
  return doubts;
}

static void
drop_source (PlDoubts *doubts)
{
  if (doubts->source == NULL)
    return;
  g_source_destroy (doubts->source);
  g_clear_pointer (&doubts->source, g_source_unref);
}

void
pl_doubts_free (PlDoubts *doubts)
{
  drop_source (doubts);
  g_array_unref (doubts->waiting);
  g_main_context_unref (doubts->context);
  g_mutex_clear (&doubts->mutex);
  g_free (doubts);
}

static gboolean
tell_cb (gpointer user_data)
{
  PlDoubts *doubts = user_data;
  g_autoptr (GArray) told = NULL;

  g_mutex_lock (&doubts->mutex);
  drop_source (doubts);
  told = g_steal_pointer (&doubts->waiting);
  doubts->waiting = new_array ();
  g_mutex_unlock (&doubts->mutex);

  for (guint i = 0; i < told->len; i++)
    {
      const Doubt *doubt = &g_array_index (told, Doubt, i);

      doubts->func (doubt->upstream, doubt->endpoint, doubts->user_data);
    }
  return G_SOURCE_REMOVE;
}

static gboolean
waits (PlDoubts *doubts, const char *upstream, const char *endpoint)
{
  for (guint i = 0; i < doubts->waiting->len; i++)
    {
      const Doubt *doubt = &g_array_index (doubts->waiting, Doubt, i);

      if (g_str_equal (doubt->upstream, upstream) && g_str_equal (doubt->endpoint, endpoint))
        return TRUE;
    }
  return FALSE;
}

static void
add (PlDoubts *doubts, const char *upstream, const char *endpoint)
{
  Doubt doubt = { g_strdup (upstream), g_strdup (endpoint) };

  g_array_append_val (doubts->waiting, doubt);
  if (doubts->source != NULL)
    return;
  doubts->source = g_timeout_source_new (INTERVAL_MS);
  g_source_set_callback (doubts->source, tell_cb, doubts, NULL);
  g_source_attach (doubts->source, doubts->context);
}

void
pl_doubts_put (PlDoubts *doubts, const char *upstream, const char *endpoint)
{
  g_mutex_lock (&doubts->mutex);
  if (!waits (doubts, upstream, endpoint))
    add (doubts, upstream, endpoint);
  g_mutex_unlock (&doubts->mutex);
}
