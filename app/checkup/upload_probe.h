/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A large upload that is begun and never ended: what comes back meanwhile? Nobody is logged in, so
 * nothing is stored. */

#pragma once

#include <gio/gio.h>

#include "app/finder/ask.h"

/** PL_UPLOAD_CHUNKED: sent in chunks, as old phone apps do, without a length. */
#define PL_UPLOAD_CHUNKED (-1)

/**
 * PlUploadProbe:
 * @status: of the answer; 0: none came while the upload was under way
 * @took_us: until it came
 */
typedef struct
{
  guint status;
  gint64 took_us;
} PlUploadProbe;

/**
 * PlUploadAim: where to, borrowed for the call.
 * @way: whose address @url is
 * @url: `http://host:port`, or with https
 * @path: where uploads are taken there
 * @trusted_pem: (nullable): as pl_own_certificate_trust()
 */
typedef struct
{
  PlAskWay way;
  const char *url;
  const char *path;
  const char *trusted_pem;
} PlUploadAim;

/**
 * pl_upload_probe_async:
 * @announced_bytes: how long it is to be, as its head says; or %PL_UPLOAD_CHUNKED
 * @timeout_s: how long an answer is waited for
 */
void pl_upload_probe_async (const PlUploadAim *aim,
                            gint64 announced_bytes,
                            guint timeout_s,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/** pl_upload_probe_finish: (transfer full): to be freed by g_free(); %NULL with @error when there
 * is no connection. */
PlUploadProbe *pl_upload_probe_finish (GAsyncResult *result, GError **error);
