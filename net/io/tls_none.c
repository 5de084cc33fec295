/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A build without OpenSSL: there are no contexts, so there are no encrypted streams. */

#include <gio/gio.h>

#include "net/i18n.h"
#include "net/io/tls.h"

gboolean
pl_tls_is_built_in (void)
{
  return FALSE;
}

static PlTlsContext *
fail (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       _ ("This build of Porchlight has no HTTPS"));
  return NULL;
}

PlTlsContext *
pl_tls_context_new_server (const PlTlsCertificate *certificates,
                           guint n_certificates,
                           const char *const *protocols,
                           GError **error)
{
  return fail (error);
}

PlTlsContext *
pl_tls_context_new_client (gboolean verifies, GBytes *authorities, GError **error)
{
  return fail (error);
}

PlTlsContext *
pl_tls_context_ref (PlTlsContext *context)
{
  return context;
}

void
pl_tls_context_unref (PlTlsContext *context)
{
}

void
pl_tls_begin_server (PlStream *stream,
                     PlTlsContext *context,
                     PlBufferPool *buffers,
                     PlBuffer *received)
{
  g_return_if_reached ();
}

void
pl_tls_begin_client (PlStream *stream,
                     PlTlsContext *context,
                     PlBufferPool *buffers,
                     const char *host)
{
  g_return_if_reached ();
}

PlIo
pl_tls_handshake (PlStream *stream)
{
  g_return_val_if_reached (PL_IO_BROKEN);
}

PlReady
pl_tls_get_wants (const PlStream *stream)
{
  g_return_val_if_reached (0);
}

PlTlsFailure
pl_tls_get_failure (const PlStream *stream)
{
  g_return_val_if_reached (PL_TLS_FAILURE_OTHER);
}

const PlTlsFacts *
pl_tls_get_facts (const PlStream *stream)
{
  return NULL;
}
