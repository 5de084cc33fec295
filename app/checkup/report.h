/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A check-up as text, to be sent to those who help. */

#pragma once

#include <gio/gio.h>

/** pl_report_dup: (transfer full): @items: a model of #PlCheckItem; @summary: one line. Masked as
 * by pl_report_dup_masked(). */
char *pl_report_dup (GListModel *items, const char *summary);

/**
 * pl_report_dup_masked: (transfer full):
 *
 * @text without what must not get around: the values of query parameters that are secrets of
 * Immich's, names and passwords in addresses, and public IP addresses. Those of the home network
 * stay, because nothing can be understood without them.
 */
char *pl_report_dup_masked (const char *text);
