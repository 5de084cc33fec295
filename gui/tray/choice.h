/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which back end there is use for, as panels come and go. */

#pragma once

#include "gui/tray/back_end.h"

typedef struct _PlTrayChoice PlTrayChoice;

/** PlTrayChoiceFunc: @back_end (nullable) is to be used from now on, an icon made anew. */
typedef void (*PlTrayChoiceFunc) (const PlTrayBackEnd *back_end, gpointer user_data);

/** pl_tray_choice_new: (transfer full): @func is called now or soon, and whenever another is to be
 * used. */
PlTrayChoice *pl_tray_choice_new (PlTrayChoiceFunc func, gpointer user_data);
void pl_tray_choice_free (PlTrayChoice *choice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlTrayChoice, pl_tray_choice_free)
