/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The headers of an exchange as files for others show them: masked. */

#pragma once

#include "app/model/header_diff.h"

/** PlExportHeader: valid UTF-8; of a secret the value is three stars. */
typedef struct
{
  char *name;
  char *value;
} PlExportHeader;

/**
 * pl_export_headers: (transfer full): of #PlExportHeader:
 *
 * What the client sent, or what it was sent. Where heads were not captured: what the record knows
 * of them, which is little.
 */
GArray *pl_export_headers (const PlRecord *record, PlHeadKind kind);

/** pl_export_find_header: (transfer none) (nullable): the value of the first called @name. */
const char *pl_export_find_header (GArray *headers, const char *name);

/** pl_export_dup_url: (transfer full): a URL (RFC 3986) whatever the client has sent. */
char *pl_export_dup_url (const PlRecord *record);
