/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words in a language that is not the user's: for who asks over the network. gettext() knows one
 * language at a time, which is the whole program's. */

#pragma once

#include <glib.h>

typedef struct _PlCatalogue PlCatalogue;

/** pl_catalogue_dup_languages: (transfer full): those there are beside English, as `de` or `pt_BR`;
 * free with g_strfreev(). Reads a folder. */
GStrv pl_catalogue_dup_languages (void);

/** pl_catalogue_open: (transfer full): @language: one of those; `en` has no words of its own. %NULL
 * when it cannot be read. */
PlCatalogue *pl_catalogue_open (const char *language);
void pl_catalogue_free (PlCatalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlCatalogue, pl_catalogue_free)

/** pl_catalogue_find: (transfer none): @text in its language, or itself where there is none; as
 * long as @catalogue lives. @catalogue: (nullable): %NULL: the user's own language. */
const char *pl_catalogue_find (const PlCatalogue *catalogue, const char *text);
