/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client may begin with: a TLS handshake, HTTP/2 or HTTP/1, or none of them, in pieces. Its
 * requests are refused, or have no route. */

#include "net/client/arrival/arrival.h"

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/guest.h"
#include "tests/unit/io/certificate.h"

/* The first octet of the input says what kind of house it is, and where the client comes from; the
 * second how large its pieces are. */
#define ENCRYPTS    (1 << 0)
#define SENDS_ON    (1 << 1)
#define REFUSES     (1 << 2)
#define IS_STRANGER (1 << 3)
#define IS_NEAR     (1 << 4)

static PlAddress
choose_address (guint kind)
{
  PlSlice text = (kind & IS_STRANGER) != 0 ? PL_SLICE ("203.0.113.9")
                 : (kind & IS_NEAR) != 0   ? PL_SLICE ("192.168.1.23")
                                           : PL_SLICE ("127.0.0.1");
  PlAddress address;

  if (!pl_address_parse (text, &address))
    g_assert_not_reached ();
  return address;
}

static PlPlainRule
choose_rule (guint kind)
{
  return (kind & REFUSES) != 0    ? PL_PLAIN_REFUSE
         : (kind & SENDS_ON) != 0 ? PL_PLAIN_REDIRECT
                                  : PL_PLAIN_HOME;
}

/* Of a house that an authority is about to ask who is in charge of its name (RFC 8737), too. */
static PlTlsContext *
make_context (void)
{
  g_autoptr (PlTlsCertificate) challenge = certificate_make ("DNS:localhost", -60, 3600);
  PlTlsContext *tls = certificate_new_context (pl_arrival_protocols, NULL);

  g_assert_true (pl_tls_context_add_challenge (tls, "localhost", challenge, NULL));
  return tls;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static PlTlsContext *tls;
  g_autofree char *octets = NULL;
  Guest guest;

  if (size < 2)
    return 0;
  if (tls == NULL)
    tls = make_context ();
  octets = g_memdup2 (data + 2, size - 2); /* alone, so that a look too far is seen */
  guest = (Guest){
    .octets = pl_slice (octets, size - 2),
    .piece_bytes = 1 + 8 * data[1],
    .address = choose_address (data[0]),
    .tls = (data[0] & ENCRYPTS) != 0 ? tls : NULL,
    .plain = choose_rule (data[0]),
  };
  guest_visit (&guest, pl_arrival_begin);
  return 0;
}
