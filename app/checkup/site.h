/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is checked: this Porchlight, how it is set, and what is behind it. A value, taken when the
 * check-up begins. */

#pragma once

#include "app/engine/engine.h"
#include "app/finder/interfaces.h"
#include "app/settings/proof.h"

/**
 * PlCheckSite:
 * @local_url: Porchlight, as this computer reaches it
 * @port: where it listens
 * @exposure: who may come in
 * @world, @home: what the internet and the network at home may see, where they may come in
 * @has_guest_uploads: guests may send photos where their link allows it
 * @also_links: (nullable): what guests may ask for beside what share pages are known to need
 * @is_paused: nobody may
 * @addresses: what other devices type, as pl_engine_get_addresses()
 * @upstream_urls: where Immich is, or its server part
 * @proof: (nullable): how they show who they are, where it is not for the system to say
 * @ca_file: (nullable): who is believed then
 * @strips_api: requests for `/api` go there without it
 * @response_timeout_s: the shortest of the upstreams'
 * @interfaces: (element-type PlInterface): of this computer
 * @is_encrypted: whether there are certificates to encrypt with
 * @is_for_home: they are by this computer's own authority, which is for addresses at home alone
 * @is_awaited: they stand in until an authority on the internet has made one
 * @trusted_pem: (nullable): as pl_engine_dup_trusted()
 * @encryption_words: (nullable): as pl_engine_get_encryption_words()
 * @acme_words: (nullable): as pl_engine_get_acme_words()
 * @is_acme_busy: the authority is being asked
 * @certificate_words: (nullable): what is to be said of the certificates, and what to do
 * @certificate_is_grave: browsers refuse them, or they cannot be renewed
 * @firewall_words: (nullable): whom the firewall keeps out or will ask about, and what to do
 * @firewall_commands: (nullable): lines that belong to @firewall_words
 * @name_state: what has become of the name by which devices at home find this computer
 * @name_url: (nullable): as pl_engine_dup_name_url()
 * @name_words: (nullable): as pl_engine_dup_name_words()
 * @engine: (nullable): to look at requests on their way; %NULL: what needs that is left out
 */
typedef struct
{
  char *local_url;
  guint16 port;
  PlExposure exposure;
  PlDoorRule world;
  PlDoorRule home;
  gboolean has_guest_uploads;
  char **also_links;
  gboolean is_paused;
  char **addresses;
  char **upstream_urls;
  PlProof *proof;
  char *ca_file;
  gboolean strips_api;
  guint response_timeout_s;
  GArray *interfaces;
  gboolean is_encrypted;
  gboolean is_for_home;
  gboolean is_awaited;
  char *trusted_pem;
  char *encryption_words;
  char *acme_words;
  gboolean is_acme_busy;
  char *certificate_words;
  gboolean certificate_is_grave;
  char *firewall_words;
  char *firewall_commands;
  PlLocalNameState name_state;
  char *name_url;
  char *name_words;
  PlEngine *engine;
} PlCheckSite;

/** pl_check_site_new: (transfer full): of the program that runs. */
PlCheckSite *pl_check_site_new (PlEngine *engine);
void pl_check_site_free (PlCheckSite *site);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlCheckSite, pl_check_site_free)

/** pl_check_site_sees_links: whether whoever comes from the host of @url is shown only what was
 * shared by link, as this computer itself is when it asks by that address. */
gboolean pl_check_site_sees_links (const PlCheckSite *site, const char *url);
