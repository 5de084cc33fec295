/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways a parser is fed in tests: whole, octet by octet, at every split into two; and with
 * what it is given ending where the next octet cannot be read. */

#pragma once

#include "net/http/head.h"

/**
 * FeedCut:
 * @first: octets in the first piece
 * @step: octets in each later one
 *
 * One way to cut a text into pieces.
 */
typedef struct
{
  gsize first;
  gsize step;
} FeedCut;

/** feed_next_end: where the piece ends that begins at @start of a text of @length octets. */
gsize feed_next_end (FeedCut cut, gsize start, gsize length);

/** FeedVisit: parses @text in the pieces @cut makes, and checks what comes out. */
typedef void (*FeedVisit) (PlSlice text, FeedCut cut, gconstpointer data);

/** feed_every_way: calls @visit for @text whole, octet by octet, and split into two everywhere. */
void feed_every_way (PlSlice text, FeedVisit visit, gconstpointer data);

/**
 * feed_at_edge:
 *
 * Copies @text to the end of a page behind which nothing can be read, so that a parser which
 * looks one octet too far crashes, in a build without sanitizers too.
 *
 * Returns: (transfer none): the copy, valid until the next call
 */
const char *feed_at_edge (PlSlice text);

/** feed_note: says in the test's log which @text is tried now, with what does not print escaped. */
void feed_note (PlSlice text);

/** FeedParse: pl_head_parse() or pl_trailers_parse(). */
typedef PlParseResult (*FeedParse) (PlHead *head,
                                    const char *bytes,
                                    gsize length,
                                    PlHttpFault *fault);

/**
 * feed_pieces:
 * @head: ready for @parse
 * @moves: give the buffer at another address each time, ending at an edge
 *
 * Parses @text as it grows by the pieces of @cut, until there is a result.
 */
PlParseResult feed_pieces (PlHead *head,
                           FeedParse parse,
                           PlSlice text,
                           FeedCut cut,
                           gboolean moves,
                           PlHttpFault *fault);
