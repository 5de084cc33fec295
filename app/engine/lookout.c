/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/lookout.h"

#include <string.h>

/* Whoever starts an Immich, or puts its address right elsewhere, should not wait long. */
#define AGAIN_S 30

/**
 * Post: an address that is looked at.
 * @proof: (nullable): how it shows who it is
 * @asking: (nullable): while it is being asked
 * @timer: until it is asked again
 * @judgment: (nullable): the last one
 */
typedef struct
{
  PlLookout *lookout;
  char *url;
  PlProof *proof;
  GCancellable *asking;
  guint timer;
  PlJudgment *judgment;
} Post;

struct _PlLookout
{
  GPtrArray *posts;
  guint16 own_port;
  PlLookoutFunc on_judged;
  gpointer user_data;
};

static void
post_free (gpointer data)
{
  Post *post = data;

  if (post->asking != NULL)
    g_cancellable_cancel (post->asking);
  g_clear_object (&post->asking);
  g_clear_handle_id (&post->timer, g_source_remove);
  g_clear_pointer (&post->judgment, pl_judgment_free);
  g_clear_pointer (&post->proof, pl_proof_unref);
  g_free (post->url);
  g_free (post);
}

PlLookout *
pl_lookout_new (PlLookoutFunc on_judged, gpointer user_data)
{
  PlLookout *lookout = g_new0 (PlLookout, 1);

  lookout->posts = g_ptr_array_new_with_free_func (post_free);
  lookout->on_judged = on_judged;
  lookout->user_data = user_data;
  return lookout;
}

void
pl_lookout_free (PlLookout *lookout)
{
  g_ptr_array_unref (lookout->posts);
  g_free (lookout);
}

/* Asking */

static gboolean
is_found (PlVerdictKind kind)
{
  return kind == PL_VERDICT_IMMICH || kind == PL_VERDICT_PART;
}

static void ask (Post *post);

static gboolean
again_cb (gpointer user_data)
{
  Post *post = user_data;

  post->timer = 0;
  ask (post);
  return G_SOURCE_REMOVE;
}

static gboolean
is_news (const PlJudgment *before, const PlJudgment *now)
{
  return before == NULL || before->kind != now->kind || g_strcmp0 (before->words, now->words) != 0;
}

/* The owner may forget the post while it is told of it. */
static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlJudgment *judgment = pl_judge_finish (result, NULL);
  g_autoptr (PlJudgment) before = NULL;
  Post *post = user_data;

  if (judgment == NULL) /* cancelled, and the post is gone */
    return;
  g_clear_object (&post->asking);
  before = g_steal_pointer (&post->judgment);
  post->judgment = judgment;
  if (!is_found (judgment->kind))
    post->timer = g_timeout_add_seconds (AGAIN_S, again_cb, post);
  if (is_news (before, judgment))
    post->lookout->on_judged (post->url, judgment, post->lookout->user_data);
}

static void
ask (Post *post)
{
  post->asking = g_cancellable_new ();
  pl_judge_async (post->url, post->lookout->own_port, post->proof, post->asking, judged_cb, post);
}

/* What is looked at */

static Post *
find (const PlLookout *lookout, const char *url)
{
  for (guint i = 0; i < lookout->posts->len; i++)
    {
      Post *post = lookout->posts->pdata[i];
      if (g_str_equal (post->url, url))
        return post;
    }
  return NULL;
}

static void
add (PlLookout *lookout, const char *url, PlProof *proof)
{
  Post *post = g_new0 (Post, 1);

  post->lookout = lookout;
  post->url = g_strdup (url);
  post->proof = proof != NULL ? pl_proof_ref (proof) : NULL;
  g_ptr_array_add (lookout->posts, post);
  ask (post);
}

static gboolean
is_asked (const PlConfig *config, const char *upstream)
{
  int index = pl_config_find_upstream (config, upstream);
  return index >= 0 && config->upstreams[index].health_path != NULL;
}

/* Who is at an address shows by its health, but for one that is not well, or never asked. */
static gboolean
is_doubtful (PlLookoutScope scope, const PlConfig *config, const PlEndpointStatus *status)
{
  switch (status->health)
    {
    case PL_HEALTH_NOT_WELL:
      return TRUE;
    case PL_HEALTH_UNKNOWN:
      return scope == PL_LOOKOUT_UNASKED && !is_asked (config, status->upstream);
    case PL_HEALTH_WELL:
    case PL_HEALTH_MAINTENANCE:
    case PL_HEALTH_LOOP:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

static PlProof *
get_proof (const PlConfig *config, const PlEndpointStatus *status)
{
  int index = pl_config_find_upstream (config, status->upstream);
  return status->encrypts && index >= 0 ? config->upstreams[index].proof : NULL;
}

static char *
dup_url (const PlEndpointStatus *status)
{
  return g_strconcat (status->encrypts ? "https://" : "http://", status->endpoint, NULL);
}

/* Whether @post is of one that is doubtful still, and would be asked in the same way. */
static gboolean
is_wanted (const Post *post, PlLookoutScope scope, const PlConfig *config, const GArray *statuses)
{
  for (guint i = 0; i < statuses->len; i++)
    {
      const PlEndpointStatus *status = &g_array_index (statuses, PlEndpointStatus, i);
      g_autofree char *url = dup_url (status);
      if (strcmp (post->url, url) == 0 && is_doubtful (scope, config, status))
        return pl_proof_equal (post->proof, get_proof (config, status));
    }
  return FALSE;
}

static void
forget (PlLookout *lookout, PlLookoutScope scope, const PlConfig *config, const GArray *statuses)
{
  for (guint i = lookout->posts->len; i > 0; i--)
    if (config == NULL || !is_wanted (lookout->posts->pdata[i - 1], scope, config, statuses))
      g_ptr_array_remove_index (lookout->posts, i - 1);
}

static void
look_at (PlLookout *lookout, PlLookoutScope scope, const PlConfig *config, const GArray *statuses)
{
  for (guint i = 0; i < statuses->len; i++)
    {
      const PlEndpointStatus *status = &g_array_index (statuses, PlEndpointStatus, i);
      g_autofree char *url = dup_url (status);
      if (is_doubtful (scope, config, status) && find (lookout, url) == NULL)
        add (lookout, url, get_proof (config, status));
    }
}

void
pl_lookout_set (PlLookout *lookout,
                PlLookoutScope scope,
                const PlConfig *config,
                const GArray *statuses)
{
  lookout->own_port = config != NULL ? config->port : 0;
  forget (lookout, scope, config, statuses);
  if (config != NULL)
    look_at (lookout, scope, config, statuses);
}

PlVerdictKind
pl_lookout_get_kind (const PlLookout *lookout, const char *url)
{
  const Post *post = find (lookout, url);
  return post != NULL && post->judgment != NULL ? post->judgment->kind : PL_VERDICT_NONE;
}

const char *
pl_lookout_get_words (const PlLookout *lookout, const char *url)
{
  const Post *post = find (lookout, url);
  return post != NULL && post->judgment != NULL ? post->judgment->words : NULL;
}
