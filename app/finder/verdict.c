/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/verdict.h"

#include <string.h>

#include "app/i18n.h"

/* Longer than between two keys, shorter than one would wait. */
#define STILL_MS 350

struct _PlVerdict
{
  GObject parent_instance;

  guint16 own_port;
  PlProof *proof; /* (nullable) */
  char *text;
  guint timer;
  GCancellable *cancellable; /* of the question under way */

  PlVerdictKind kind;
  PlJudgment *judgment; /* (nullable) */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlVerdict, pl_verdict, G_TYPE_OBJECT)

static void
stop (PlVerdict *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
change (PlVerdict *self, PlVerdictKind kind, PlJudgment *judgment)
{
  self->kind = kind;
  g_clear_pointer (&self->judgment, pl_judgment_free);
  self->judgment = judgment;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlVerdict) self = user_data;
  PlJudgment *judgment = pl_judge_finish (result, NULL);

  /* Cancelled: another text stands there by now, and may have its own question under way. */
  if (judgment == NULL)
    return;
  g_clear_object (&self->cancellable);
  change (self, judgment->kind, judgment);
}

static void
ask (PlVerdict *self)
{
  self->cancellable = g_cancellable_new ();
  pl_judge_async (self->text, self->own_port, self->proof, self->cancellable, judged_cb,
                  g_object_ref (self));
}

static gboolean
still_cb (gpointer user_data)
{
  PlVerdict *self = user_data;

  self->timer = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

void
pl_verdict_set_text (PlVerdict *self, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  g_return_if_fail (PL_IS_VERDICT (self));

  if (strcmp (stripped, self->text) == 0)
    return;
  stop (self);
  g_free (self->text);
  self->text = g_steal_pointer (&stripped);
  if (*self->text == '\0')
    {
      change (self, PL_VERDICT_NONE, NULL);
      return;
    }
  self->timer = g_timeout_add (STILL_MS, still_cb, self);
  change (self, PL_VERDICT_ASKING, NULL);
}

void
pl_verdict_hurry (PlVerdict *self)
{
  g_return_if_fail (PL_IS_VERDICT (self));

  if (self->timer == 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  ask (self);
}

PlVerdictKind
pl_verdict_get_kind (PlVerdict *self)
{
  g_return_val_if_fail (PL_IS_VERDICT (self), PL_VERDICT_NONE);

  return self->kind;
}

const char *
pl_verdict_get_words (PlVerdict *self)
{
  g_return_val_if_fail (PL_IS_VERDICT (self), NULL);

  if (self->judgment != NULL)
    return self->judgment->words;
  return self->kind == PL_VERDICT_ASKING ? _ ("Asking who is there…") : "";
}

const PlJudgment *
pl_verdict_get_judgment (PlVerdict *self)
{
  g_return_val_if_fail (PL_IS_VERDICT (self), NULL);

  return self->judgment;
}

static void
pl_verdict_dispose (GObject *object)
{
  stop (PL_VERDICT (object));
  G_OBJECT_CLASS (pl_verdict_parent_class)->dispose (object);
}

static void
pl_verdict_finalize (GObject *object)
{
  PlVerdict *self = PL_VERDICT (object);

  g_clear_pointer (&self->judgment, pl_judgment_free);
  g_clear_pointer (&self->proof, pl_proof_unref);
  g_free (self->text);
  G_OBJECT_CLASS (pl_verdict_parent_class)->finalize (object);
}

PlVerdict *
pl_verdict_new (guint16 own_port)
{
  PlVerdict *self = g_object_new (PL_TYPE_VERDICT, NULL);

  self->own_port = own_port;
  return self;
}

void
pl_verdict_set_proof (PlVerdict *self, PlProof *proof)
{
  g_clear_pointer (&self->proof, pl_proof_unref);
  self->proof = proof != NULL ? pl_proof_ref (proof) : NULL;
}

static void
pl_verdict_class_init (PlVerdictClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pl_verdict_dispose;
  object_class->finalize = pl_verdict_finalize;

  signals[CHANGED] = g_signal_new ("changed", PL_TYPE_VERDICT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
pl_verdict_init (PlVerdict *self)
{
  self->text = g_strdup ("");
}
