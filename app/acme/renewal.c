/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/failure.h"
#include "app/acme/proof.h"
#include "app/acme/talk.h"
#include "app/acme/thread.h"

/* RFC 9773 §4.3: within these, whatever is said; and where nothing is. */
#define MIN_RETRY_S     60
#define MAX_RETRY_S     (24 * 60 * 60)
#define DEFAULT_RETRY_S (6 * 60 * 60)

/* What the thread is given, and what comes of it. */
typedef struct
{
  PlAcmeWish *wish;
  GBytes *chain;
  gint64 start_s;
  gint64 end_s;
  gint64 ask_again_s;
} Asking;

static void
asking_free (Asking *asking)
{
  pl_acme_wish_free (asking->wish);
  g_bytes_unref (asking->chain);
  g_free (asking);
}

static gint64
find_ask_again_s (gint64 retry_s)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  return retry_s == 0 ? now_s + DEFAULT_RETRY_S
                      : CLAMP (retry_s, now_s + MIN_RETRY_S, now_s + MAX_RETRY_S);
}

static gboolean
ask (Asking *asking, const char *id, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlAcmeTalk) talk = pl_acme_talk_new (asking->wish, NULL, cancellable, error);
  const PlAcmeDirectory *directory = talk != NULL ? pl_acme_talk_get_directory (talk) : NULL;
  g_autofree char *url = NULL;
  g_autoptr (PlAcmeAnswer) answer = NULL;

  if (directory == NULL || directory->renewal_info == NULL)
    return FALSE;
  url = g_strdup_printf ("%s/%s", directory->renewal_info, id);
  answer = pl_acme_talk_get (talk, url, error);
  if (answer == NULL)
    return FALSE;
  if (!pl_acme_renewal_read (answer->body, &asking->start_s, &asking->end_s))
    return pl_acme_fail_unknown (error);
  asking->ask_again_s = find_ask_again_s (answer->retry_s);
  return TRUE;
}

static void
thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Asking *asking = task_data;
  g_autofree char *id = pl_proof_dup_renewal_id_of (asking->chain);
  GError *error = NULL;
  gboolean is_told = id != NULL && ask (asking, id, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, is_told);
}

void
pl_acme_ask_renewal_async (const PlAcmeWish *wish,
                           GBytes *chain,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  asking->wish = pl_acme_wish_copy (wish);
  asking->chain = g_bytes_ref (chain);
  g_task_set_source_tag (task, pl_acme_ask_renewal_async);
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);
  pl_acme_thread_run (task, thread);
}

gboolean
pl_acme_ask_renewal_finish (GAsyncResult *result,
                            gint64 *start_s,
                            gint64 *end_s,
                            gint64 *ask_again_s,
                            GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_acme_ask_renewal_async), FALSE);

  const Asking *asking = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *start_s = asking->start_s;
  *end_s = asking->end_s;
  *ask_again_s = asking->ask_again_s;
  return TRUE;
}
