/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The small answers of the API: what probes, clients and the page ask. */

#pragma once

#include "app/demo/site.h"

void pl_api_ping (PlVisit *visit);
void pl_api_version (PlVisit *visit);
void pl_api_config (PlVisit *visit);
void pl_api_features (PlVisit *visit);
void pl_api_media_types (PlVisit *visit);
void pl_api_well_known (PlVisit *visit);

/** pl_api_login: lets demo@porchlight.example in, with the password "demo". */
void pl_api_login (PlVisit *visit);

/** pl_api_pictures: id and title of every picture. */
void pl_api_pictures (PlVisit *visit);

/** pl_api_headers: the request's fields as they arrived here, in order; secrets are left out. */
void pl_api_headers (PlVisit *visit);

/** pl_api_slow: answers after `ms` milliseconds, ten minutes at most. */
void pl_api_slow (PlVisit *visit);

/** pl_api_status: answers with the status `code`, from 200 to 599. */
void pl_api_status (PlVisit *visit);
