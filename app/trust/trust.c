/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/trust/trust.h"

#include "app/certificates/write.h"
#include "app/trust/devices.h"
#include "app/trust/page.h"
#include "app/trust/profile.h"

#define HTML "text/html; charset=utf-8"

/* Which the words in the program are in. */
#define ENGLISH "en"

/**
 * Edition: all pages in one language.
 * @language: (nullable): as in HTML and HTTP; %NULL: the program's, for who wants none there is
 * @words: (nullable): in that language
 * @authority: whom to trust
 */
typedef struct
{
  const char *language;
  const PlCatalogue *words;
  const PlCertificate *authority;
  gboolean is_plain_served;
} Edition;

static void
add_files (PlOwnPages *pages, const PlCertificate *authority)
{
  g_autoptr (GBytes) der = pl_certificate_dup_der (authority);
  g_autoptr (GBytes) pem = pl_certificate_chain_to_pem (authority);
  g_autoptr (GBytes) profile = pl_trust_profile_new (authority);

  pl_own_pages_add (pages, PL_TRUST_DER_PATH, NULL, NULL, "application/x-x509-ca-cert", der);
  pl_own_pages_add (pages, PL_TRUST_PEM_PATH, NULL, NULL, "application/x-pem-file", pem);
  pl_own_pages_add (pages, PL_TRUST_PROFILE_PATH, NULL, NULL, "application/x-apple-aspen-config",
                    profile);
}

/* At an address of its own, and at the one of all for the browsers that say so. */
static void
add_page (PlOwnPages *pages, const PlTrustDevice *device, const char *language, GBytes *page)
{
  g_autofree char *path = g_strconcat (PL_TRUST_PATH "/", device->id, NULL);

  pl_own_pages_add (pages, path, NULL, language, HTML, page);
  for (guint i = 0; i < G_N_ELEMENTS (device->agents) && device->agents[i] != NULL; i++)
    pl_own_pages_add (pages, PL_TRUST_PATH, device->agents[i], language, HTML, page);
}

/* Who says nothing of a device is shown the first one's page, which leads to all others. */
static void
add_edition (PlOwnPages *pages, const Edition *edition)
{
  guint n_devices;
  const PlTrustDevice *devices = pl_trust_devices (&n_devices);
  g_autoptr (GBytes) first = NULL;

  for (guint i = 0; i < n_devices; i++)
    {
      g_autoptr (GBytes) page
          = pl_trust_page_new (&devices[i], edition->authority, edition->language, edition->words,
                               edition->is_plain_served);
      add_page (pages, &devices[i], edition->language, page);
      if (first == NULL)
        first = g_bytes_ref (page);
    }
  pl_own_pages_add (pages, PL_TRUST_PATH, NULL, edition->language, HTML, first);
}

/* In a language that a phone may ask for. @code: as catalogues are called: `pt_BR`. */
static void
add_translated (PlOwnPages *pages, Edition edition, const char *code)
{
  g_autoptr (PlCatalogue) words = pl_catalogue_open (code);
  g_autofree char *language = g_strdelimit (g_strdup (code), "_", '-');

  if (words == NULL)
    return;
  edition.language = language;
  edition.words = words;
  add_edition (pages, &edition);
}

PlOwnPages *
pl_trust_new_pages (const PlCertificate *authority, gboolean is_plain_served)
{
  PlOwnPages *pages = pl_own_pages_new ();
  Edition edition = { NULL, NULL, authority, is_plain_served };
  g_auto (GStrv) languages = NULL;

  if (authority == NULL)
    return pages;
  add_files (pages, authority);
  add_edition (pages, &edition);
  add_translated (pages, edition, ENGLISH);
  languages = pl_catalogue_dup_languages ();
  for (guint i = 0; languages[i] != NULL; i++)
    add_translated (pages, edition, languages[i]);
  return pages;
}
