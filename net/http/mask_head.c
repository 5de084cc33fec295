/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Secrets out of a whole head. */

#include "net/http/mask.h"

static const char *const secret_marks[]
    = { "auth", "cookie", "key", "passw", "secret", "session", "token" };

/* @text contains @mark, which is in lower case. */
static gboolean
contains (PlSlice text, PlSlice mark)
{
  for (gsize i = 0; i + mark.length <= text.length; i++)
    if (pl_slice_has_prefix_ignoring_case (pl_slice_from (text, i), mark))
      return TRUE;
  return FALSE;
}

gboolean
pl_mask_hides_field (const PlField *field)
{
  if ((pl_field_get_flags (field->id) & PL_FIELD_SECRET) != 0)
    return TRUE;
  for (guint i = 0; field->id == PL_FIELD_OTHER && i < G_N_ELEMENTS (secret_marks); i++)
    if (contains (field->name, pl_slice_from_string (secret_marks[i])))
      return TRUE;
  return FALSE;
}

static void
write_field (const PlField *field, PlWriter *writer)
{
  if (pl_mask_hides_field (field))
    pl_writer_add_field (writer, field->name, PL_SLICE (PL_MASK));
  else if (field->id == PL_FIELD_REFERER || field->id == PL_FIELD_LOCATION)
    {
      pl_writer_add (writer, field->name);
      pl_writer_add (writer, PL_SLICE (": "));
      pl_mask_target (field->value, writer);
      pl_writer_add (writer, PL_SLICE ("\r\n"));
    }
  else
    pl_writer_add_field (writer, field->name, field->value);
}

static void
write_version (const PlHead *head, PlWriter *writer)
{
  pl_writer_add (writer, PL_SLICE ("HTTP/"));
  pl_writer_add_char (writer, '0' + head->version / 10);
  pl_writer_add_char (writer, '.');
  pl_writer_add_char (writer, '0' + head->version % 10);
}

static void
write_first_line (const PlHead *head, PlWriter *writer)
{
  if (head->kind == PL_HEAD_REQUEST)
    {
      pl_writer_add (writer, head->method);
      pl_writer_add_char (writer, ' ');
      pl_mask_target (head->target, writer);
      pl_writer_add_char (writer, ' ');
      write_version (head, writer);
    }
  else
    {
      write_version (head, writer);
      pl_writer_add_char (writer, ' ');
      pl_writer_add_decimal (writer, head->status);
      pl_writer_add_char (writer, ' ');
      pl_writer_add (writer, head->reason);
    }
  pl_writer_add (writer, PL_SLICE ("\r\n"));
}

void
pl_mask_head (const PlHead *head, PlWriter *writer)
{
  write_first_line (head, writer);
  for (guint i = 0; i < head->n_fields; i++)
    write_field (&head->fields[i], writer);
  pl_writer_add_end (writer);
}
