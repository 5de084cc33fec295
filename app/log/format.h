/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A finished exchange as a line for programs to read. */

#pragma once

#include "net/proxy/proxy.h"

/**
 * PlLogFormat: in the order of the choices of `[log] format`.
 * @PL_LOG_FORMAT_COMBINED: as web servers have written it since NCSA httpd; goaccess, awstats and
 * fail2ban read it
 * @PL_LOG_FORMAT_JSON: an object a line (JSON Lines), with all that is known
 */
typedef enum
{
  PL_LOG_FORMAT_COMBINED,
  PL_LOG_FORMAT_JSON,
} PlLogFormat;

/**
 * pl_log_format_append:
 *
 * Adds @record to @text as one line with its end. What the client sent is escaped, so that it can
 * neither end a line nor a quotation. Where no status was sent JSON has 0; the combined form must
 * have one, and gets what would have been sent, or 499, nginx's number for a client that did not
 * wait.
 */
void pl_log_format_append (GString *text, PlLogFormat format, const PlRecord *record);
