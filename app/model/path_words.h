/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a request is about, in a word or two, from its method and path: Immich's paths, those of
 * old versions too, as a table. */

#pragma once

#include <glib.h>

/**
 * PlRequestFlags: the kinds of requests that the chips over the log choose by.
 * @PL_REQUEST_ERROR: went wrong: a status from 400 on, or an ending that somebody is to blame for
 * @PL_REQUEST_UPLOAD: brings a photo or video
 * @PL_REQUEST_MEDIA: fetches one, in whatever size
 * @PL_REQUEST_PAGE: the web page and its parts
 * @PL_REQUEST_LIVE: the live connection that pages and apps hold
 */
typedef enum
{
  PL_REQUEST_ERROR = 1 << 0,
  PL_REQUEST_UPLOAD = 1 << 1,
  PL_REQUEST_MEDIA = 1 << 2,
  PL_REQUEST_PAGE = 1 << 3,
  PL_REQUEST_LIVE = 1 << 4,
} PlRequestFlags;

/**
 * PlPathWords:
 * @words: in the user's language: `thumbnail`, `upload`, `login`; empty where nothing fits
 * @flags: what kind it is, without %PL_REQUEST_ERROR
 */
typedef struct
{
  const char *words;
  PlRequestFlags flags;
} PlPathWords;

/** pl_path_words_find: @target: with or without a query. */
PlPathWords pl_path_words_find (const char *method, const char *target);
