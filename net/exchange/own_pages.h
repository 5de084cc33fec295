/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages of our own: what is asked for below `/.porchlight/` is never sent on, and neither are
 * single pages for everybody, wherever they stand. A table of finished octets, handed in with the
 * configuration and shared by threads: nobody is called to answer. */

#pragma once

#include "net/http/slice.h"

/** PL_OWN_PAGES_PREFIX: what all their paths begin with. */
#define PL_OWN_PAGES_PREFIX "/.porchlight/"

/** PL_OWN_PAGE_BYTES: how large a page may be: a buffer holds it whole. */
#define PL_OWN_PAGE_BYTES (16 * 1024)

/**
 * PlOwnPage:
 * @path: all of it, without a query
 * @agent: (nullable): what has to stand in the User-Agent field of those it is for; %NULL: for all
 * @language: (nullable): that it is in; %NULL: for those who say no other there is
 * @type: as in Content-Type
 * @body: at most %PL_OWN_PAGE_BYTES
 */
typedef struct
{
  char *path;
  char *agent;
  char *language;
  char *type;
  GBytes *body;
} PlOwnPage;

/** PlOwnPages: counted; not changed any more once it is in a configuration. */
typedef struct _PlOwnPages PlOwnPages;

PlOwnPages *pl_own_pages_new (void);
PlOwnPages *pl_own_pages_ref (PlOwnPages *pages);
void pl_own_pages_unref (PlOwnPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlOwnPages, pl_own_pages_unref)

/** pl_own_pages_add: copies strings, takes a reference to @body. Of several whose @agent fits, the
 * first added is served, or one that is for the same but in a language that is wanted more. */
void pl_own_pages_add (PlOwnPages *pages,
                       const char *path,
                       const char *agent,
                       const char *language,
                       const char *type,
                       GBytes *body);

/** pl_own_pages_add_open: as pl_own_pages_add(), but @path may be any, and the page is for whoever
 * comes in, from outside and without encryption, too: such as what shows an authority who is in
 * charge of a name (RFC 8555 §8.3). */
void pl_own_pages_add_open (PlOwnPages *pages, const char *path, const char *type, GBytes *body);

/** pl_own_pages_find_open: (transfer none) (nullable): one for everybody. */
const PlOwnPage *pl_own_pages_find_open (const PlOwnPages *pages, PlSlice path);

/** pl_own_pages_find: (transfer none) (nullable): @path: without its query; @agent, @accept: the
 * fields User-Agent and Accept-Language, may be empty. */
const PlOwnPage *
pl_own_pages_find (const PlOwnPages *pages, PlSlice path, PlSlice agent, PlSlice accept);

/** pl_own_pages_is_own: whether @path is below %PL_OWN_PAGES_PREFIX, be there a page or not. */
gboolean pl_own_pages_is_own (PlSlice path);
