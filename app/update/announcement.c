/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/update/announcement.h"

void
pl_announcement_free (PlAnnouncement *announcement)
{
  g_free (announcement->version);
  g_free (announcement->page);
  g_free (announcement);
}
