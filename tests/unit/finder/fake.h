/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Servers to be found, or mistaken for Immich, on this computer. */

#pragma once

#include <libsoup/soup.h>

/** FakeFlags: what it is; several make one server. */
typedef enum
{
  FAKE_NOW = 1 << 0,          /* 1.135.3, in one piece */
  FAKE_FOLDED = 1 << 1,       /* 1.100.0, in one piece, with the old paths */
  FAKE_SERVER = 1 << 2,       /* the server part of 1.82.1 */
  FAKE_WEB = 1 << 3,          /* the web part */
  FAKE_UNVERSIONED = 1 << 4,  /* does not say its version */
  FAKE_PAGE = 1 << 5,         /* the login page of something else, whatever is asked for */
  FAKE_REDIRECT = 1 << 6,     /* sends everybody to a login page */
  FAKE_BAD_GATEWAY = 1 << 7,  /* a proxy with nobody behind it */
  FAKE_LIAR = 1 << 8,         /* JSON that is not quite Immich's */
  FAKE_BRACKETS = 1 << 9,     /* JSON that is nested to exhaust a reader */
  FAKE_SILENT = 1 << 10,      /* accepts, and says nothing */
  FAKE_SOCKET = 1 << 11,      /* has a live connection */
  FAKE_MUTE_SOCKET = 1 << 12, /* has one that says nothing */
  FAKE_NO_RANGES = 1 << 13,   /* sends whole files only */
  FAKE_EARLY = 1 << 14,       /* refuses uploads from their head alone */
  FAKE_SMALL = 1 << 15,       /* refuses large ones as too large */
  FAKE_HTTPS_FIELD = 1 << 16, /* wants everything by HTTPS, in a field */
  FAKE_HTTPS_META = 1 << 17,  /* wants everything by HTTPS, in the page */
  FAKE_LOOP = 1 << 18,        /* sends everything back to where it comes from */
  FAKE_MAINTENANCE = 1 << 19, /* 2.5.6, in maintenance mode */
  FAKE_NO_DOMAIN = 1 << 20,   /* its links begin with the address it is open at */
  FAKE_HOME_DOMAIN = 1 << 21, /* with an address at home */
  FAKE_BARE_DOMAIN = 1 << 22, /* with a name that only the router knows */
  FAKE_DOMAIN = 1 << 23,      /* with a name of the internet */
} FakeFlags;

typedef struct _Fake Fake;

/** fake_new: (transfer full): on a port of 127.0.0.1 that is free. */
Fake *fake_new (FakeFlags flags);

/** fake_new_at: (transfer full) (nullable): %NULL where it cannot listen there. */
Fake *fake_new_at (FakeFlags flags, const char *address, guint16 port);
void fake_free (Fake *fake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fake, fake_free)

/** fake_get_url: (transfer none): `http://127.0.0.1:40000`. */
const char *fake_get_url (Fake *fake);
guint16 fake_get_port (Fake *fake);
guint fake_get_n_requests (Fake *fake);

/** fake_get_n_marked: how many requests came with the mark of a loop. */
guint fake_get_n_marked (Fake *fake);

/** fake_dup_closed_url: (transfer full): where nobody listens. */
char *fake_dup_closed_url (void);
