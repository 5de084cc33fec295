/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values that are lists: elements with commas between (RFC 9110 §5.6.1), and the parts of an
 * element with semicolons between (§5.6.6). */

#pragma once

#include "net/http/slice.h"

/**
 * pl_field_list_contains:
 * @value: the value of a comma-separated field such as Connection
 * @token: what to look for, in lower case
 *
 * Whether one element of @value is @token, ASCII case ignored. Empty elements are skipped.
 */
gboolean pl_field_list_contains (PlSlice value, PlSlice token);

/**
 * pl_field_list_next:
 * @rest: (inout): what of the list is still to be read; starts as the whole value
 * @element: (out): the next element, trimmed of white space; a slice of the value
 *
 * Walks a comma-separated list, passing over empty elements. Quoted strings are not understood:
 * for lists of tokens only.
 *
 * Returns: %FALSE at the end
 */
gboolean pl_field_list_next (PlSlice *rest, PlSlice *element);

/**
 * pl_field_list_take_last:
 * @rest: (inout): what of the list is still to be read; starts as the whole value
 * @element: (out): the last element of @rest, trimmed of white space; a slice of the value
 *
 * Walks a list from its end, passing over empty elements; a comma in a quoted string divides
 * nothing. Lists that each hop adds to are read so: what a hop has added is found whole, whatever
 * quotation mark a stranger has left open in front of it.
 *
 * Returns: %FALSE when nothing is left
 */
gboolean pl_field_list_take_last (PlSlice *rest, PlSlice *element);

/**
 * pl_field_part_next:
 * @rest: (inout): what of the element is still to be read; starts as the whole element
 * @part: (out): the next part, trimmed of white space; a slice of the element
 *
 * Walks the parts of one element, `a;b=c;d="e;f"`, passing over empty ones; a semicolon in a
 * quoted string divides nothing.
 *
 * Returns: %FALSE at the end
 */
gboolean pl_field_part_next (PlSlice *rest, PlSlice *part);

/**
 * pl_field_part_split:
 * @part: a part of an element
 * @name: (out): what stands before `=`, a token
 * @value: (out): what stands behind it: a token, or what is between the marks of a quoted string
 *
 * Reads a parameter. No white space may stand around `=` (RFC 9110 §5.6.6, RFC 7239 §4). A quoted
 * string with a backslash in it is refused: no parameter that is read here needs one.
 *
 * Returns: %FALSE when @part is no parameter
 */
gboolean pl_field_part_split (PlSlice part, PlSlice *name, PlSlice *value);
