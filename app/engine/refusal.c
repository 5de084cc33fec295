/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/refusal.h"

#include <string.h>

#include "app/i18n.h"
#include "app/system/own_addresses.h"

#define FIRST_OFFERED 8080

/**
 * PlRefusal:
 * @error: (nullable): %NULL: nothing is refused
 * @reason: of @error
 * @missing: (nullable): an address that is to be listened on and is not this computer's
 * @owner: (nullable): who has @port, in words, once that is known
 * @looking: (nullable): cancelled when nobody wants to know the owner any more
 */
struct _PlRefusal
{
  guint16 port;
  GError *error;
  PlRefusalReason reason;
  char *missing;
  char *owner;
  GCancellable *looking;
  PlRefusalFunc on_known;
  gpointer user_data;
};

/* Ports */

guint16
pl_port_find_free (guint16 port)
{
  guint16 other = MAX (port, FIRST_OFFERED);

  while (other == port || !pl_port_owner_is_free (other)
         || pl_port_find_keeper (other) != PL_PORT_KEPT_BY_NOBODY)
    other = other < G_MAXUINT16 ? other + 1 : FIRST_OFFERED;
  return other;
}

static gboolean
stays_as_it_is (const PlConfig *config, const PlConfig *before)
{
  return before != NULL && before->port == config->port && before->exposure == config->exposure;
}

/* Whoever says where to listen may well want what is left of a port. */
gboolean
pl_port_check (const PlConfig *config, const PlConfig *before, GError **error)
{
  if (stays_as_it_is (config, before) || config->bind != NULL
      || !pl_port_owner_would_share (config->port))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "Port %u has a listener already",
               config->port);
  return FALSE;
}

char *
pl_port_dup_owner_words (guint16 port)
{
  g_autoptr (PlPortOwner) owner = pl_port_owner_find (port);

  if (owner != NULL && owner->program != NULL)
    return g_strdup_printf (_ ("%s (process %d)"), owner->program, owner->process);
  if (owner != NULL && owner->user != NULL)
    return g_strdup_printf (_ ("a program of the user %s"), owner->user);
  return g_strdup (_ ("another program"));
}

/* Reasons */

PlRefusalReason
pl_refusal_reason_of (const GError *error, PlPortKeeper keeper, gboolean is_free)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    return PL_REFUSED_TAKEN;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return PL_REFUSED_OTHER;
  switch (keeper)
    {
    case PL_PORT_KEPT_FOR_PRIVILEGED:
      return PL_REFUSED_PRIVILEGED;
    case PL_PORT_KEPT_BY_WINDOWS:
      return PL_REFUSED_RESERVED;
    case PL_PORT_KEPT_BY_NOBODY:
      /* On Windows a program may have a port in such a way that it is refused like this. */
      return is_free ? PL_REFUSED_OTHER : PL_REFUSED_TAKEN;
    }
  g_return_val_if_reached (PL_REFUSED_OTHER);
}

PlRefusalReason
pl_refusal_find_reason (const GError *error, guint16 port)
{
  return pl_refusal_reason_of (error, pl_port_find_keeper (port), pl_port_owner_is_free (port));
}

/* Words */

static void
add_other_port (PlTrouble *trouble, guint16 port)
{
  guint16 other = pl_port_find_free (port);
  /* Translators: a button; the number of a port */
  g_autofree char *label = g_strdup_printf (_ ("_Use %u"), other);

  pl_trouble_add_remedy (trouble, PL_REMEDY_USE_PORT, label, other);
  pl_trouble_add_remedy (trouble, PL_REMEDY_CHOOSE_PORT, _ ("_Choose…"), 0);
}

static PlTrouble *
diagnose_taken (guint16 port, const char *owner)
{
  g_autofree char *words
      = owner != NULL
            /* Translators: a port's number, and who has it: "nginx (process 123)" */
            ? g_strdup_printf (_ ("Port %u is taken by %s. Use another one, or end that program."),
                               port, owner)
            : g_strdup_printf (_ ("Port %u is taken by another program."), port);
  PlTrouble *trouble = pl_trouble_new (PL_TROUBLE_PORT_TAKEN, words);

  add_other_port (trouble, port);
  pl_trouble_add_remedy (trouble, PL_REMEDY_RETRY, _ ("_Try Again"), 0);
  return trouble;
}

/* Takes @words. */
static PlTrouble *
diagnose_forbidden (guint16 port, char *words)
{
  PlTrouble *trouble = pl_trouble_new (PL_TROUBLE_PORT_FORBIDDEN, words);

  add_other_port (trouble, port);
  g_free (words);
  return trouble;
}

static PlTrouble *
diagnose_privileged (guint16 port)
{
  return diagnose_forbidden (
      port,
      g_strdup_printf (
          _ ("Port %u is kept for privileged programs. Use one above %d; phones do not mind."),
          port, PL_PORT_FIRST_ORDINARY - 1));
}

static PlTrouble *
diagnose_reserved (guint16 port)
{
  return diagnose_forbidden (
      port,
      g_strdup_printf (_ ("Windows keeps port %u for itself, as it does with some for Hyper-V, "
                          "WSL and Docker. Use another one; phones do not mind."),
                       port));
}

static PlTrouble *
diagnose_other (const PlRefusal *refusal)
{
  const char *detail = refusal->error->message;
  g_autofree char *words
      = refusal->missing != NULL
            /* Translators: an address, and what the system says */
            ? g_strdup_printf (_ ("This computer does not have the address %s now (%s). Devices "
                                  "are let in as soon as it does."),
                               refusal->missing, detail)
            : g_strdup_printf (_ ("No device can be let in: %s."), detail);
  PlTrouble *trouble = pl_trouble_new (PL_TROUBLE_NOT_LISTENING, words);

  pl_trouble_add_remedy (trouble, PL_REMEDY_RETRY, _ ("_Try Again"), 0);
  pl_trouble_add_remedy (trouble, PL_REMEDY_CHOOSE_PORT, _ ("_Settings"), 0);
  return trouble;
}

/* Addresses */

static gboolean
is_own (GInetAddress *address, const GArray *own)
{
  for (guint i = 0; i < own->len; i++)
    {
      const PlOwnAddress *at = &g_array_index (own, PlOwnAddress, i);
      if (at->family == g_inet_address_get_family (address)
          && memcmp (at->octets, g_inet_address_to_bytes (address),
                     g_inet_address_get_native_size (address))
                 == 0)
        return TRUE;
    }
  return g_inet_address_get_is_any (address) || g_inet_address_get_is_loopback (address);
}

const char *
pl_bind_find_missing (const PlConfig *config)
{
  g_autoptr (GArray) own = pl_own_addresses_read ();

  for (guint i = 0; config->bind != NULL && config->bind[i] != NULL; i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (config->bind[i]);
      if (address != NULL && !is_own (address, own))
        return config->bind[i];
    }
  return NULL;
}

/* The owner, on another thread */

static void
owner_task_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, pl_port_dup_owner_words ((guint16) GPOINTER_TO_UINT (data)), g_free);
}

static void
owner_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlRefusal *refusal = user_data;
  g_autofree char *owner = g_task_propagate_pointer (G_TASK (result), NULL);

  if (owner == NULL) /* cancelled: the refusal may be gone, too */
    return;
  refusal->owner = g_steal_pointer (&owner);
  refusal->on_known (refusal->user_data);
}

static void
look_for_owner (PlRefusal *refusal)
{
  g_autoptr (GTask) task = NULL;

  refusal->looking = g_cancellable_new ();
  task = g_task_new (NULL, refusal->looking, owner_found_cb, refusal);
  g_task_set_task_data (task, GUINT_TO_POINTER (refusal->port), NULL);
  g_task_run_in_thread (task, owner_task_cb);
}

/* The refusal */

static gboolean
is_taken (const PlRefusal *refusal)
{
  return refusal->reason == PL_REFUSED_TAKEN;
}

PlRefusal *
pl_refusal_new (PlRefusalFunc on_known, gpointer user_data)
{
  PlRefusal *refusal = g_new0 (PlRefusal, 1);

  refusal->on_known = on_known;
  refusal->user_data = user_data;
  return refusal;
}

void
pl_refusal_free (PlRefusal *refusal)
{
  pl_refusal_clear (refusal);
  g_free (refusal);
}

void
pl_refusal_clear (PlRefusal *refusal)
{
  if (refusal->looking != NULL)
    g_cancellable_cancel (refusal->looking);
  g_clear_object (&refusal->looking);
  g_clear_error (&refusal->error);
  g_clear_pointer (&refusal->missing, g_free);
  g_clear_pointer (&refusal->owner, g_free);
}

void
pl_refusal_set (PlRefusal *refusal, const PlConfig *config, const GError *error)
{
  pl_refusal_clear (refusal);
  refusal->port = config->port;
  refusal->error = g_error_copy (error);
  refusal->reason = pl_refusal_find_reason (error, config->port);
  refusal->missing = g_strdup (pl_bind_find_missing (config));
  if (is_taken (refusal))
    look_for_owner (refusal);
}

gboolean
pl_refusal_is_set (const PlRefusal *refusal)
{
  return refusal->error != NULL;
}

PlTrouble *
pl_refusal_new_trouble (const PlRefusal *refusal)
{
  g_return_val_if_fail (refusal->error != NULL, NULL);

  switch (refusal->reason)
    {
    case PL_REFUSED_TAKEN:
      return diagnose_taken (refusal->port, refusal->owner);
    case PL_REFUSED_PRIVILEGED:
      return diagnose_privileged (refusal->port);
    case PL_REFUSED_RESERVED:
      return diagnose_reserved (refusal->port);
    case PL_REFUSED_OTHER:
      return diagnose_other (refusal);
    }
  g_return_val_if_reached (NULL);
}

char *
pl_refusal_dup_words (const PlRefusal *refusal)
{
  g_autoptr (PlTrouble) trouble = pl_refusal_new_trouble (refusal);
  g_autofree char *owner = NULL;

  if (!is_taken (refusal))
    return g_strdup (pl_trouble_get_words (trouble));
  owner = pl_port_dup_owner_words (refusal->port);
  /* Translators: a port's number, who has it, and a port that nobody has */
  return g_strdup_printf (_ ("Port %u is taken by %s; %u is free."), refusal->port, owner,
                          pl_port_find_free (refusal->port));
}
