/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Upstreams and routes as a whole, for those who only want to say where Immich is. Whatever stood
 * in the settings on that is replaced. URLs are values of `[upstream] urls` that pl_setting_check()
 * allows. */

#pragma once

#include "app/settings/settings.h"

/**
 * pl_settings_point_at:
 * @health_path: (nullable): for `[upstream] health-path`
 *
 * Everything goes to @urls.
 */
void pl_settings_point_at (PlSettings *settings, const char *urls, const char *health_path);

/**
 * pl_settings_point_at_parts:
 *
 * For an Immich up to 1.87, which has two parts: `/api` goes to the server, without that prefix,
 * the rest to the web part. The server is pinged.
 */
void
pl_settings_point_at_parts (PlSettings *settings, const char *server_urls, const char *web_urls);
