/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/verdict.h"

#include <string.h>

#include "app/finder/ask.h"
#include "app/finder/interfaces.h"
#include "app/finder/locate.h"
#include "app/i18n.h"
#include "app/settings/immich_address.h"

/* Longer than between two keys, shorter than one would wait. */
#define STILL_MS 350

#define TIMEOUT_MS 4000

struct _PlVerdict
{
  GObject parent_instance;

  guint16 own_port;
  SoupSession *session;
  char *text;
  PlImmichAddress *address;
  guint n_asked; /* of the addresses it may mean */
  guint timer;
  GCancellable *cancellable; /* of the question under way */

  PlVerdictKind kind;
  char *words;
  PlFinding *finding;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlVerdict, pl_verdict, G_TYPE_OBJECT)

static void
stop (PlVerdict *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->address, pl_immich_address_free);
}

static void
give (PlVerdict *self, PlVerdictKind kind, char *words)
{
  self->kind = kind;
  g_free (self->words);
  self->words = words;
  if (kind != PL_VERDICT_IMMICH)
    g_clear_object (&self->finding);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void ask (PlVerdict *self);

static PlPlace *
dup_place (PlVerdict *self, const PlProbe *probe)
{
  g_autoptr (GUri) uri = g_uri_parse (probe->url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GArray) interfaces = pl_interfaces_read ();

  return pl_place_new (pl_interfaces_has (interfaces, self->address->host) ? PL_PLACE_COMPUTER
                                                                           : PL_PLACE_NETWORK,
                       self->address->host, g_uri_get_port (uri));
}

static void
give_found (PlVerdict *self, PlProbe *probe)
{
  g_clear_object (&self->finding);
  self->finding = pl_finding_new (dup_place (self, probe), probe);
  give (self, PL_VERDICT_IMMICH, pl_finding_dup_words (self->finding));
}

static void
give_part (PlVerdict *self, const PlProbe *probe)
{
  g_autofree char *version = pl_probe_dup_version (probe);

  give (self, PL_VERDICT_OTHER,
        probe->kind == PL_PROBE_SERVER
            ? g_strdup_printf (_ ("This is the server part of Immich %s. Its web part, which is "
                                  "needed too, was not found at port 3000."),
                               version)
            : g_strdup (_ ("This is the web part of an old Immich. Its server, which is needed "
                           "too, was not found at port 3001.")));
}

static void
judge (PlVerdict *self, PlProbe *owned_probe)
{
  g_autoptr (PlProbe) probe = owned_probe;

  if (pl_probe_is_immich (probe))
    give_found (self, g_steal_pointer (&probe));
  else if (probe->kind == PL_PROBE_OTHER)
    give (self, PL_VERDICT_OTHER, g_steal_pointer (&probe->remark));
  else if (probe->kind == PL_PROBE_NOBODY)
    give (self, PL_VERDICT_NOBODY,
          g_strdup_printf (_ ("No answer: %s. Immich may not be running."), probe->remark));
  else
    give_part (self, probe);
}

static void
located_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlVerdict) self = user_data;
  g_autoptr (PlProbe) probe = pl_locate_finish (result, NULL);

  /* Cancelled: another text stands there by now, and may have its own question under way. */
  if (probe == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (!pl_probe_is_immich (probe) && self->address->urls[self->n_asked] != NULL)
    ask (self);
  else
    judge (self, g_steal_pointer (&probe));
}

static void
ask (PlVerdict *self)
{
  self->cancellable = g_cancellable_new ();
  pl_locate_async (self->session, self->address->urls[self->n_asked++], TIMEOUT_MS,
                   self->cancellable, located_cb, g_object_ref (self));
}

static gboolean
is_own (PlVerdict *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->address->urls[0], SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GArray) interfaces = pl_interfaces_read ();

  return g_uri_get_port (uri) == self->own_port
         && pl_interfaces_has (interfaces, self->address->host);
}

static gboolean
still_cb (gpointer user_data)
{
  PlVerdict *self = user_data;
  g_autoptr (GError) error = NULL;

  self->timer = 0;
  self->n_asked = 0;
  self->address = pl_immich_address_read (self->text, &error);
  if (self->address == NULL)
    give (self, PL_VERDICT_NO_ADDRESS, g_strdup (error->message));
  else if (is_own (self))
    give (self, PL_VERDICT_OTHER,
          g_strdup (_ ("This is Porchlight itself. Type where Immich is.")));
  else
    ask (self);
  return G_SOURCE_REMOVE;
}

void
pl_verdict_set_text (PlVerdict *self, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  g_return_if_fail (PL_IS_VERDICT (self));

  if (strcmp (stripped, self->text) == 0)
    return;
  stop (self);
  g_free (self->text);
  self->text = g_steal_pointer (&stripped);
  if (*self->text == '\0')
    {
      give (self, PL_VERDICT_NONE, g_strdup (""));
      return;
    }
  self->timer = g_timeout_add (STILL_MS, still_cb, self);
  give (self, PL_VERDICT_ASKING, g_strdup (_ ("Asking who is there…")));
}

PlVerdictKind
pl_verdict_get_kind (PlVerdict *self)
{
  g_return_val_if_fail (PL_IS_VERDICT (self), PL_VERDICT_NONE);

  return self->kind;
}

const char *
pl_verdict_get_words (PlVerdict *self)
{
  g_return_val_if_fail (PL_IS_VERDICT (self), NULL);

  return self->words;
}

PlFinding *
pl_verdict_get_finding (PlVerdict *self)
{
  g_return_val_if_fail (PL_IS_VERDICT (self), NULL);

  return self->finding;
}

static void
pl_verdict_dispose (GObject *object)
{
  stop (PL_VERDICT (object));
  G_OBJECT_CLASS (pl_verdict_parent_class)->dispose (object);
}

static void
pl_verdict_finalize (GObject *object)
{
  PlVerdict *self = PL_VERDICT (object);

  g_clear_object (&self->finding);
  g_object_unref (self->session);
  g_free (self->words);
  g_free (self->text);
  G_OBJECT_CLASS (pl_verdict_parent_class)->finalize (object);
}

PlVerdict *
pl_verdict_new (guint16 own_port)
{
  PlVerdict *self = g_object_new (PL_TYPE_VERDICT, NULL);

  self->own_port = own_port;
  return self;
}

static void
pl_verdict_class_init (PlVerdictClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pl_verdict_dispose;
  object_class->finalize = pl_verdict_finalize;

  signals[CHANGED] = g_signal_new ("changed", PL_TYPE_VERDICT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
pl_verdict_init (PlVerdict *self)
{
  self->session = pl_ask_new_session ();
  self->text = g_strdup ("");
  self->words = g_strdup ("");
}
