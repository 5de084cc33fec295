/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that is checked once, or a few times, and what came of it. */

#pragma once

#include "net/upstream/health-check.h"

#define PING       "/api/server/ping"
#define CONFIG     "/api/server/config"
#define TIMEOUT_MS 5000

/** NO_PING: the end of an error. */
#define NO_PING "where a ping was expected"

/**
 * Answer: what a server says at @path
 * @name: of the test
 * @error: (nullable): part of what the check makes of it; %NULL: it is a good one
 */
typedef struct
{
  const char *name;
  const char *path;
  guint status;
  const char *type;
  const char *body;
  const char *error;
} Answer;

/**
 * Patient:
 * @answer: what it says whatever is asked; well, unless a test has changed that
 * @asked, @headers: (nullable): what it was asked last
 * @done: a check is over; so with what follows
 */
typedef struct
{
  SoupServer *server;
  SoupSession *session;
  PlEndpointConfig endpoint;
  const Answer *answer;
  GUri *asked;
  SoupMessageHeaders *headers;
  guint n_asked;
  gboolean done;
  PlEndpointHealth health;
  char *error;
  gint64 response_us;
} Patient;

/** patient_set_up, patient_tear_down: as for g_test_add(). */
void patient_set_up (Patient *patient, gconstpointer data);
void patient_tear_down (Patient *patient, gconstpointer data);

/** patient_add_test: @test at `/upstream/health-check/GROUP/NAME`. */
void patient_add_test (const char *group,
                       const char *name,
                       gconstpointer data,
                       void (*test) (Patient *patient, gconstpointer data));

/** patient_start: a check, which may be cancelled; patient_check: one that is waited for. */
PlHealthCheck *patient_start (Patient *patient, const char *path, guint timeout_ms);
void patient_check (Patient *patient, const char *path, guint timeout_ms);

/** patient_assert_error: @part is in what the check says; %NULL: all is well. */
void patient_assert_error (Patient *patient, const char *part);

/** patient_leave_open: a handler of its server's that never answers. */
void patient_leave_open (SoupServer *server,
                         SoupServerMessage *message,
                         const char *path,
                         GHashTable *query,
                         gpointer user_data);
