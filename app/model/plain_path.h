/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A request's target as people read it: `/日本/📷.jpg`, not `/%E6%97%A5…`. For showing and finding;
 * what is copied, exported or logged stays as it came. */

#pragma once

#include <glib.h>

/**
 * pl_plain_path_append:
 * @target: as in a record
 *
 * Octets that are percent-encoded are shown as the characters they are (UTF-8), if that can mislead
 * nobody: letters, signs and pictures are, and a single space between them. What separates parts of
 * an address, what cannot be seen (controls, marks of direction, other spaces, joiners) and what is
 * no UTF-8 stays encoded. A part that is written from right to left is isolated, so that it turns
 * nothing around it.
 */
void pl_plain_path_append (GString *text, const char *target);

/** pl_plain_path_dup_folded: (transfer full): @text with what is encoded decoded, in the form in
 * which spellings that differ in case or composition alone are the same: to find something in it.
 */
char *pl_plain_path_dup_folded (const char *text);
