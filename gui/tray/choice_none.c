/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where there is one tray alone, there is nothing to choose. */

#include "gui/tray/choice.h"

struct _PlTrayChoice
{
  const PlTrayBackEnd *back_end; /* nullable */
};

PlTrayChoice *
pl_tray_choice_new (PlTrayChoiceFunc func, gpointer user_data)
{
  PlTrayChoice *choice = g_new0 (PlTrayChoice, 1);

  choice->back_end = pl_tray_get_status_icon ();
  func (choice->back_end, user_data);
  return choice;
}

void
pl_tray_choice_free (PlTrayChoice *choice)
{
  g_free (choice);
}
