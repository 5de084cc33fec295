/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Something that is wrong, in the user's words: what happened, and what can be done about it. */

#pragma once

#include <glib-object.h>

/** PlTroubleKind: the graver first. */
typedef enum
{
  PL_TROUBLE_SETTINGS_BROKEN, /* the settings file cannot be used */
  PL_TROUBLE_PORT_TAKEN,      /* by another program */
  PL_TROUBLE_PORT_FORBIDDEN,  /* it is kept for others: by the system */
  PL_TROUBLE_NOT_LISTENING,   /* for any other reason */
  PL_TROUBLE_NO_DEMO,         /* the demo could not be started */
  PL_TROUBLE_LEADS_BACK,      /* the address of Immich is Porchlight's own */
  PL_TROUBLE_NOT_IMMICH,      /* something else is at the address of Immich */
  PL_TROUBLE_IMMICH_DOWN,     /* it does not answer */
  PL_TROUBLE_NO_NETWORK,      /* nobody else can come in, since there is no network */
  PL_TROUBLE_MAINTENANCE,     /* its admin has put Immich into maintenance mode */
  PL_TROUBLE_CERTIFICATE,     /* browsers refuse it, or will, or it cannot be renewed */
  PL_TROUBLE_NOT_SAVED,       /* the settings could not be written: the disk is full */
  PL_TROUBLE_NO_ACCESS_LOG,   /* the access log cannot be written */
  PL_TROUBLE_COUNT
} PlTroubleKind;

/** PlRemedyKind: what a button beside the trouble does. */
typedef enum
{
  PL_REMEDY_USE_PORT,         /* @port of the remedy; by pl_engine_remedy() */
  PL_REMEDY_RETRY,            /* by pl_engine_remedy() */
  PL_REMEDY_RESTORE_SETTINGS, /* the last ones that worked; by pl_engine_remedy() */
  PL_REMEDY_CHOOSE_PORT,      /* by the window: show that setting */
  PL_REMEDY_OPEN_SETTINGS,    /* by the window: open the settings file */
  PL_REMEDY_CHANGE_IMMICH,    /* by the window: show where Immich can be changed */
  PL_REMEDY_OPEN_IMMICH,      /* by the window: open it in the browser */
} PlRemedyKind;

/**
 * PlRemedy:
 * @label: for a button, with a mnemonic: `_Use 8081`
 * @port: with %PL_REMEDY_USE_PORT
 */
typedef struct
{
  PlRemedyKind kind;
  char *label;
  guint16 port;
} PlRemedy;

#define PL_TYPE_TROUBLE (pl_trouble_get_type ())
G_DECLARE_FINAL_TYPE (PlTrouble, pl_trouble, PL, TROUBLE, GObject)

/** pl_trouble_new: @words: what happened, then what it means: whole sentences. Immutable once it
 * is shown. */
PlTrouble *pl_trouble_new (PlTroubleKind kind, const char *words);

/** pl_trouble_add_remedy: the best one first; @port: 0 where none belongs to it. */
void pl_trouble_add_remedy (PlTrouble *trouble, PlRemedyKind kind, const char *label, guint16 port);

PlTroubleKind pl_trouble_get_kind (PlTrouble *trouble);

/** pl_trouble_get_words: (transfer none): `Port 8080 is taken by another program (docker-proxy).`
 */
const char *pl_trouble_get_words (PlTrouble *trouble);

/** pl_trouble_is_fault: whether photos cannot be reached because of it, so that the lamp shows it.
 */
gboolean pl_trouble_is_fault (PlTrouble *trouble);

/** pl_trouble_set_harmless: photos can be reached all the same: only a change was refused. */
void pl_trouble_set_harmless (PlTrouble *trouble);

/** pl_trouble_is_same: whether the same is told by both, with the same remedies. */
gboolean pl_trouble_is_same (PlTrouble *a, PlTrouble *b);

guint pl_trouble_get_n_remedies (PlTrouble *trouble);

/** pl_trouble_get_remedy: (transfer none). */
const PlRemedy *pl_trouble_get_remedy (PlTrouble *trouble, guint index);
