/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The head of a message: first line and fields, as slices of the buffer they came in.
 * Strict, as RFC 9112 allows and a proxy must be: what two readers could take differently is
 * refused, never repaired. No I/O; no allocation but for more fields than senders usually have. */

#pragma once

#include "net/http/fault.h"
#include "net/http/fields.h"
#include "net/http/list.h"
#include "net/http/slice.h"

/** PL_HEAD_USUAL_FIELDS: for so many fields a #PlHead has places of its own. */
#define PL_HEAD_USUAL_FIELDS 64

/** PL_HEAD_ANY_NUMBER: as many fields as the octets of a head allow. */
#define PL_HEAD_ANY_NUMBER G_MAXUINT

typedef enum
{
  PL_HEAD_REQUEST,
  PL_HEAD_RESPONSE,
} PlHeadKind;

/** PlHttpVersion: as major * 10 + minor. HTTP/1.2 to 1.9 are understood as 1.1, the highest we know
 * of that major version (RFC 9110 §2.5). */
typedef enum
{
  PL_HTTP_1_0 = 10,
  PL_HTTP_1_1 = 11,
  PL_HTTP_2 = 20, /* only in heads that were written down */
} PlHttpVersion;

/**
 * PlField:
 * @name: as it came, not empty
 * @value: as it came, without white space at either end; may be empty
 * @id: which known field @name is
 */
typedef struct
{
  PlSlice name;
  PlSlice value;
  PlFieldId id;
} PlField;

/**
 * PlHeadLimits:
 * @head_bytes: the longest head in all, with line ends and leading empty lines; one line may take
 *   nearly all of it
 * @n_fields: the most fields it may have, or %PL_HEAD_ANY_NUMBER
 * @written_down: it is no head on its way, but one that was kept as text: HTTP/2.0 stands in it
 * where the message came so
 */
typedef struct
{
  gsize head_bytes;
  guint n_fields;
  gboolean written_down;
} PlHeadLimits;

/**
 * PlHead:
 * @method: (request) as it came: a token, case kept
 * @target: (request) as it came, not empty; see pl_target_parse()
 * @status: (response) 100-999
 * @reason: (response) may be empty
 * @version: the version in the first line
 * @fields: in the order they came, duplicates kept
 * @n_fields: how many of @fields are set
 * @length_bytes: octets the whole head takes in the buffer, leading empty lines and the final
 *   empty line included; the body starts there. Valid when parsing is done
 *
 * All slices point into the buffer that was parsed. A head is not to be copied: @fields may point
 * into it.
 */
typedef struct
{
  PlSlice method;
  PlSlice target;
  PlSlice reason;
  guint16 status;
  guint8 version; /* PlHttpVersion */
  guint n_fields;
  PlField *fields;
  gsize length_bytes;

  /*< private >*/
  PlHeadKind kind;
  PlHeadLimits limits;
  const char *base; /* where the buffer was at the last call */
  gsize line_start; /* offset of the first line not yet taken in */
  gsize scanned;    /* offset up to which line ends were looked for */
  gboolean has_first_line;
  guint n_places;                             /* at @fields */
  PlField usual_fields[PL_HEAD_USUAL_FIELDS]; /* last: pl_head_init() clears what is before it */
} PlHead;

/** PlParseResult: what a resumable parser says. */
typedef enum
{
  PL_PARSE_MORE, /* all right so far, and not all there */
  PL_PARSE_DONE,
  PL_PARSE_BAD,
} PlParseResult;

/** pl_head_init: makes @head ready for a new message; cheap: the fields are not cleared. A head
 * that was used before is to be cleared first. */
void pl_head_init (PlHead *head, PlHeadKind kind, PlHeadLimits limits);

/** pl_head_clear: frees what @head took for more fields than usual; it then has none. Also for one
 * that is all zeros. */
void pl_head_clear (PlHead *head);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlHead, pl_head_clear)

/**
 * pl_head_parse:
 * @head: from pl_head_init(), or as an earlier call that returned %PL_PARSE_MORE left it
 * @bytes: the buffer from the start of the message; what was given before must still be there,
 *   at the same address or moved as a whole (the slices then follow)
 * @length: octets in @bytes
 * @fault: (out): set when %PL_PARSE_BAD
 *
 * Takes in what is new. Each complete line is read once, so feeding byte by byte costs no more
 * than feeding whole. A fault is found as soon as its line is complete, an over-long line as soon
 * as it is over-long, and a request that begins with a control character at once: whoever speaks
 * TLS here waits for an answer and never ends the line.
 *
 * Refused (RFC 9112 §2.2, §3, §4, §5; RFC 9110 §5.5): a line ended by LF alone, CR without LF,
 * NUL and control characters (TAB in values and reason excepted), white space before the colon or
 * at the start of a line, folded lines, an empty or non-token name, anything but one space between
 * the parts of a first line, versions other than 1.x, a status that is not three digits
 * from 100 on. Octets 0x80-0xFF are allowed in values and reason and refused in targets.
 *
 * Forgiven: at most two empty lines before a request line (none before a status line), and a
 * status line without reason that also lacks the space before it. No two readers see different
 * messages in these.
 *
 * Limits: what goes beyond @head_bytes is HEAD_TOO_LONG, or TARGET_TOO_LONG where a request's first
 * line does; a field more than @n_fields is TOO_MANY_FIELDS. Which fault is found never depends on
 * how the message was cut into calls.
 */
PlParseResult pl_head_parse (PlHead *head, const char *bytes, gsize length, PlHttpFault *fault);

/**
 * pl_head_add_field:
 * @head: one that does not come as text
 * @name, @value: into a buffer that stays; see pl_head_follow()
 *
 * Adds a field, which is judged as one in a line is, its number too. It has no white space around
 * @value.
 *
 * Returns: %PL_HTTP_FAULT_NONE, or what is wrong; it is then not added
 */
PlHttpFault pl_head_add_field (PlHead *head, PlSlice name, PlSlice value);

/** pl_head_follow: what the slices point into begins at @bytes now; where it began before is what
 * the last call said, the first moves nothing. */
void pl_head_follow (PlHead *head, const char *bytes);

/** pl_head_has_begun: whether more than empty lines has come. */
gboolean pl_head_has_begun (const PlHead *head);

/**
 * pl_head_find:
 * @head: a complete head
 * @id: a known field
 *
 * Returns: (transfer none) (nullable): the first field @id, or %NULL
 */
const PlField *pl_head_find (const PlHead *head, PlFieldId id);

/** pl_head_get_value: the value of the first field @id; with %NULL bytes where there is none. */
PlSlice pl_head_get_value (const PlHead *head, PlFieldId id);

/** pl_head_list_contains: whether any field @id has the element @token (lower case) in its list. */
gboolean pl_head_list_contains (const PlHead *head, PlFieldId id, PlSlice token);

/**
 * pl_head_wants_keep_alive:
 *
 * Whether the sender of @head lets the connection live on after this message (RFC 9112 §9.3):
 * HTTP/1.1 without `Connection: close`, HTTP/1.0 with `Connection: keep-alive`.
 */
gboolean pl_head_wants_keep_alive (const PlHead *head);
