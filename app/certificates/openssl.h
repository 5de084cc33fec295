/* SPDX-License-Identifier: GPL-3.0-or-later */

/* OpenSSL's values as GLib's automatic pointers. */

#pragma once

#include <glib.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/** PlX509Stack, PlX509Extensions: certificates, and extensions, each a reference of the stack's. */
typedef STACK_OF (X509) PlX509Stack;
typedef STACK_OF (X509_EXTENSION) PlX509Extensions;

static inline void
pl_x509_stack_free (PlX509Stack *stack)
{
  sk_X509_pop_free (stack, X509_free);
}

static inline void
pl_x509_extensions_free (PlX509Extensions *extensions)
{
  sk_X509_EXTENSION_pop_free (extensions, X509_EXTENSION_free);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_OBJECT, ASN1_OBJECT_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_OCTET_STRING, ASN1_OCTET_STRING_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ECDSA_SIG, ECDSA_SIG_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GENERAL_NAMES, GENERAL_NAMES_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PKCS12, PKCS12_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_REQ, X509_REQ_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE, X509_STORE_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE_CTX, X509_STORE_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlX509Extensions, pl_x509_extensions_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlX509Stack, pl_x509_stack_free)
