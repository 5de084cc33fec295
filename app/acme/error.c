/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/error.h"

/* What an error has beside its words. */
typedef struct
{
  gint64 retry_s;
} PlAcmeErrorPrivate;

static void
pl_acme_error_private_init (PlAcmeErrorPrivate *more)
{
}

static void
pl_acme_error_private_copy (const PlAcmeErrorPrivate *from, PlAcmeErrorPrivate *to)
{
  *to = *from;
}

static void
pl_acme_error_private_clear (PlAcmeErrorPrivate *more)
{
}

G_DEFINE_EXTENDED_ERROR (PlAcmeError, pl_acme_error)

gint64
pl_acme_error_get_retry_s (const GError *error)
{
  g_return_val_if_fail (error->domain == PL_ACME_ERROR, 0);

  return pl_acme_error_get_private (error)->retry_s;
}

GError *
pl_acme_error_new (PlAcmeError code, gint64 retry_s, const char *words)
{
  GError *error = g_error_new_literal (PL_ACME_ERROR, code, words);

  pl_acme_error_get_private (error)->retry_s = retry_s;
  return error;
}
