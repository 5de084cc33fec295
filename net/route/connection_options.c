/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/route/connection_options.h"

static void
add_list (PlSlice list, PlConnectionOptions *options)
{
  PlSlice option;

  while (!options->is_flood && pl_field_list_next (&list, &option))
    {
      if (pl_field_is_of_connection (pl_field_identify (option))
          || pl_slice_equal_ignoring_case (option, PL_SLICE ("close")))
        continue;
      options->is_flood = options->n_names == PL_MAX_CONNECTION_OPTIONS;
      if (!options->is_flood)
        options->names[options->n_names++] = option;
    }
}

void
pl_connection_options_find (const PlHead *head, PlConnectionOptions *options)
{
  options->n_names = 0;
  options->is_flood = FALSE;
  for (guint i = 0; i < head->n_fields; i++)
    if (head->fields[i].id == PL_FIELD_CONNECTION)
      add_list (head->fields[i].value, options);
}
