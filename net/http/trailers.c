/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/http/trailers.h"

void
pl_trailers_init (PlHead *head, PlHeadLimits limits)
{
  pl_head_init (head, PL_HEAD_REQUEST, limits);
  head->has_first_line = TRUE; /* so that the first line is read as a field */
}

PlParseResult
pl_trailers_parse (PlHead *head, const char *bytes, gsize length, PlHttpFault *fault)
{
  PlParseResult result = pl_head_parse (head, bytes, length, fault);

  if (result == PL_PARSE_BAD)
    *fault = PL_HTTP_FAULT_TRAILER;
  return result;
}

gboolean
pl_trailer_may_pass (const PlField *field)
{
  PlFieldId shadowed = pl_field_identify_shadowed (field->name);
  PlFieldFlags flags = pl_field_get_flags (field->id) | pl_field_get_flags (shadowed);

  return (flags & PL_FIELD_BARRED_FROM_TRAILERS) == 0;
}

void
pl_trailers_write (const PlHead *trailers, PlWriter *writer)
{
  for (guint i = 0; i < trailers->n_fields; i++)
    if (pl_trailer_may_pass (&trailers->fields[i]))
      pl_writer_add_field (writer, trailers->fields[i].name, trailers->fields[i].value);
  pl_writer_add_end (writer);
}
