/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In a build these are its options; here app/update/update_signed.c is compiled once more, with
 * what the test says while it runs. */

#pragma once

extern char *whom_url, *whom_key;

#define PL_UPDATE_URL whom_url
#define PL_UPDATE_KEY whom_key
