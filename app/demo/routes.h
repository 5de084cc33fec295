/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which function answers which path, in which era. */

#pragma once

#include "app/demo/site.h"

/**
 * pl_routes_install:
 * @site: borrowed; must outlive @server's connections
 *
 * Answers everything on @server that has no handler of its own.
 */
void pl_routes_install (SoupServer *server, PlSite *site);
