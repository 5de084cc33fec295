/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One look decides all: what there is, what is wished for (app/acme/holding.h) and what the clock
 * says come to "now", or to a moment that a timer waits for. Whatever happens ends in such a look.
 */

#include "app/acme/renewer.h"

#include "app/acme/holding.h"
#include "app/acme/schedule.h"
#include "app/certificates/write.h"
#include "app/i18n.h"

/* A timer does not count while the computer sleeps, and a clock may be set. */
#define LOOK_AGAIN_S (15 * 60)

/* A network that has just come is not of use yet. */
#define SETTLE_S 10

/* How long the end of the program waits for what is given up. */
#define END_S 5

/**
 * PlAcmeRenewer:
 * @holding: (nullable): what is wished for, and what there is of it
 * @challenges: (element-type PlAcmeChallenge): to be answered now
 * @obtaining: (nullable): cancels the making of a certificate
 * @asking: (nullable): cancels the question when to renew
 * @is_out_of_reach: nobody answered when the authority was asked last
 * @timer: (0 for none): the next look
 * @next_s: what it waits for
 * @words: (nullable): as told
 */
struct _PlAcmeRenewer
{
  GObject parent_instance;

  PlAcmeHolding *holding;
  GPtrArray *challenges;
  GCancellable *obtaining;
  GCancellable *asking;
  gboolean is_out_of_reach;
  guint timer;
  gint64 next_s;
  char *words;
};

G_DEFINE_FINAL_TYPE (PlAcmeRenewer, pl_acme_renewer, G_TYPE_OBJECT)

enum
{
  CHANGED,
  CHALLENGES_CHANGED,
  OBTAINED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void consider (PlAcmeRenewer *renewer);

static gint64
get_now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* What is told */

/* Takes @words. */
static void
tell (PlAcmeRenewer *renewer, char *words)
{
  g_free (renewer->words);
  renewer->words = words;
  g_signal_emit (renewer, signals[CHANGED], 0);
}

/* Returns: (transfer full): the time in the user's language, with the day unless it is today */
static char *
dup_moment (gint64 time_s)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time_s);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean is_today = moment != NULL && g_date_time_get_year (moment) == g_date_time_get_year (now)
                      && g_date_time_get_day_of_year (moment) == g_date_time_get_day_of_year (now);

  if (moment == NULL)
    return g_strdup ("?");
  /* Translators: a time of today, then one of another day, by the rules of g_date_time_format(). */
  return g_date_time_format (moment, is_today ? _ ("%H:%M") : _ ("%H:%M on %-d %B"));
}

static void
tell_failure (PlAcmeRenewer *renewer)
{
  g_autofree char *moment = dup_moment (renewer->next_s);

  /* Translators: why there is no certificate, a sentence; and a time. */
  tell (renewer, g_strdup_printf (_ ("%s It is tried again at %s."), renewer->holding->store->words,
                                  moment));
}

static void
fail (PlAcmeRenewer *renewer, const GError *error)
{
  renewer->is_out_of_reach = g_error_matches (error, PL_ACME_ERROR, PL_ACME_ERROR_UNREACHABLE);
  pl_acme_holding_note_failure (renewer->holding, error, get_now_s ());
  consider (renewer);
}

/* Making one */

/* What was not wished for any more is over; what is wished for now can begin. */
static void
end_given_up (PlAcmeRenewer *renewer)
{
  g_signal_emit (renewer, signals[CHANGED], 0);
  consider (renewer);
}

static void
obtained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlAcmeRenewer) renewer = user_data;
  g_autoptr (GBytes) chain = NULL;
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_wanted = !g_cancellable_is_cancelled (renewer->obtaining);
  gboolean is_there = pl_acme_obtain_finish (result, &chain, &key, &error);

  g_clear_object (&renewer->obtaining);
  if (!is_wanted)
    end_given_up (renewer);
  else if (is_there && pl_acme_holding_take (renewer->holding, chain, key, get_now_s (), &error))
    {
      g_signal_emit (renewer, signals[OBTAINED], 0);
      tell (renewer, NULL);
      consider (renewer);
    }
  else
    fail (renewer, error);
}

static void
show_cb (GPtrArray *challenges, gpointer user_data)
{
  PlAcmeRenewer *renewer = user_data;

  g_ptr_array_ref (challenges);
  g_ptr_array_unref (renewer->challenges);
  renewer->challenges = challenges;
  g_signal_emit (renewer, signals[CHALLENGES_CHANGED], 0);
}

static void
step_cb (PlAcmeStep step, const char *words, gpointer user_data)
{
  tell (user_data, g_strdup (words));
}

static void
begin (PlAcmeRenewer *renewer)
{
  static const PlAcmeFuncs funcs = { .show = show_cb, .step = step_cb };
  g_autoptr (PlAcmeWish) wish = pl_acme_holding_dup_wish (renewer->holding);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) account = NULL;

  if (pl_acme_holding_expect_failure (renewer->holding, get_now_s (), &error))
    account = pl_acme_store_read_account (renewer->holding->store, &error);
  if (account == NULL)
    {
      fail (renewer, error);
      return;
    }
  renewer->next_s = 0;
  renewer->obtaining = g_cancellable_new ();
  pl_acme_obtain_async (wish, account, &funcs, renewer, renewer->obtaining, obtained_cb,
                        g_object_ref (renewer));
}

/* Asking when to renew */

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlAcmeRenewer) renewer = user_data;
  gint64 now_s = get_now_s ();
  gint64 start_s, stop_s, again_s = now_s + PL_ACME_MOST_WAIT_S;
  gboolean is_answered = pl_acme_ask_renewal_finish (result, &start_s, &stop_s, &again_s, NULL);
  gboolean is_wanted = !g_cancellable_is_cancelled (renewer->asking);

  g_clear_object (&renewer->asking);
  if (is_wanted)
    {
      PlAcmeStore *store = renewer->holding->store;

      store->ask_s = is_answered ? again_s : now_s + PL_ACME_MOST_WAIT_S;
      if (is_answered)
        pl_acme_holding_heed_window (renewer->holding, start_s, stop_s, now_s);
      pl_acme_store_save (store, NULL);
      consider (renewer);
    }
  else
    end_given_up (renewer);
}

static void
ask (PlAcmeRenewer *renewer)
{
  g_autoptr (GBytes) chain = pl_certificate_chain_to_pem (renewer->holding->certificate);

  renewer->asking = g_cancellable_new ();
  pl_acme_ask_renewal_async (renewer->holding->wish, chain, renewer->asking, asked_cb,
                             g_object_ref (renewer));
}

/* Looking */

static void
look_cb (gpointer user_data)
{
  PlAcmeRenewer *renewer = user_data;

  renewer->timer = 0;
  consider (renewer);
}

static void
wait_for (PlAcmeRenewer *renewer, gint64 now_s)
{
  gint64 wait_s = MIN (renewer->next_s - now_s, LOOK_AGAIN_S);

  if (!pl_acme_holding_needs_first (renewer->holding))
    wait_s = MIN (wait_s, renewer->holding->store->ask_s - now_s);
  renewer->timer = g_timeout_add_once (1000 * (guint) MAX (wait_s, 1), look_cb, renewer);
  if (renewer->holding->store->words != NULL)
    tell_failure (renewer);
}

static void
consider (PlAcmeRenewer *renewer)
{
  gint64 now_s = get_now_s ();

  g_clear_handle_id (&renewer->timer, g_source_remove);
  if (renewer->holding == NULL || renewer->obtaining != NULL || renewer->asking != NULL)
    return;
  renewer->next_s = pl_acme_holding_find_due_s (renewer->holding, now_s);
  if (renewer->next_s <= now_s)
    begin (renewer);
  else if (!pl_acme_holding_needs_first (renewer->holding)
           && renewer->holding->store->ask_s <= now_s)
    ask (renewer);
  else
    wait_for (renewer, now_s);
}

/* Wishes */

/* What runs is given up, and was no failure. */
static void
give_up (PlAcmeRenewer *renewer)
{
  g_cancellable_cancel (renewer->obtaining);
  if (renewer->holding != NULL) /* else it was given up before */
    pl_acme_store_save (renewer->holding->store, NULL);
}

/* What runs ends by itself, later, and then the new wish is looked at. */
static void
forget (PlAcmeRenewer *renewer)
{
  if (renewer->obtaining != NULL)
    give_up (renewer);
  if (renewer->asking != NULL)
    g_cancellable_cancel (renewer->asking);
  g_clear_handle_id (&renewer->timer, g_source_remove);
  g_clear_pointer (&renewer->holding, pl_acme_holding_free);
  renewer->next_s = 0;
}

static const PlAcmeWish *
get_wish (PlAcmeRenewer *renewer)
{
  return renewer->holding != NULL ? renewer->holding->wish : NULL;
}

void
pl_acme_renewer_want (PlAcmeRenewer *renewer, const PlAcmeWish *wish, const char *folder)
{
  gboolean is_changed = renewer->holding != NULL;

  if (pl_acme_wish_equal (get_wish (renewer), wish))
    return;
  forget (renewer);
  if (wish != NULL)
    renewer->holding = pl_acme_holding_new (wish, folder, is_changed);
  tell (renewer, NULL);
  consider (renewer);
}

gboolean
pl_acme_renewer_can_try_now (PlAcmeRenewer *renewer)
{
  return pl_acme_renewer_get_state (renewer) == PL_ACME_RENEWER_FAILED
         && !pl_acme_holding_is_barred (renewer->holding, get_now_s ());
}

void
pl_acme_renewer_try_now (PlAcmeRenewer *renewer)
{
  if (!pl_acme_renewer_can_try_now (renewer))
    return;
  renewer->holding->store->retry_s = 0;
  consider (renewer);
}

/* However often nobody answered: in another network somebody may. */
void
pl_acme_renewer_look (PlAcmeRenewer *renewer)
{
  if (renewer->holding == NULL)
    return;
  if (renewer->is_out_of_reach)
    renewer->holding->store->retry_s
        = MIN (renewer->holding->store->retry_s, get_now_s () + SETTLE_S);
  consider (renewer);
}

gboolean
pl_acme_renewer_is_under_way (PlAcmeRenewer *renewer)
{
  return renewer->obtaining != NULL || renewer->asking != NULL;
}

static gboolean
patience_over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* A record that was written for a proof is removed, and no thread is left in the middle. */
void
pl_acme_renewer_end (PlAcmeRenewer *renewer)
{
  gboolean is_over = FALSE;
  g_autoptr (GSource) patience = g_timeout_source_new_seconds (END_S);

  pl_acme_renewer_want (renewer, NULL, NULL);
  g_source_set_callback (patience, patience_over_cb, &is_over, NULL);
  g_source_attach (patience, NULL);
  while (pl_acme_renewer_is_under_way (renewer) && !is_over)
    g_main_context_iteration (NULL, TRUE);
  g_source_destroy (patience);
}

/* What is so */

PlAcmeRenewerState
pl_acme_renewer_get_state (PlAcmeRenewer *renewer)
{
  if (renewer->holding == NULL)
    return PL_ACME_RENEWER_IDLE;
  if (renewer->obtaining != NULL)
    return PL_ACME_RENEWER_BUSY;
  return renewer->holding->store->words != NULL ? PL_ACME_RENEWER_FAILED : PL_ACME_RENEWER_IDLE;
}

const char *
pl_acme_renewer_get_words (PlAcmeRenewer *renewer)
{
  return renewer->words;
}

const char *
pl_acme_renewer_get_failure (PlAcmeRenewer *renewer)
{
  return renewer->holding != NULL ? renewer->holding->store->words : NULL;
}

gint64
pl_acme_renewer_get_next_s (PlAcmeRenewer *renewer)
{
  return renewer->next_s;
}

GPtrArray *
pl_acme_renewer_get_challenges (PlAcmeRenewer *renewer)
{
  return renewer->challenges;
}

/* The object */

PlAcmeRenewer *
pl_acme_renewer_new (void)
{
  return g_object_new (PL_TYPE_ACME_RENEWER, NULL);
}

static void
pl_acme_renewer_dispose (GObject *object)
{
  forget (PL_ACME_RENEWER (object));
  G_OBJECT_CLASS (pl_acme_renewer_parent_class)->dispose (object);
}

static void
pl_acme_renewer_finalize (GObject *object)
{
  PlAcmeRenewer *renewer = PL_ACME_RENEWER (object);

  g_ptr_array_unref (renewer->challenges);
  g_free (renewer->words);
  G_OBJECT_CLASS (pl_acme_renewer_parent_class)->finalize (object);
}

static void
pl_acme_renewer_class_init (PlAcmeRenewerClass *class)
{
  static const char *const names[] = { "changed", "challenges-changed", "obtained" };
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = pl_acme_renewer_dispose;
  object_class->finalize = pl_acme_renewer_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], PL_TYPE_ACME_RENEWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
pl_acme_renewer_init (PlAcmeRenewer *renewer)
{
  renewer->challenges = g_ptr_array_new ();
}
