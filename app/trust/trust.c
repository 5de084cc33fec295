/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/trust/trust.h"

#include "app/certificates/write.h"
#include "app/trust/devices.h"
#include "app/trust/page.h"
#include "app/trust/profile.h"

#define HTML "text/html; charset=utf-8"

static void
add_files (PlOwnPages *pages, const PlCertificate *authority)
{
  g_autoptr (GBytes) der = pl_certificate_dup_der (authority);
  g_autoptr (GBytes) pem = pl_certificate_chain_to_pem (authority);
  g_autoptr (GBytes) profile = pl_trust_profile_new (authority);

  pl_own_pages_add (pages, PL_TRUST_DER_PATH, NULL, "application/x-x509-ca-cert", der);
  pl_own_pages_add (pages, PL_TRUST_PEM_PATH, NULL, "application/x-pem-file", pem);
  pl_own_pages_add (pages, PL_TRUST_PROFILE_PATH, NULL, "application/x-apple-aspen-config",
                    profile);
}

/* At an address of its own, and at the one of all for the browsers that say so. */
static void
add_page (PlOwnPages *pages, const PlTrustDevice *device, GBytes *page)
{
  g_autofree char *path = g_strconcat (PL_TRUST_PATH "/", device->id, NULL);

  pl_own_pages_add (pages, path, NULL, HTML, page);
  for (guint i = 0; i < G_N_ELEMENTS (device->agents) && device->agents[i] != NULL; i++)
    pl_own_pages_add (pages, PL_TRUST_PATH, device->agents[i], HTML, page);
}

/* Who says nothing is shown the first, which leads to all others. */
PlOwnPages *
pl_trust_new_pages (const PlCertificate *authority, gboolean is_plain_served)
{
  PlOwnPages *pages = pl_own_pages_new ();
  guint n_devices;
  const PlTrustDevice *devices = pl_trust_devices (&n_devices);
  g_autoptr (GBytes) first = NULL;

  if (authority == NULL)
    return pages;
  add_files (pages, authority);
  for (guint i = 0; i < n_devices; i++)
    {
      g_autoptr (GBytes) page = pl_trust_page_new (&devices[i], authority, is_plain_served);
      add_page (pages, &devices[i], page);
      if (first == NULL)
        first = g_bytes_ref (page);
    }
  pl_own_pages_add (pages, PL_TRUST_PATH, NULL, HTML, first);
  return pages;
}
