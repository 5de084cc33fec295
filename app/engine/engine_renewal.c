/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The certificate that an authority makes: wished for by the settings in force, asked for while the
 * door is open, and told of. */

#include "app/engine/engine_private.h"

#include "app/acme/store.h"
#include "app/certificates/local.h"
#include "app/i18n.h"
#include "app/acme/wish.h"

#define DAY_S (24 * 60 * 60)

/* Who has to do something about it wants two weeks, where the certificate lasts that long. */
#define URGENT_S (14 * DAY_S)

/* While nobody can come in, nothing could be shown to an authority. Returns: (transfer full)
 * (nullable) */
static PlAcmeWish *
new_wish (PlEngine *engine)
{
  g_autoptr (PlProblems) problems = pl_problems_new ();
  PlAcmeWish *wish = NULL;

  if (engine->stopping == NULL && pl_runner_get_state (engine->runner) == PL_RUN_OPEN)
    pl_acme_read_settings (pl_engine_get_settings (engine), pl_engine_get_settings_path (engine),
                           &wish, problems);
  return wish;
}

/* Returns: (transfer full) (nullable) */
static char *
dup_words (PlEngine *engine, const PlAcmeWish *wish)
{
  const char *words = pl_acme_renewer_get_words (engine->renewer);

  if (words == NULL && wish != NULL && pl_acme_is_shut_out (pl_engine_get_settings (engine), wish))
    words = _ ("Nobody comes in from the internet, so the authority sees that the names lead here "
               "only if another proxy passes it on. Let the internet in, or have a program prove "
               "it by DNS.");
  return g_strdup (words);
}

static void
tell (PlEngine *engine, const PlAcmeWish *wish)
{
  g_autofree char *words = dup_words (engine, wish);

  if (g_strcmp0 (words, engine->acme_words) != 0)
    {
      g_free (engine->acme_words);
      engine->acme_words = g_steal_pointer (&words);
      pl_engine_notify (engine, PL_ENGINE_ACME_WORDS);
    }
  pl_engine_update_certificates (engine);
}

void
pl_engine_update_renewal (PlEngine *engine)
{
  g_autoptr (PlAcmeWish) wish = new_wish (engine);
  g_autofree char *certificates = pl_local_dup_folder (pl_engine_get_settings_path (engine));
  g_autofree char *folder = pl_acme_store_dup_folder (certificates);

  pl_acme_renewer_want (engine->renewer, wish, wish != NULL ? folder : NULL);
  tell (engine, wish);
}

/* What happens */

static void
changed_cb (PlAcmeRenewer *renewer, gpointer user_data)
{
  PlEngine *engine = user_data;
  g_autoptr (PlAcmeWish) wish = new_wish (engine);

  tell (engine, wish);
  pl_engine_update_state (engine);
  pl_engine_continue_stopping (engine);
}

static void
challenges_changed_cb (PlAcmeRenewer *renewer, gpointer user_data)
{
  pl_engine_rerun (user_data);
}

static void
obtained_cb (PlAcmeRenewer *renewer, gpointer user_data)
{
  PlEngine *engine = user_data;

  pl_certificate_keeper_look (engine->certificates);
}

PlAcmeRenewer *
pl_engine_new_renewer (PlEngine *engine)
{
  PlAcmeRenewer *renewer = pl_acme_renewer_new ();

  g_signal_connect (renewer, "changed", G_CALLBACK (changed_cb), engine);
  g_signal_connect (renewer, "challenges-changed", G_CALLBACK (challenges_changed_cb), engine);
  g_signal_connect (renewer, "obtained", G_CALLBACK (obtained_cb), engine);
  return renewer;
}

/* Whether somebody has to do something: photos are about to be behind a warning of browsers, or are
 * already. */
gboolean
pl_engine_is_renewal_urgent (PlEngine *engine)
{
  const PlGathering *gathering = pl_certificate_keeper_get (engine->certificates);
  const PlCertificate *shown;
  gint64 begin_s, end_s;

  if (pl_acme_renewer_get_failure (engine->renewer) == NULL || gathering->certificates->len == 0)
    return FALSE;
  shown = gathering->certificates->pdata[0];
  begin_s = pl_certificate_get_not_before_s (shown);
  end_s = pl_certificate_get_not_after_s (shown);
  return gathering->authority != NULL
         || end_s - g_get_real_time () / G_USEC_PER_SEC < MIN (URGENT_S, (end_s - begin_s) / 4);
}

/* What is told */

const char *
pl_engine_get_acme_words (PlEngine *engine)
{
  return engine->acme_words;
}

gboolean
pl_engine_is_certificate_awaited (PlEngine *engine)
{
  return pl_certificate_keeper_get_wish (engine->certificates)->mode == PL_ENCRYPTION_ACME
         && pl_certificate_keeper_get (engine->certificates)->authority != NULL;
}

gboolean
pl_engine_is_acme_busy (PlEngine *engine)
{
  return pl_acme_renewer_get_state (engine->renewer) == PL_ACME_RENEWER_BUSY;
}

gint64
pl_engine_get_acme_next_s (PlEngine *engine)
{
  return pl_acme_renewer_get_next_s (engine->renewer);
}

gboolean
pl_engine_can_try_acme_now (PlEngine *engine)
{
  return pl_acme_renewer_can_try_now (engine->renewer);
}

void
pl_engine_try_acme_now (PlEngine *engine)
{
  pl_acme_renewer_try_now (engine->renewer);
}
