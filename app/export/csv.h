/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comma-separated values (RFC 4180). */

#pragma once

#include "net/proxy/proxy.h"

/** pl_csv_append: adds the row of names, and one for each of @records (PlRecord). @given_names: as
 * many, see pl_har_append(). */
void pl_csv_append (GString *text, GPtrArray *records, GPtrArray *given_names);
