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
  char *text;
  guint timer;
  GCancellable *cancellable; /* of the question under way */

  PlVerdictKind kind;
  char *words;
  PlFinding *finding;
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
give (PlVerdict *self, PlVerdictKind kind, char *words)
{
  self->kind = kind;
  g_free (self->words);
  self->words = words;
  if (kind != PL_VERDICT_IMMICH)
    g_clear_object (&self->finding);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlVerdict) self = user_data;
  g_autoptr (PlJudgment) judgment = pl_judge_finish (result, NULL);

  /* Cancelled: another text stands there by now, and may have its own question under way. */
  if (judgment == NULL)
    return;
  g_clear_object (&self->cancellable);
  g_set_object (&self->finding, judgment->finding);
  give (self, judgment->kind, g_steal_pointer (&judgment->words));
}

static gboolean
still_cb (gpointer user_data)
{
  PlVerdict *self = user_data;

  self->timer = 0;
  self->cancellable = g_cancellable_new ();
  pl_judge_async (self->text, self->own_port, self->cancellable, judged_cb, g_object_ref (self));
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
      give (self, PL_VERDICT_NONE, g_strdup (""));
      return;
    }
  self->timer = g_timeout_add (STILL_MS, still_cb, self);
  give (self, PL_VERDICT_ASKING, g_strdup (_ ("Asking who is there…")));
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

  return self->words;
}

PlFinding *
pl_verdict_get_finding (PlVerdict *self)
{
  g_return_val_if_fail (PL_IS_VERDICT (self), NULL);

  return self->finding;
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

  g_clear_object (&self->finding);
  g_free (self->words);
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
  self->words = g_strdup ("");
}
