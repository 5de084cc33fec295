/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client of HTTP/2 may send: frames of any kind, behind the preface, in pieces. Its requests
 * are refused, or have no route; all of their answers leave. */

#include "net/client/http2/session.h"

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/guest.h"

#define PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

static void
begin (PlSessions *sessions, PlHandle handle, const PlAddress *address)
{
  static const PlSessionFuncs silent = { 0 };

  pl_http2_begin (pl_session_new (sessions, handle, address, &silent));
}

/* The first octet of the input says how large its pieces are. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) text = g_string_new (PREFACE);
  Guest guest = { .piece_bytes = size > 0 ? 16 + 64 * data[0] : 16 };

  g_string_append_len (text, (const char *) data, size);
  guest.octets = pl_slice (text->str, text->len);
  guest_visit (&guest, begin);
  return 0;
}
