/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Those that Immich and its clients use; others are told by their hundreds. */

#include "app/model/status_words.h"

#include "app/i18n.h"
#include "app/model/path_words.h"

typedef struct
{
  guint status;
  const char *phrase;
  const char *words;
} Row;

static const Row rows[] = {
  { 101, "Switching Protocols", N_ ("live connection") },
  { 200, "OK", N_ ("fine") },
  { 201, "Created", N_ ("fine, something new was made") },
  { 202, "Accepted", N_ ("fine, it will be done") },
  { 204, "No Content", N_ ("fine, there is nothing to send") },
  { 206, "Partial Content", N_ ("fine, the part that was asked for") },
  { 301, "Moved Permanently", N_ ("is somewhere else now") },
  { 302, "Found", N_ ("is somewhere else") },
  { 303, "See Other", N_ ("is somewhere else") },
  { 304, "Not Modified", N_ ("the device has it already") },
  { 307, "Temporary Redirect", N_ ("is somewhere else") },
  { 308, "Permanent Redirect", N_ ("is somewhere else now") },
  { 400, "Bad Request", N_ ("the request could not be understood") },
  { 401, "Unauthorized", N_ ("not logged in") },
  { 403, "Forbidden", N_ ("not allowed") },
  { 404, "Not Found", N_ ("there is no such thing") },
  { 405, "Method Not Allowed", N_ ("this cannot be done there") },
  { 408, "Request Timeout", N_ ("the device was too slow") },
  { 409, "Conflict", N_ ("it contradicts what is there") },
  { 411, "Length Required", N_ ("the length was not told") },
  { 413, "Content Too Large", N_ ("too large for Immich") },
  { 414, "URI Too Long", N_ ("the address is too long") },
  { 416, "Range Not Satisfiable", N_ ("there is no such part of it") },
  { 429, "Too Many Requests", N_ ("too much was asked in a short time") },
  { 431, "Request Header Fields Too Large", N_ ("the headers are too large") },
  { 500, "Internal Server Error", N_ ("Immich had an error") },
  { 501, "Not Implemented", N_ ("Immich cannot do that") },
  { 502, "Bad Gateway", N_ ("Immich gave no usable answer") },
  { 503, "Service Unavailable", N_ ("Immich does not answer now") },
  { 504, "Gateway Timeout", N_ ("Immich took too long") },
  { 507, "Insufficient Storage", N_ ("the disk is full") },
  { 508, "Loop Detected", N_ ("an address of Immich leads back to Porchlight") },
};

/* This program says these of Immich; Immich, or what else stands there, says them of itself. */
static const Row rows_of_immich[] = {
  { 502, NULL, N_ ("Immich says it gets no usable answer (502)") },
  { 503, NULL, N_ ("Immich says it is not ready (503)") },
  { 504, NULL, N_ ("Immich says it takes too long (504)") },
};

static const char *const hundreds[] = {
  N_ ("not answered yet"),        N_ ("going on"),          N_ ("fine"), N_ ("is somewhere else"),
  N_ ("the request was refused"), N_ ("an error at Immich")
};

static const Row *
find (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].status == status)
      return &rows[i];
  return NULL;
}

static gboolean
is_login (const char *method, const char *target)
{
  return g_str_equal (method, "POST")
         && (g_str_has_prefix (target, "/api/auth/login")
             || g_str_has_prefix (target, "/api/shared-links/login"));
}

static gboolean
is_unlocking (const char *method, const char *target)
{
  return g_str_equal (method, "POST") && g_str_has_prefix (target, "/api/auth/session/unlock");
}

const char *
pl_status_words (guint status, const char *method, const char *target)
{
  const Row *row = find (status);

  /* Old versions of Immich say 400. */
  if ((status == 401 || status == 400) && is_login (method, target))
    return _ ("wrong password");
  if (status == 400 && is_unlocking (method, target))
    return _ ("wrong PIN code");
  if (row != NULL)
    return _ (row->words);
  return _ (hundreds[MIN (status / 100, G_N_ELEMENTS (hundreds) - 1)]);
}

const char *
pl_status_words_of_immich (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows_of_immich); i++)
    if (rows_of_immich[i].status == status)
      return _ (rows_of_immich[i].words);
  return NULL;
}

const char *
pl_status_get_phrase (guint status)
{
  const Row *row = find (status);
  return row != NULL ? row->phrase : "";
}
