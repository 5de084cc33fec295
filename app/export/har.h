/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/). */

#pragma once

#include "net/proxy/proxy.h"

/**
 * pl_har_append:
 * @records: of PlRecord; running ones as they are now
 * @given_names: (element-type utf8): what the user calls the device of each; empty where it has no
 *   name
 *
 * Adds the whole archive.
 */
void pl_har_append (GString *text, GPtrArray *records, GPtrArray *given_names);
