/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an address may mean is asked in turn; the last answer counts where none is an Immich. */

#include "app/finder/judge.h"

#include "app/finder/ask.h"
#include "app/finder/belief.h"
#include "app/finder/interfaces.h"
#include "app/finder/locate.h"
#include "app/i18n.h"
#include "app/settings/immich_address.h"

/* For each question, and for all of them: somebody waits for the answer. */
#define QUESTION_MS 4000
#define WHOLE_MS    10000

/**
 * Case: an address that is being judged.
 * @n_asked: how many of what it may mean
 * @stop: cancelled with the task, or when it took too long
 */
typedef struct
{
  SoupSession *session;
  PlImmichAddress *address;
  guint n_asked;
  guint16 own_port;
  GCancellable *stop;
  guint timer;
} Case;

void
pl_judgment_free (PlJudgment *judgment)
{
  g_free (judgment->words);
  g_free (judgment->url);
  g_clear_object (&judgment->finding);
  g_free (judgment);
}

gboolean
pl_judgment_is_doubtful (const PlJudgment *judgment)
{
  switch (judgment->kind)
    {
    case PL_VERDICT_NOBODY:
    case PL_VERDICT_OTHER:
    case PL_VERDICT_PART:
      return TRUE;
    case PL_VERDICT_NONE:
    case PL_VERDICT_NO_ADDRESS:
    case PL_VERDICT_ASKING:
    case PL_VERDICT_PORCHLIGHT:
    case PL_VERDICT_IMMICH:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

static void
case_free (Case *trial)
{
  g_clear_handle_id (&trial->timer, g_source_remove);
  g_object_unref (trial->session);
  g_clear_pointer (&trial->address, pl_immich_address_free);
  g_object_unref (trial->stop);
  g_free (trial);
}

static void
give (GTask *task, PlVerdictKind kind, char *words, const char *url, PlFinding *finding)
{
  PlJudgment *judgment = g_new (PlJudgment, 1);

  *judgment = (PlJudgment){ kind, words, g_strdup (url), finding };
  g_task_return_pointer (task, judgment, (GDestroyNotify) pl_judgment_free);
}

static void
give_porchlight (GTask *task, const char *url)
{
  give (task, PL_VERDICT_PORCHLIGHT,
        g_strdup (_ ("This address leads back to Porchlight itself. Say where Immich is.")), url,
        NULL);
}

static PlPlace *
dup_place (const Case *trial, const PlProbe *probe)
{
  g_autoptr (GUri) uri = g_uri_parse (probe->url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GArray) interfaces = pl_interfaces_read ();
  gboolean is_here = pl_interfaces_has (interfaces, trial->address->host);

  return pl_place_new (is_here ? PL_PLACE_COMPUTER : PL_PLACE_NETWORK, trial->address->host,
                       g_uri_get_port (uri));
}

static void
give_found (GTask *task, PlProbe *probe)
{
  Case *trial = g_task_get_task_data (task);
  g_autofree char *url = g_strdup (probe->url);
  PlFinding *finding = pl_finding_new (dup_place (trial, probe), probe);

  give (task, PL_VERDICT_IMMICH, pl_finding_dup_words (finding), url, finding);
}

static char *
dup_words_on_part (const PlProbe *probe)
{
  g_autofree char *version = pl_probe_dup_version (probe);

  if (probe->kind == PL_PROBE_SERVER)
    return g_strdup_printf (_ ("This is the server part of Immich %s. Its web part, which is "
                               "needed too, was not found at port 3000."),
                            version);
  return g_strdup (_ ("This is the web part of an old Immich. Its server, which is needed too, was "
                      "not found at port 3001."));
}

/* One that was not found is told of by the address it was most likely meant to have. */
static void
give_other (GTask *task, const PlProbe *probe)
{
  Case *trial = g_task_get_task_data (task);
  const char *url = trial->address->urls[0];

  switch (probe->kind)
    {
    case PL_PROBE_NOBODY:
      give (task, PL_VERDICT_NOBODY,
            g_strdup_printf (_ ("No answer: %s. Immich may not be running."), probe->remark), url,
            NULL);
      break;
    case PL_PROBE_PORCHLIGHT:
      give_porchlight (task, probe->url);
      break;
    case PL_PROBE_OTHER:
      give (task, PL_VERDICT_OTHER, g_strdup (probe->remark), url, NULL);
      break;
    case PL_PROBE_WHOLE:
    case PL_PROBE_SERVER:
    case PL_PROBE_WEB:
      give (task, PL_VERDICT_PART, dup_words_on_part (probe), probe->url, NULL);
      break;
    }
}

static void ask (GTask *task);

static void
located_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Case *trial = g_task_get_task_data (task);
  g_autoptr (PlProbe) probe = pl_locate_finish (result, NULL);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (probe == NULL)
    give (task, PL_VERDICT_NOBODY,
          g_strdup (_ ("What answers there is too slow to tell what it is.")),
          trial->address->urls[0], NULL);
  else if (pl_probe_is_immich (probe))
    give_found (task, g_steal_pointer (&probe));
  else if (trial->address->urls[trial->n_asked] != NULL && probe->kind != PL_PROBE_PORCHLIGHT)
    ask (g_steal_pointer (&task));
  else
    give_other (task, probe);
}

static void
ask (GTask *task)
{
  Case *trial = g_task_get_task_data (task);

  pl_locate_async (trial->session, trial->address->urls[trial->n_asked++], QUESTION_MS, trial->stop,
                   located_cb, task);
}

static gboolean
late_cb (gpointer user_data)
{
  Case *trial = user_data;
  g_autoptr (GCancellable) stop = g_object_ref (trial->stop);

  trial->timer = 0;
  g_cancellable_cancel (stop);
  return G_SOURCE_REMOVE;
}

/* An address of this computer is not asked where Porchlight listens at it: it may be shut now, or
 * may answer for the Immich it has. */
static gboolean
is_own (const Case *trial)
{
  g_autoptr (GUri) uri = g_uri_parse (trial->address->urls[0], SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GArray) interfaces = pl_interfaces_read ();

  return g_uri_get_port (uri) == trial->own_port
         && pl_interfaces_has (interfaces, trial->address->host);
}

static Case *
case_new (guint16 own_port, PlProof *proof, GCancellable *cancellable)
{
  Case *trial = g_new0 (Case, 1);

  trial->session = pl_ask_new_session (PL_ASK_STRAIGHT);
  pl_belief_give (trial->session, proof);
  trial->own_port = own_port;
  trial->stop = g_cancellable_new ();
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (g_cancellable_cancel),
                             trial->stop, G_CONNECT_SWAPPED);
  return trial;
}

void
pl_judge_async (const char *text,
                guint16 own_port,
                PlProof *proof,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  Case *trial = case_new (own_port, proof, cancellable);

  g_task_set_source_tag (task, pl_judge_async);
  g_task_set_task_data (task, trial, (GDestroyNotify) case_free);
  trial->address = pl_immich_address_read (text, &error);
  if (trial->address == NULL)
    give (task, PL_VERDICT_NO_ADDRESS, g_strdup (error->message), NULL, NULL);
  else if (is_own (trial))
    give_porchlight (task, trial->address->urls[0]);
  else
    {
      trial->timer = g_timeout_add (WHOLE_MS, late_cb, trial);
      ask (g_steal_pointer (&task));
    }
}

PlJudgment *
pl_judge_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_judge_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
