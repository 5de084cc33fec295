/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTTP/1.1 where libsoup would choose HTTP/2. Of an HTTP/2 connection that breaks off in the midst
 * of an answer libsoup 3.2 tells nobody: whoever asked waits until it gives up, and the connection
 * is kept until the session ends, which then warns of it. */

#pragma once

#include <libsoup/soup.h>

/**
 * pl_http1_use:
 * @message: not sent yet; of any scheme
 *
 * Offers nothing but HTTP/1.1 to whom @message makes a connection.
 */
void pl_http1_use (SoupMessage *message);
