/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Amounts, times and endings as people say them, in the user's language. */

#pragma once

#include "net/proxy/proxy.h"

/** pl_words_dup_number: (transfer full): `6`, `329,466`: in groups of three, as the locale parts
 * them; where it does not, by a narrow space, which no language takes for a decimal point. */
char *pl_words_dup_number (guint64 number);

/** pl_words_dup_sentence: (transfer full): @words, which may begin anywhere, as the beginning of a
 * sentence: with a capital letter. */
char *pl_words_dup_sentence (const char *words);

/** pl_words_append_size: `92 B`, `1.2 kB`, `340 MB`, `1.2 GB`: decimal, three figures at most. */
void pl_words_append_size (GString *text, guint64 bytes);

/** pl_words_append_duration: `0.4 ms`, `12 ms`, `1.2 s`, `18 s`, `3 min 20 s`, `10 min`, `2 h 5
 * min`. */
void pl_words_append_duration (GString *text, gint64 duration_us);

/** pl_words_dup_duration: (transfer full): the same alone. */
char *pl_words_dup_duration (gint64 duration_us);

/** pl_words_dup_countdown: (transfer full): the same in whole seconds, as they are counted down: `8
 * s`, `11 min 59 s`; what is left of one counts as a whole. */
char *pl_words_dup_countdown (gint64 left_us);

/** pl_words_append_address: an address without its port: `192.168.1.23`, `fd00::1`. */
void pl_words_append_address (GString *text, const PlAddress *address);

/** pl_words_append_reason: how the exchange ended: `the device went away at 340 MB`, `the
 * request was malformed: the Host header is missing`. */
void pl_words_append_reason (GString *text, const PlRecord *record);

/**
 * PlWordsProgress: the way an exchange moves its octets; the greater one, if both.
 * @is_upload: from the client to the upstream
 * @bytes: moved so far
 * @total_bytes: in all; -1 unknown
 */
typedef struct
{
  gboolean is_upload;
  guint64 bytes;
  gint64 total_bytes;
} PlWordsProgress;

/** pl_words_get_progress: what a person would call the progress, or the size, of @record. */
PlWordsProgress pl_words_get_progress (const PlRecord *record);

/** pl_words_get_fraction: how much of that is done, 0 to 1; -1 where the total is not known. */
double pl_words_get_fraction (const PlRecord *record);
