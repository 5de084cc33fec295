/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be chosen as Immich: the one in use now, then those that were found. Where nobody has
 * chosen, the best is: the one in use, if it works; else the only one that does. At a first start,
 * and while the demo stands in, the best that was found. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"
#include "app/finder/finder.h"

#define PL_TYPE_CHOICE_LIST (pl_choice_list_get_type ())
G_DECLARE_FINAL_TYPE (PlChoiceList, pl_choice_list, PL, CHOICE_LIST, GtkListBox)

/** PlChoiceList::chosen: another row is selected now, or none; @by_hand: by the user. */

/** pl_choice_list_set_sources: before it is shown. */
void pl_choice_list_set_sources (PlChoiceList *list, PlEngine *engine, PlFinder *finder);

/** pl_choice_list_has_choice: whether a row is selected. */
gboolean pl_choice_list_has_choice (PlChoiceList *list);

/** pl_choice_list_get_finding: (transfer none) (nullable): what is selected; %NULL: nothing, or
 * the one in use now. */
PlFinding *pl_choice_list_get_finding (PlChoiceList *list);

/** pl_choice_list_suspend: nothing is selected until pl_choice_list_resume(), which selects again
 * what was: something else goes before the list. */
void pl_choice_list_suspend (PlChoiceList *list);
void pl_choice_list_resume (PlChoiceList *list);
