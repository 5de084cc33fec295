/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers in the shapes Immich gives them. */

#pragma once

#include <libsoup/soup.h>

/**
 * pl_answer_json:
 * @format: the object in GVariant's text form, `{'id': <%s>, 'size': <%t>}`, with the placeholders
 * of g_variant_new_parsed(); strings are quoted as JSON needs it
 */
void pl_answer_json (SoupServerMessage *message, guint status, const char *format, ...);

/** pl_answer_variant: the same for a value made by hand; a floating @value is taken. */
void pl_answer_variant (SoupServerMessage *message, guint status, GVariant *value);

/** pl_answer_error: `{"message":…,"error":"Not Found","statusCode":404}`. */
void pl_answer_error (SoupServerMessage *message, guint status, const char *words);

/**
 * pl_answer_take_turns:
 *
 * Lets others have a turn in the middle of a long body. libsoup goes on with one message for as
 * long as its socket is ready, which over loopback may be to the end of the file.
 */
void pl_answer_take_turns (SoupServerMessage *message);
