/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/checkup/check_item.h"

#include "app/i18n.h"

struct _PlCheckItem
{
  GObject parent_instance;

  const char *title;
  PlCheckState state;
  PlCheckRemedy remedy;
  char *words;
  char *advice;
  GString *details;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlCheckItem, pl_check_item, G_TYPE_OBJECT)

static void
say (PlCheckItem *self, PlCheckState state, PlCheckRemedy remedy, char *words, char *advice)
{
  g_free (self->words);
  g_free (self->advice);
  self->state = state;
  self->remedy = remedy;
  self->words = words;
  self->advice = advice;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
pl_check_item_begin (PlCheckItem *self, PlCheckState state)
{
  g_return_if_fail (PL_IS_CHECK_ITEM (self));

  g_string_truncate (self->details, 0);
  say (self, state, PL_CHECK_REMEDY_NONE, NULL, NULL);
}

void
pl_check_item_add_detail (PlCheckItem *self, char *line)
{
  g_autofree char *owned_line = line;

  g_return_if_fail (PL_IS_CHECK_ITEM (self));

  g_string_append_printf (self->details, "%s%s", self->details->len > 0 ? "\n" : "", owned_line);
}

void
pl_check_item_end (PlCheckItem *self,
                   PlCheckState state,
                   PlCheckRemedy remedy,
                   char *words,
                   char *advice)
{
  g_return_if_fail (PL_IS_CHECK_ITEM (self));

  say (self, state, remedy, words, advice);
}

const char *
pl_check_item_get_title (PlCheckItem *self)
{
  g_return_val_if_fail (PL_IS_CHECK_ITEM (self), NULL);

  return self->title;
}

PlCheckState
pl_check_item_get_state (PlCheckItem *self)
{
  g_return_val_if_fail (PL_IS_CHECK_ITEM (self), PL_CHECK_PENDING);

  return self->state;
}

const char *
pl_check_item_get_words (PlCheckItem *self)
{
  g_return_val_if_fail (PL_IS_CHECK_ITEM (self), NULL);

  return self->words;
}

const char *
pl_check_item_get_advice (PlCheckItem *self)
{
  g_return_val_if_fail (PL_IS_CHECK_ITEM (self), NULL);

  return self->advice;
}

const char *
pl_check_item_get_details (PlCheckItem *self)
{
  g_return_val_if_fail (PL_IS_CHECK_ITEM (self), NULL);

  return self->details->len > 0 ? self->details->str : NULL;
}

PlCheckRemedy
pl_check_item_get_remedy (PlCheckItem *self)
{
  g_return_val_if_fail (PL_IS_CHECK_ITEM (self), PL_CHECK_REMEDY_NONE);

  return self->remedy;
}

const char *
pl_check_state_get_words (PlCheckState state)
{
  static const char *const words[PL_CHECK_N_STATES] = {
    [PL_CHECK_PENDING] = N_ ("to come"), [PL_CHECK_RUNNING] = N_ ("running"),
    [PL_CHECK_PASS] = N_ ("pass"),       [PL_CHECK_WARNING] = N_ ("to look at"),
    [PL_CHECK_FAULT] = N_ ("wrong"),     [PL_CHECK_SKIPPED] = N_ ("left out"),
  };

  return _ (words[state]);
}

static void
pl_check_item_finalize (GObject *object)
{
  PlCheckItem *self = PL_CHECK_ITEM (object);

  g_free (self->words);
  g_free (self->advice);
  g_string_free (self->details, TRUE);
  G_OBJECT_CLASS (pl_check_item_parent_class)->finalize (object);
}

PlCheckItem *
pl_check_item_new (const char *title)
{
  PlCheckItem *self = g_object_new (PL_TYPE_CHECK_ITEM, NULL);

  self->title = title;
  return self;
}

static void
pl_check_item_class_init (PlCheckItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pl_check_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", PL_TYPE_CHECK_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
pl_check_item_init (PlCheckItem *self)
{
  self->details = g_string_new (NULL);
}
