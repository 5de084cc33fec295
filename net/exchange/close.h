/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every way an exchange can end: the one list. Records, error pages and the log read it; no
 * other file has its own words for an ending. */

#pragma once

#include <glib.h>

#ifndef N_
#define N_(text) text /* marks for translation by whoever shows it */
#endif

typedef enum
{
  PL_FAULT_NOBODY, /* as it should be */
  PL_FAULT_CLIENT,
  PL_FAULT_UPSTREAM,
  PL_FAULT_US, /* this program or this computer */
} PlFaultSide;

/* clang-format off */
/* A table, read by its columns: name, whose fault, the status we answer with when no response has
 * begun (0: none can be given), words. In words `%s` once, if at all, is where the amount moved so
 * far goes ("340 MB"). */
#define PL_CLOSE_REASONS(X)                                                                        \
  X (NONE,                    NOBODY,     0, N_ ("still running"))                                 \
  X (DONE,                    NOBODY,     0, N_ ("finished"))                                      \
  X (TUNNEL_CLOSED,           NOBODY,     0, N_ ("the live connection was closed after %s"))       \
  X (TUNNEL_IDLE,             NOBODY,     0, N_ ("the live connection was silent too long"))       \
  X (REQUEST_MALFORMED,       CLIENT,   400, N_ ("the request was malformed"))                     \
  X (TLS_SPOKEN,              CLIENT,     0, N_ ("the device tried https://; type http:// for now, or turn encryption on")) \
  X (TLS_UNTRUSTED,           CLIENT,     0, N_ ("the device does not trust this computer's certificate")) \
  X (TLS_EXPIRED,             CLIENT,     0, N_ ("the device takes this computer's certificate for expired; one of the clocks may be wrong")) \
  X (TLS_TOO_OLD,             CLIENT,     0, N_ ("the device knows no encryption that is still safe")) \
  X (TLS_GONE,                CLIENT,     0, N_ ("the device went away before encryption was agreed on")) \
  X (TLS_TIMEOUT,             CLIENT,     0, N_ ("the device was too slow to agree on encryption")) \
  X (TLS_FAILED,              CLIENT,     0, N_ ("no encryption could be agreed on with the device")) \
  X (REQUEST_TOO_LARGE,       CLIENT,   431, N_ ("the request's headers were too large"))          \
  X (REQUEST_TIMEOUT,         CLIENT,   408, N_ ("the device was too slow to ask"))                \
  X (METHOD_REFUSED,          CLIENT,   405, N_ ("this kind of request is not served here"))       \
  X (PLAIN_SENT_ON,           NOBODY,   308, N_ ("the page was asked for without encryption, and sent on to its https:// address")) \
  X (PLAIN_REFUSED,           CLIENT,   426, N_ ("the device did not encrypt; type https:// there")) \
  X (DEVICE_TURNED_AWAY,      CLIENT,   403, N_ ("the device was turned away, until you let it in again")) \
  X (NOT_SHARED,              CLIENT,   404, N_ ("guests may see what was shared by link, and this is nothing a link's page asks for")) \
  X (PROXY_NOT_TRUSTED,       CLIENT,   404, N_ ("it came by another proxy, on whose word nobody is known: what is not shared by link is kept from it until trusted-proxies names the proxy")) \
  X (PROXY_NAMES_NOBODY,      CLIENT,   404, N_ ("a trusted proxy brought it and did not say who asked: what is not shared by link is kept from it until the proxy says so in X-Forwarded-For or in Forwarded")) \
  X (SHARE_LINK_MISSING,      CLIENT,   404, N_ ("a guest asked for this without the link by which it was shared")) \
  X (SHARE_ADDRESS_UNCLEAR,   CLIENT,   404, N_ ("the address a guest asked for could be read in more than one way")) \
  X (SHARE_WITH_LOGIN,        CLIENT,   404, N_ ("the address a guest asked for held a login, and guests may not log in")) \
  X (SHARE_UPLOAD_REFUSED,    CLIENT,   404, N_ ("a guest wanted to send photos, which is not allowed here")) \
  X (LOGIN_MUST_WAIT,         CLIENT,   429, N_ ("too many wrong passwords, PIN codes or API keys came from there, and the next has to wait")) \
  X (STRANGER_TOO_FAST,       CLIENT,   429, N_ ("a stranger asked for more in a short time than any album has")) \
  X (LENGTH_REQUIRED,         CLIENT,   411, N_ ("the device did not say how large the upload is, and Immich's side must know")) \
  X (BODY_MALFORMED,          CLIENT,   400, N_ ("the upload was malformed after %s"))             \
  X (HTTP2_VIOLATED,          CLIENT,     0, N_ ("the device did not keep to the rules of HTTP/2"))     \
  X (RESET_FLOOD,             CLIENT,     0, N_ ("the device asked and took it back too often"))        \
  X (CONTINUATION_FLOOD,      CLIENT,     0, N_ ("the device sent the headers of a request in too many pieces")) \
  X (HEADER_BOMB,             CLIENT,     0, N_ ("the headers of a request unfolded to far more than fits")) \
  X (SETTINGS_FLOOD,          CLIENT,     0, N_ ("the device changed its settings too often"))          \
  X (PING_FLOOD,              CLIENT,     0, N_ ("the device asked for signs of life too often"))       \
  X (WINDOW_FLOOD,            CLIENT,     0, N_ ("the device made room for answers in too many steps")) \
  X (EMPTY_FRAME_FLOOD,       CLIENT,     0, N_ ("the device sent too many pieces of uploads with nothing in them")) \
  X (PRIORITY_FLOOD,          CLIENT,     0, N_ ("the device changed too often what is urgent"))        \
  X (CLIENT_SILENT,           CLIENT,   408, N_ ("the device fell silent at %s"))                  \
  X (CLIENT_NOT_READING,      CLIENT,     0, N_ ("the device stopped taking the answer at %s"))    \
  X (CLIENT_GONE,             CLIENT,     0, N_ ("the device went away at %s"))                    \
  X (NO_ROUTE,                US,       404, N_ ("no rule says where this should go"))             \
  X (LOOP,                    US,       508, N_ ("it came back to Porchlight: an address of Immich leads here")) \
  X (UPSTREAM_DOWN,           UPSTREAM, 503, N_ ("Immich does not answer; it may be starting"))    \
  X (UPSTREAM_CONNECT_TIMEOUT, UPSTREAM, 504, N_ ("Immich could not be reached in time"))          \
  X (UPSTREAM_NAME,           UPSTREAM, 502, N_ ("the name of Immich's computer was not found"))   \
  X (UPSTREAM_UNTRUSTED,      UPSTREAM, 502, N_ ("Immich's certificate is not to be trusted"))         \
  X (UPSTREAM_NO_TLS,         UPSTREAM, 502, N_ ("no encryption could be agreed on with Immich"))      \
  X (UPSTREAM_CLOSED,         UPSTREAM, 502, N_ ("Immich closed the connection without an answer")) \
  X (UPSTREAM_TIMEOUT,        UPSTREAM, 504, N_ ("Immich took too long to answer"))                \
  X (UPSTREAM_VANISHED,       UPSTREAM, 504, N_ ("Immich's computer is gone: it confirms nothing any more"))\
  X (RESPONSE_MALFORMED,      UPSTREAM, 502, N_ ("Immich's answer was malformed"))                 \
  X (RESPONSE_TOO_LARGE,      UPSTREAM, 502, N_ ("the headers of Immich's answer were too large"))\
  X (RESPONSE_TRUNCATED,      UPSTREAM,   0, N_ ("Immich broke off at %s"))                        \
  X (UPSTREAM_SILENT,         UPSTREAM,   0, N_ ("Immich fell silent at %s"))                      \
  X (UPSTREAM_NOT_READING,    UPSTREAM, 504, N_ ("Immich stopped taking the upload at %s"))        \
  X (NOT_ADMITTED,            US,         0, N_ ("the device is no longer let in"))                \
  X (OUT_OF_RESOURCES,        US,       503, N_ ("this computer has no connections left"))         \
  X (SHUTTING_DOWN,           US,       503, N_ ("Porchlight was paused or ended"))
/* clang-format on */

typedef enum
{
#define X(name, side, status, words) PL_CLOSE_##name,
  PL_CLOSE_REASONS (X)
#undef X
      PL_CLOSE_COUNT
} PlCloseReason;

/** pl_close_get_side: whose fault @reason is. */
PlFaultSide pl_close_get_side (PlCloseReason reason);

/** pl_close_get_status: the status to answer with while none was sent yet; 0: none can be given. */
guint pl_close_get_status (PlCloseReason reason);

/** pl_close_is_at_door: whether it is that whoever asked may not see that (net/route/door.h). */
gboolean pl_close_is_at_door (PlCloseReason reason);

/** pl_close_is_refusal: whether it is at the door, or whoever asked was turned away or has to wait:
 * no failure, but a rule of the house that was kept. */
gboolean pl_close_is_refusal (PlCloseReason reason);

/** pl_close_get_name: (transfer none): a short name for machines: `client-gone`,
 * `upstream-timeout`. */
const char *pl_close_get_name (PlCloseReason reason);

/** pl_close_get_words: (transfer none): plain words in English, to be translated by the caller; may
 * hold one `%s` for an amount. */
const char *pl_close_get_words (PlCloseReason reason);
