/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The daemon's certificates: wished for by its settings, kept fit, and told of in lines. */

#pragma once

#include "app/engine/encryption.h"
#include "app/settings/problems.h"
#include "app/settings/settings.h"

typedef struct _PlDaemonCertificates PlDaemonCertificates;

/** PlDaemonCertificatesFunc: others are to be shown from now on, or to an authority that asks. */
typedef void (*PlDaemonCertificatesFunc) (gpointer user_data);

PlDaemonCertificates *pl_daemon_certificates_new (PlDaemonCertificatesFunc on_changed,
                                                  gpointer user_data);
void pl_daemon_certificates_free (PlDaemonCertificates *certificates);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlDaemonCertificates, pl_daemon_certificates_free)

/**
 * pl_daemon_certificates_want:
 * @settings_path: where @settings are stored
 * @config: not applied yet; is given what @settings wish for
 *
 * Once @config runs, pl_daemon_certificates_hold() is due; if it cannot, what ran before goes on,
 * and pl_daemon_certificates_go_back().
 *
 * Returns: %FALSE with a problem added when there is nothing to encrypt with; nothing is due then
 */
gboolean pl_daemon_certificates_want (PlDaemonCertificates *certificates,
                                      const PlSettings *settings,
                                      const char *settings_path,
                                      PlConfig *config,
                                      PlProblems *problems);

/** pl_daemon_certificates_hold: what was wanted last is followed, asked for and renewed from now
 * on. What changed files hold is taken up a moment later. */
void pl_daemon_certificates_hold (PlDaemonCertificates *certificates);

/** pl_daemon_certificates_go_back: what was wanted before holds on. */
void pl_daemon_certificates_go_back (PlDaemonCertificates *certificates);

/** pl_daemon_certificates_equip: gives @config, which is not applied yet, what there is now; see
 * pl_encryption_equip(). */
gboolean
pl_daemon_certificates_equip (PlDaemonCertificates *certificates, PlConfig *config, GError **error);

/** pl_daemon_certificates_call: as pl_certificate_keeper_call(). */
void pl_daemon_certificates_call (PlDaemonCertificates *certificates, const char *host);

/** pl_daemon_certificates_end: the program is about to end: no authority is asked any more. What
 * runs is waited for by pl_daemon_certificates_free(), for seconds at most. */
void pl_daemon_certificates_end (PlDaemonCertificates *certificates);

/** pl_daemon_certificates_look: the computer has come into another network. */
void pl_daemon_certificates_look (PlDaemonCertificates *certificates);

/** pl_daemon_certificates_get: (transfer none): those of now, until the next change. */
const PlGathering *pl_daemon_certificates_get (const PlDaemonCertificates *certificates);

/** pl_daemon_certificates_say: a line for each, and for what is to be said of them. */
void pl_daemon_certificates_say (PlDaemonCertificates *certificates);

/** pl_daemon_certificates_say_others: the same, if others were wished for since then. */
void pl_daemon_certificates_say_others (PlDaemonCertificates *certificates);
