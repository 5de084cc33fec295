/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One line of the check-up. */

#pragma once

#include <glib-object.h>

typedef enum
{
  PL_CHECK_PENDING,
  PL_CHECK_RUNNING,
  PL_CHECK_PASS,
  PL_CHECK_WARNING, /* to be looked at */
  PL_CHECK_FAULT,   /* wrong */
  PL_CHECK_SKIPPED, /* could not be seen, or does not matter here */
  PL_CHECK_N_STATES
} PlCheckState;

/** PlCheckRemedy: a place where what is wrong can be put right; the window knows the way. */
typedef enum
{
  PL_CHECK_REMEDY_NONE,
  PL_CHECK_REMEDY_IMMICH,   /* where Immich is */
  PL_CHECK_REMEDY_OPEN,     /* Immich's own page */
  PL_CHECK_REMEDY_EXPOSURE, /* who may come in */
  PL_CHECK_REMEDY_SETTINGS,
} PlCheckRemedy;

#define PL_TYPE_CHECK_ITEM (pl_check_item_get_type ())
G_DECLARE_FINAL_TYPE (PlCheckItem, pl_check_item, PL, CHECK_ITEM, GObject)

/** PlCheckItem::changed: all but the title may be other now. */

/** pl_check_item_new: for the check-up: @title: in the user's language; must outlive the item. */
PlCheckItem *pl_check_item_new (const char *title);

/** pl_check_item_begin: for the check-up: pending or running, with nothing said yet. */
void pl_check_item_begin (PlCheckItem *item, PlCheckState state);

/** pl_check_item_add_detail: for the check-up: a line for the report; before the end. @line is
 * taken over. */
void pl_check_item_add_detail (PlCheckItem *item, char *line);

/** pl_check_item_end: for the check-up: @words and @advice are taken over. */
void pl_check_item_end (PlCheckItem *item,
                        PlCheckState state,
                        PlCheckRemedy remedy,
                        char *words,
                        char *advice);

/** pl_check_item_get_title: (transfer none): `Immich answers`. */
const char *pl_check_item_get_title (PlCheckItem *item);

PlCheckState pl_check_item_get_state (PlCheckItem *item);

/** pl_check_item_get_words: (transfer none) (nullable): what was seen: `in 12 ms`. */
const char *pl_check_item_get_words (PlCheckItem *item);

/** pl_check_item_get_advice: (transfer none) (nullable): what to do. */
const char *pl_check_item_get_advice (PlCheckItem *item);

/** pl_check_item_get_details: (transfer none) (nullable): lines for those who help. */
const char *pl_check_item_get_details (PlCheckItem *item);

PlCheckRemedy pl_check_item_get_remedy (PlCheckItem *item);

/** pl_check_state_get_words: (transfer none): `pass`, `to look at`, `wrong`, …, in the user's
 * language. */
const char *pl_check_state_get_words (PlCheckState state);
