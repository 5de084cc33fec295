/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How each kind of device is told to trust an authority: as data. */

#pragma once

#include <glib.h>

#define PL_TRUST_PATH         "/.porchlight/trust"
#define PL_TRUST_DER_PATH     PL_TRUST_PATH "/ca.crt"
#define PL_TRUST_PEM_PATH     PL_TRUST_PATH "/ca.pem"
#define PL_TRUST_PROFILE_PATH PL_TRUST_PATH "/ca.mobileconfig"

#define PL_TRUST_MAX_AGENTS 3
#define PL_TRUST_MAX_STEPS  6

/**
 * PlTrustDevice:
 * @id: the last part of the path of its page
 * @agents: what browsers on it say of themselves; of several devices that fit the first counts
 * @name: its name, to be translated
 * @file: the path of what is downloaded
 * @download: the words of the button, to be translated
 * @steps: what to do, to be translated; `%s` stands for the name of the authority
 * @is_phone: whether the Immich app may be on it
 */
typedef struct
{
  const char *id;
  const char *agents[PL_TRUST_MAX_AGENTS];
  const char *name;
  const char *file;
  const char *download;
  const char *steps[PL_TRUST_MAX_STEPS];
  gboolean is_phone;
} PlTrustDevice;

/** pl_trust_devices: (transfer none): all of them. */
const PlTrustDevice *pl_trust_devices (guint *n_devices);
