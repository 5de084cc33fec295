/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Marks for translation. Not <glib/gi18n.h>, because net/exchange/close.h has its own N_() and
 * either may be included first. */

#pragma once

#include <libintl.h>

#define GETTEXT_PACKAGE "porchlight"

/** _: the text in the user's language, in UTF-8. */
#define _(text) gettext (text)

#ifndef N_
#define N_(text) text
#endif
