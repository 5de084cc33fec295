/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which fields of a head are for one connection alone: those that are so by their nature, and those
 * that Connection names (RFC 9110 §7.6.1). */

#pragma once

#include "net/http/head.h"

/** PL_MAX_CONNECTION_OPTIONS: how many names in Connection the fields are compared with; honest
 * senders have three. To compare with all that fit into a head would cost a hundred times what the
 * request does. */
#define PL_MAX_CONNECTION_OPTIONS 32

/**
 * PlConnectionOptions: the fields that Connection names, but for those that are left out anyway. It
 * nearly always says `keep-alive`, `close` or `Upgrade`: then there are none.
 */
typedef struct
{
  /*< private >*/
  PlSlice names[PL_MAX_CONNECTION_OPTIONS];
  guint n_names;
  gboolean is_flood; /* taken to name all fields, so that it is obeyed without being read */
} PlConnectionOptions;

/** pl_connection_options_find: reads all Connection fields of @head; @options points into it. */
void pl_connection_options_find (const PlHead *head, PlConnectionOptions *options);

/** pl_connection_options_name: whether a field @name is among @options. */
static inline gboolean
pl_connection_options_name (const PlConnectionOptions *options, PlSlice name)
{
  for (guint i = 0; i < options->n_names; i++)
    if (pl_slice_equal_ignoring_case (options->names[i], name))
      return TRUE;
  return options->is_flood;
}

/** pl_field_is_of_connection: whether @id is of one connection by its nature. */
static inline gboolean
pl_field_is_of_connection (PlFieldId id)
{
  return (pl_field_get_flags (id) & PL_FIELD_HOP_BY_HOP) != 0;
}
