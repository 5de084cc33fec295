/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a handshake failed, from what OpenSSL says: an alert of the peer (RFC 8446 §6), or what we
 * minded. */

#include <openssl/err.h>

#include "net/io/tls_openssl.h"

static PlTlsFailure
read_alert (int alert)
{
  switch (alert)
    {
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
      return PL_TLS_FAILURE_UNTRUSTED;
    case SSL_AD_CERTIFICATE_EXPIRED:
      return PL_TLS_FAILURE_EXPIRED;
    case SSL_AD_PROTOCOL_VERSION:
    case SSL_AD_INSUFFICIENT_SECURITY:
      return PL_TLS_FAILURE_TOO_OLD;
    case SSL_AD_NO_APPLICATION_PROTOCOL:
      return PL_TLS_FAILURE_PROTOCOL;
    case SSL_AD_USER_CANCELLED:
      return PL_TLS_FAILURE_CLOSED;
    default: /* a registry that grows */
      return PL_TLS_FAILURE_OTHER;
    }
}

static PlTlsFailure
read_reason (int reason)
{
  switch (reason)
    {
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
      return PL_TLS_FAILURE_CLOSED;
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_UNKNOWN_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_SHARED_GROUPS:
    case SSL_R_NO_SUITABLE_KEY_SHARE:
    case SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS:
    case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
      return PL_TLS_FAILURE_TOO_OLD;
    case SSL_R_NO_APPLICATION_PROTOCOL:
      return PL_TLS_FAILURE_PROTOCOL;
    default: /* OpenSSL's list, which grows */
      return PL_TLS_FAILURE_OTHER;
    }
}

static PlTlsFailure
read_verdict (long verdict)
{
  switch (verdict)
    {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return PL_TLS_FAILURE_EXPIRED;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return PL_TLS_FAILURE_NAME;
    default: /* OpenSSL's list, which grows */
      return PL_TLS_FAILURE_UNTRUSTED;
    }
}

PlTlsFailure
pl_tls_find_failure (SSL *ssl)
{
  unsigned long code = ERR_peek_error ();
  int reason = ERR_GET_REASON (code);

  ERR_clear_error ();
  if (code == 0)
    return PL_TLS_FAILURE_CLOSED;
  if (ERR_GET_LIB (code) != ERR_LIB_SSL)
    return PL_TLS_FAILURE_OTHER;
  if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED)
    return read_verdict (SSL_get_verify_result (ssl));
  return reason > SSL_AD_REASON_OFFSET ? read_alert (reason - SSL_AD_REASON_OFFSET)
                                       : read_reason (reason);
}
