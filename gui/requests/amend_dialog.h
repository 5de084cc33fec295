/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks whether one entry more may come into a list of the settings, and shows it. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

/**
 * PlAmendment:
 * @group, @key: of the settings, a list
 * @question, @advice, @accept: in English, marked for translation: what is asked, what speaks for
 *   it, and the button that does it
 */
typedef struct
{
  const char *group;
  const char *key;
  const char *question;
  const char *advice;
  const char *accept;
} PlAmendment;

#define PL_TYPE_AMEND_DIALOG (pl_amend_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlAmendDialog, pl_amend_dialog, PL, AMEND_DIALOG, GtkMessageDialog)

/** pl_amend_dialog_show: over @parent; @amendment: static. */
void pl_amend_dialog_show (GtkWindow *parent,
                           PlEngine *engine,
                           const PlAmendment *amendment,
                           const char *entry);
