/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What nghttp2 tells of frames that came and left. Nothing is advanced in it: streams are told, and
 * run afterwards. */

#pragma once

#include "net/client/http2/state.h"

/** pl_http2_callbacks_get: (transfer none): for sessions whose user data is a #PlHttp2. */
const nghttp2_session_callbacks *pl_http2_callbacks_get (void);
