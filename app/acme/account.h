/* SPDX-License-Identifier: GPL-3.0-or-later */

/* This computer's account with an authority: it is its key (RFC 8555 §7.3). */

#pragma once

#include "app/acme/run.h"

/** pl_acme_account_open: finds the account of the run's key, or has it made. %FALSE with @error. */
gboolean pl_acme_account_open (const PlAcmeRun *run, GError **error);
