/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/). */

#pragma once

#include "net/proxy/proxy.h"

/** pl_har_append: adds the whole archive. @records: of PlRecord; running ones as they are now. */
void pl_har_append (GString *text, GPtrArray *records);
