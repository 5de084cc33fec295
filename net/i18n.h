/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The message of an error is for people, and is translated where it is made, as GLib's are. Words
 * with a list of their own (net/exchange/close.h) are only marked: whoever shows them translates.
 */

#pragma once

#include <libintl.h>

/** _: the text in the user's language, in UTF-8. */
#define _(text) dgettext ("porchlight", text)

#ifndef N_
#define N_(text) text
#endif
