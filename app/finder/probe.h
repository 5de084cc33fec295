/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is at an address: an Immich, a part of an old one, something else, nobody? */

#pragma once

#include <libsoup/soup.h>

/**
 * PlProbeKind:
 * @PL_PROBE_NOBODY: no answer
 * @PL_PROBE_PORCHLIGHT: this program itself, be it by way of others
 * @PL_PROBE_OTHER: something that is no Immich
 * @PL_PROBE_WHOLE: an Immich that takes everything, be it with a proxy of its own
 * @PL_PROBE_SERVER: the server part of an Immich up to 1.87, which wants paths without `/api`
 * @PL_PROBE_WEB: its web part
 */
typedef enum
{
  PL_PROBE_NOBODY,
  PL_PROBE_PORCHLIGHT,
  PL_PROBE_OTHER,
  PL_PROBE_WHOLE,
  PL_PROBE_SERVER,
  PL_PROBE_WEB,
} PlProbeKind;

/**
 * PlProbeMode:
 * @PL_PROBE_MODE_USUAL: it serves its users, or nothing is known of that
 * @PL_PROBE_MODE_MAINTENANCE: its administrator has put it into maintenance, and can end that on
 *   the page which it shows then
 */
typedef enum
{
  PL_PROBE_MODE_USUAL,
  PL_PROBE_MODE_MAINTENANCE,
} PlProbeMode;

/**
 * PlProbe:
 * @url: where it was asked
 * @health_path: (nullable): what its pings are, of those that have any
 * @web_url: (nullable): of a server: where its web part is
 * @server_url: (nullable): of a web part: where its server is
 * @major, @minor, @patch: its version; all 0 when it does not say
 * @remark: (nullable): a sentence on who else it is, or on why nobody answers
 * @took_us: how long the first question was under way
 * @date_s: what its clock says, going by the `Date` of its first answer, in seconds since 1970; 0:
 *   it does not say
 * @asked_s: what ours said then
 */
typedef struct
{
  PlProbeKind kind;
  PlProbeMode mode;
  char *url;
  const char *health_path;
  char *web_url;
  char *server_url;
  guint major;
  guint minor;
  guint patch;
  char *remark;
  gint64 took_us;
  gint64 date_s;
  gint64 asked_s;
} PlProbe;

void pl_probe_free (PlProbe *probe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlProbe, pl_probe_free)

/** pl_probe_is_immich: whether all requests can be sent there: a whole one, or both parts. */
gboolean pl_probe_is_immich (const PlProbe *probe);

/** pl_probe_is_of_immich: whether what answers belongs to an Immich, be it a part alone. */
gboolean pl_probe_is_of_immich (const PlProbe *probe);

/** pl_probe_is_in_maintenance: whether it is an Immich that serves nobody but its administrator. */
gboolean pl_probe_is_in_maintenance (const PlProbe *probe);

/** pl_probe_is_at_least: whether its version is known, and that or a later one. */
gboolean pl_probe_is_at_least (const PlProbe *probe, guint major, guint minor);

/** pl_probe_dup_version: (transfer full): `1.135`, or that it is not known. */
char *pl_probe_dup_version (const PlProbe *probe);

/** pl_probe_dup_exact_version: (transfer full) (nullable): `1.135.3`; %NULL: it is not known. */
char *pl_probe_dup_exact_version (const PlProbe *probe);

/**
 * pl_probe_async:
 * @session: of pl_ask_new_session()
 * @url: `http://host:port`
 * @timeout_ms: for each question
 */
void pl_probe_async (SoupSession *session,
                     const char *url,
                     guint timeout_ms,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);

/** pl_probe_finish: (transfer full): %NULL only with %G_IO_ERROR_CANCELLED. */
PlProbe *pl_probe_finish (GAsyncResult *result, GError **error);
