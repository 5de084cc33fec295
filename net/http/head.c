/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a head line by line. But for its length, a line is looked at when its LF is there and not
 * before; kept between calls are where the line began and how far the search for the LF went. */

#include "net/http/head.h"

#include "net/http/character.h"

#define LINE_END_BYTES          2 /* CR LF */
#define MAX_LEADING_EMPTY_LINES 2
#define VERSION_BYTES           8 /* HTTP/1.1 */
#define STATUS_BYTES            3

/* The line being read, as far as it is there. */
typedef struct
{
  PlSlice text; /* without its line end */
  gboolean has_cr;
  gboolean has_lf;
} Line;

void
pl_head_init (PlHead *head, PlHeadKind kind, PlHeadLimits limits)
{
  /* To clear the fields too would cost more than most heads cost to parse. */
  memset (head, 0, G_STRUCT_OFFSET (PlHead, usual_fields));
  head->kind = kind;
  head->limits = limits;
  head->fields = head->usual_fields;
  head->n_places = PL_HEAD_USUAL_FIELDS;
}

void
pl_head_clear (PlHead *head)
{
  if (head->fields != head->usual_fields)
    g_free (head->fields);
  head->fields = head->usual_fields;
  head->n_places = PL_HEAD_USUAL_FIELDS;
  head->n_fields = 0;
}

static void
make_places (PlHead *head)
{
  PlField *usual = head->fields == head->usual_fields ? head->usual_fields : NULL;

  head->n_places *= 2;
  head->fields = g_renew (PlField, usual != NULL ? NULL : head->fields, head->n_places);
  if (usual != NULL)
    memcpy (head->fields, usual, sizeof head->usual_fields);
}

static void
move_slice (PlSlice *slice, const char *from, const char *to)
{
  if (slice->bytes != NULL)
    slice->bytes = to + (slice->bytes - from);
}

void
pl_head_follow (PlHead *head, const char *bytes)
{
  const char *from = head->base;

  head->base = bytes;
  if (from == bytes || from == NULL)
    return;

  move_slice (&head->method, from, bytes);
  move_slice (&head->target, from, bytes);
  move_slice (&head->reason, from, bytes);
  for (guint i = 0; i < head->n_fields; i++)
    {
      move_slice (&head->fields[i].name, from, bytes);
      move_slice (&head->fields[i].value, from, bytes);
    }
}

static PlHttpFault
parse_version (const PlHead *head, PlSlice text, guint8 *version)
{
  const char *digits = text.bytes + VERSION_BYTES - 3;

  if (text.length != VERSION_BYTES || !pl_slice_has_prefix (text, PL_SLICE ("HTTP/"))
      || !g_ascii_isdigit (digits[0]) || digits[1] != '.' || !g_ascii_isdigit (digits[2]))
    return PL_HTTP_FAULT_START_LINE;

  *version = PL_HTTP_2;
  if (head->limits.written_down && digits[0] == '2')
    return PL_HTTP_FAULT_NONE;
  if (digits[0] != '1')
    return PL_HTTP_FAULT_VERSION;
  *version = digits[2] == '0' ? PL_HTTP_1_0 : PL_HTTP_1_1;
  return PL_HTTP_FAULT_NONE;
}

/* Takes a run of @wanted characters and the one space that ends it. */
static PlHttpFault
take_word (PlSlice *rest, PlCharacterClass wanted, PlHttpFault fault, PlSlice *word)
{
  gsize length = pl_character_span (*rest, wanted);

  if (length == rest->length)
    return PL_HTTP_FAULT_START_LINE;
  if (rest->bytes[length] != ' ')
    return fault;
  if (length == 0)
    return PL_HTTP_FAULT_START_LINE;

  *word = pl_slice (rest->bytes, length);
  *rest = pl_slice_from (*rest, length + 1);
  return PL_HTTP_FAULT_NONE;
}

static PlHttpFault
parse_request_line (PlHead *head, PlSlice line)
{
  PlHttpFault fault;

  fault = take_word (&line, PL_CHARACTER_TOKEN, PL_HTTP_FAULT_METHOD, &head->method);
  if (fault == PL_HTTP_FAULT_NONE)
    fault = take_word (&line, PL_CHARACTER_VISIBLE, PL_HTTP_FAULT_TARGET, &head->target);
  if (fault == PL_HTTP_FAULT_NONE)
    fault = parse_version (head, line, &head->version);
  return fault;
}

static gboolean
parse_status (const char *digits, guint16 *status)
{
  if (!g_ascii_isdigit (digits[0]) || !g_ascii_isdigit (digits[1]) || !g_ascii_isdigit (digits[2]))
    return FALSE;

  *status = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
  return *status >= 100;
}

static PlHttpFault
parse_status_line (PlHead *head, PlSlice line)
{
  gsize status_end = VERSION_BYTES + 1 + STATUS_BYTES;
  PlHttpFault fault;

  if (line.length < status_end)
    return PL_HTTP_FAULT_START_LINE;

  fault = parse_version (head, pl_slice (line.bytes, VERSION_BYTES), &head->version);
  if (fault != PL_HTTP_FAULT_NONE)
    return fault;
  if (line.bytes[VERSION_BYTES] != ' '
      || !parse_status (line.bytes + VERSION_BYTES + 1, &head->status))
    return PL_HTTP_FAULT_START_LINE;

  head->reason = pl_slice_from (line, status_end);
  if (head->reason.length == 0)
    return PL_HTTP_FAULT_NONE;
  if (head->reason.bytes[0] != ' ')
    return PL_HTTP_FAULT_START_LINE;

  head->reason = pl_slice_from (head->reason, 1);
  return pl_character_is_text (head->reason) ? PL_HTTP_FAULT_NONE : PL_HTTP_FAULT_START_LINE;
}

/* Also identifies the field. */
static PlHttpFault
judge_value (PlField *field)
{
  if (!pl_character_is_text (field->value))
    return PL_HTTP_FAULT_FIELD_VALUE;
  field->id = pl_field_identify (field->name);
  return PL_HTTP_FAULT_NONE;
}

static PlHttpFault
parse_field (PlField *field, PlSlice line)
{
  gsize name_length = pl_character_span (line, PL_CHARACTER_TOKEN);

  if (line.bytes[0] == ' ' || line.bytes[0] == '\t')
    return PL_HTTP_FAULT_FIELD_FOLDED;
  if (name_length == 0 || name_length == line.length || line.bytes[name_length] != ':')
    return PL_HTTP_FAULT_FIELD_NAME;

  field->name = pl_slice (line.bytes, name_length);
  field->value = pl_slice_trim (pl_slice_from (line, name_length + 1));
  return judge_value (field);
}

static gboolean
make_place (PlHead *head)
{
  if (head->n_fields == head->limits.n_fields)
    return FALSE;
  if (head->n_fields == head->n_places)
    make_places (head);
  return TRUE;
}

static PlHttpFault
add_line (PlHead *head, PlSlice line)
{
  PlHttpFault fault;

  if (!make_place (head))
    return PL_HTTP_FAULT_TOO_MANY_FIELDS;
  fault = parse_field (&head->fields[head->n_fields], line);
  if (fault == PL_HTTP_FAULT_NONE)
    head->n_fields++;
  return fault;
}

PlHttpFault
pl_head_add_field (PlHead *head, PlSlice name, PlSlice value)
{
  PlField field = { .name = name, .value = value };
  PlHttpFault fault;

  if (name.length == 0 || pl_character_span (name, PL_CHARACTER_TOKEN) != name.length)
    return PL_HTTP_FAULT_FIELD_NAME;
  if (!make_place (head))
    return PL_HTTP_FAULT_TOO_MANY_FIELDS;
  fault = judge_value (&field);
  if (fault == PL_HTTP_FAULT_NONE)
    head->fields[head->n_fields++] = field;
  return fault;
}

static PlHttpFault
parse_first_line (PlHead *head, PlSlice line)
{
  head->has_first_line = TRUE;
  return head->kind == PL_HEAD_REQUEST ? parse_request_line (head, line)
                                       : parse_status_line (head, line);
}

static Line
find_line (PlHead *head, gsize length)
{
  const char *start = head->base + head->line_start;
  const char *lf = memchr (head->base + head->scanned, '\n', length - head->scanned);
  const char *end = lf != NULL ? lf : head->base + length;
  gboolean has_cr = end > start && end[-1] == '\r';

  head->scanned = (lf != NULL ? lf + 1 : end) - head->base;
  return (Line){
    .text = pl_slice (start, end - start - (has_cr ? 1 : 0)),
    .has_cr = has_cr,
    .has_lf = lf != NULL,
  };
}

/* Where the line begins alone decides how long it may be, so that the answer does not depend on how
 * much of it has come. */
static PlHttpFault
check_length (const PlHead *head, gsize line_length)
{
  gsize others = head->line_start + 2 * LINE_END_BYTES; /* the final empty line must fit, too */
  gsize room = head->limits.head_bytes > others ? head->limits.head_bytes - others : 0;

  if (line_length <= room)
    return PL_HTTP_FAULT_NONE;
  return head->kind == PL_HEAD_REQUEST && !head->has_first_line ? PL_HTTP_FAULT_TARGET_TOO_LONG
                                                                : PL_HTTP_FAULT_HEAD_TOO_LONG;
}

/* CR may be that of an empty line whose LF is still to come. */
static gboolean
begins_with_control (const PlHead *head, PlSlice line)
{
  return head->kind == PL_HEAD_REQUEST && !head->has_first_line && line.length > 0
         && g_ascii_iscntrl (line.bytes[0]) && line.bytes[0] != '\r';
}

/* RFC 9112 §2.2: a few clients send an empty line after a body, before the next request. */
static gboolean
may_skip_empty_line (const PlHead *head)
{
  return head->kind == PL_HEAD_REQUEST
         && head->line_start < MAX_LEADING_EMPTY_LINES * LINE_END_BYTES;
}

static PlHttpFault
take_empty_line (PlHead *head)
{
  if (head->has_first_line)
    head->length_bytes = head->scanned;
  else if (!may_skip_empty_line (head))
    return PL_HTTP_FAULT_START_LINE;
  return PL_HTTP_FAULT_NONE;
}

static PlHttpFault
take_line (PlHead *head, const Line *line)
{
  PlHttpFault fault;

  if (!line->has_cr)
    return PL_HTTP_FAULT_LINE_END;

  if (line->text.length == 0)
    fault = take_empty_line (head);
  else if (head->has_first_line)
    fault = add_line (head, line->text);
  else
    fault = parse_first_line (head, line->text);

  /* No part of a line allows CR, so one within is among the faults already. */
  if (fault != PL_HTTP_FAULT_NONE && pl_slice_find (line->text, '\r') < line->text.length)
    fault = PL_HTTP_FAULT_LINE_END;
  head->line_start = head->scanned;
  return fault;
}

PlParseResult
pl_head_parse (PlHead *head, const char *bytes, gsize length, PlHttpFault *fault)
{
  g_return_val_if_fail (length >= head->scanned, PL_PARSE_BAD);

  pl_head_follow (head, bytes);
  while (TRUE)
    {
      Line line = find_line (head, length);

      *fault = check_length (head, line.text.length);
      if (begins_with_control (head, line.text))
        *fault = PL_HTTP_FAULT_METHOD;
      else if (*fault == PL_HTTP_FAULT_NONE && line.has_lf)
        *fault = take_line (head, &line);

      if (*fault != PL_HTTP_FAULT_NONE)
        return PL_PARSE_BAD;
      if (head->length_bytes > 0)
        return PL_PARSE_DONE;
      if (!line.has_lf)
        return PL_PARSE_MORE;
    }
}

gboolean
pl_head_has_begun (const PlHead *head)
{
  return head->has_first_line || head->scanned > head->line_start;
}

const PlField *
pl_head_find (const PlHead *head, PlFieldId id)
{
  for (guint i = 0; i < head->n_fields; i++)
    if (head->fields[i].id == id)
      return &head->fields[i];
  return NULL;
}

PlSlice
pl_head_get_value (const PlHead *head, PlFieldId id)
{
  const PlField *field = pl_head_find (head, id);

  return field != NULL ? field->value : pl_slice (NULL, 0);
}

gboolean
pl_head_list_contains (const PlHead *head, PlFieldId id, PlSlice token)
{
  for (guint i = 0; i < head->n_fields; i++)
    if (head->fields[i].id == id && pl_field_list_contains (head->fields[i].value, token))
      return TRUE;
  return FALSE;
}

gboolean
pl_head_wants_keep_alive (const PlHead *head)
{
  if (pl_head_list_contains (head, PL_FIELD_CONNECTION, PL_SLICE ("close")))
    return FALSE;
  return head->version == PL_HTTP_1_1
         || pl_head_list_contains (head, PL_FIELD_CONNECTION, PL_SLICE ("keep-alive"));
}
