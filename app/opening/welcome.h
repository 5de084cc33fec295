/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may come in and what the internet may see, as one value: what an opening changes. */

#pragma once

#include "app/settings/settings.h"
#include "net/proxy/proxy.h"

/**
 * PlWelcome:
 * @exposure: who may come in
 * @world: what the internet may see, where it may come in
 */
typedef struct
{
  PlExposure exposure;
  PlDoorRule world;
} PlWelcome;

/** pl_welcome_read: what @settings say. */
PlWelcome pl_welcome_read (const PlSettings *settings);

gboolean pl_welcome_equal (const PlWelcome *a, const PlWelcome *b);

/** pl_welcome_is_wider: whether @welcome lets in others than @before does, or shows them more. */
gboolean pl_welcome_is_wider (const PlWelcome *welcome, const PlWelcome *before);

/** pl_welcome_put: has @config, which is not applied yet, let in whom @welcome says. */
void pl_welcome_put (const PlWelcome *welcome, PlConfig *config);
