/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what the system says to what is told to people. */

#pragma once

#include <gio/gio.h>

#include "app/model/trouble.h"
#include "app/model/upstream_item.h"
#include "app/settings/problems.h"

/** pl_diagnosis_new_settings: (transfer full): @has_earlier: those from before the file broke still
 * hold; @can_restore: there are settings that worked before. */
PlTrouble *
pl_diagnosis_new_settings (const char *problem, gboolean has_earlier, gboolean can_restore);

/** pl_diagnosis_new_upstream: (transfer full): @item is down. */
PlTrouble *pl_diagnosis_new_upstream (PlUpstreamItem *item);

/** pl_diagnosis_new_leads_back: (transfer full): @endpoint is Porchlight itself. */
PlTrouble *pl_diagnosis_new_leads_back (const char *endpoint);

/** pl_diagnosis_new_not_immich: (transfer full): @words: a sentence on who is at @endpoint. */
PlTrouble *pl_diagnosis_new_not_immich (const char *endpoint, const char *words);

/** pl_diagnosis_new_maintenance: (transfer full): Immich shows nothing but its own page on that. */
PlTrouble *pl_diagnosis_new_maintenance (void);

/** pl_diagnosis_new_network: (transfer full): nobody else can come in. */
PlTrouble *pl_diagnosis_new_network (void);

/** pl_diagnosis_new_demo, pl_diagnosis_new_saving, pl_diagnosis_new_access_log: (transfer full). */
PlTrouble *pl_diagnosis_new_demo (const GError *error);
PlTrouble *pl_diagnosis_new_saving (const GError *error, const char *path);
PlTrouble *pl_diagnosis_new_access_log (const char *message);

/** pl_diagnosis_new_no_access_log: (transfer full): it cannot be opened: @message says why. */
PlTrouble *pl_diagnosis_new_no_access_log (const char *message);

/** pl_diagnosis_new_certificate: (transfer full): @words: what is wrong with the certificate. */
PlTrouble *pl_diagnosis_new_certificate (const char *words);

/** pl_diagnosis_dup_problems: (transfer full): the first error of @problems, and how many more
 * there are. */
char *pl_diagnosis_dup_problems (const PlProblems *problems);
