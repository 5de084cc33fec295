/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/trouble.h"

struct _PlTrouble
{
  GObject parent_instance;
  PlTroubleKind kind;
  char *words;
  gboolean is_harmless;
  GArray *remedies; /* of PlRemedy */
};

G_DEFINE_FINAL_TYPE (PlTrouble, pl_trouble, G_TYPE_OBJECT)

void
pl_trouble_add_remedy (PlTrouble *trouble, PlRemedyKind kind, const char *label, guint16 port)
{
  PlRemedy remedy = { kind, g_strdup (label), port };
  g_array_append_val (trouble->remedies, remedy);
}

PlTroubleKind
pl_trouble_get_kind (PlTrouble *trouble)
{
  return trouble->kind;
}

const char *
pl_trouble_get_words (PlTrouble *trouble)
{
  return trouble->words;
}

static gboolean
is_fault (PlTroubleKind kind)
{
  switch (kind)
    {
    case PL_TROUBLE_SETTINGS_BROKEN:
    case PL_TROUBLE_PORT_TAKEN:
    case PL_TROUBLE_PORT_FORBIDDEN:
    case PL_TROUBLE_NOT_LISTENING:
    case PL_TROUBLE_NO_DEMO:
    case PL_TROUBLE_LEADS_BACK:
    case PL_TROUBLE_NOT_IMMICH:
    case PL_TROUBLE_IMMICH_DOWN:
    case PL_TROUBLE_NO_NETWORK:
      return TRUE;
    case PL_TROUBLE_MAINTENANCE:
    case PL_TROUBLE_CERTIFICATE:
    case PL_TROUBLE_NOT_SAVED:
    case PL_TROUBLE_NO_ACCESS_LOG:
    case PL_TROUBLE_COUNT:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

gboolean
pl_trouble_is_fault (PlTrouble *trouble)
{
  return is_fault (trouble->kind) && !trouble->is_harmless;
}

void
pl_trouble_set_harmless (PlTrouble *trouble)
{
  trouble->is_harmless = TRUE;
}

static gboolean
is_same_remedy (const PlRemedy *a, const PlRemedy *b)
{
  return a->kind == b->kind && a->port == b->port && g_str_equal (a->label, b->label);
}

gboolean
pl_trouble_is_same (PlTrouble *a, PlTrouble *b)
{
  guint n_remedies = pl_trouble_get_n_remedies (a);

  if (a->kind != b->kind || a->is_harmless != b->is_harmless || !g_str_equal (a->words, b->words)
      || n_remedies != pl_trouble_get_n_remedies (b))
    return FALSE;
  for (guint i = 0; i < n_remedies; i++)
    if (!is_same_remedy (pl_trouble_get_remedy (a, i), pl_trouble_get_remedy (b, i)))
      return FALSE;
  return TRUE;
}

guint
pl_trouble_get_n_remedies (PlTrouble *trouble)
{
  return trouble->remedies->len;
}

const PlRemedy *
pl_trouble_get_remedy (PlTrouble *trouble, guint index)
{
  return &g_array_index (trouble->remedies, PlRemedy, index);
}

static void
clear_remedy (gpointer data)
{
  PlRemedy *remedy = data;
  g_free (remedy->label);
}

static void
pl_trouble_finalize (GObject *object)
{
  PlTrouble *trouble = PL_TROUBLE (object);

  g_free (trouble->words);
  g_array_unref (trouble->remedies);
  G_OBJECT_CLASS (pl_trouble_parent_class)->finalize (object);
}

PlTrouble *
pl_trouble_new (PlTroubleKind kind, const char *words)
{
  PlTrouble *trouble = g_object_new (PL_TYPE_TROUBLE, NULL);

  trouble->kind = kind;
  trouble->words = g_strdup (words);
  return trouble;
}

static void
pl_trouble_class_init (PlTroubleClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pl_trouble_finalize;
}

static void
pl_trouble_init (PlTrouble *trouble)
{
  trouble->remedies = g_array_new (FALSE, FALSE, sizeof (PlRemedy));
  g_array_set_clear_func (trouble->remedies, clear_remedy);
}
