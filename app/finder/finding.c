/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/finding.h"

#include <string.h>

#include "app/i18n.h"

struct _PlFinding
{
  GObject parent_instance;

  PlPlace *place;
  PlProbe *probe;
};

G_DEFINE_FINAL_TYPE (PlFinding, pl_finding, G_TYPE_OBJECT)

static gboolean
has_parts (PlFinding *self)
{
  return self->probe->kind != PL_PROBE_WHOLE;
}

const char *
pl_finding_get_url (PlFinding *self)
{
  g_return_val_if_fail (PL_IS_FINDING (self), NULL);

  return has_parts (self) ? self->probe->server_url : self->probe->url;
}

const char *
pl_finding_get_web_url (PlFinding *self)
{
  g_return_val_if_fail (PL_IS_FINDING (self), NULL);

  return has_parts (self) ? self->probe->web_url : NULL;
}

const char *
pl_finding_get_health_path (PlFinding *self)
{
  g_return_val_if_fail (PL_IS_FINDING (self), NULL);

  return self->probe->health_path;
}

static char *
dup_words_of_parts (PlFinding *self, const char *version)
{
  if (self->place->kind == PL_PLACE_COMPUTER)
    return g_strdup_printf (
        _ ("Immich %s on this computer, server and web apart: we will route for it"), version);
  return g_strdup_printf (_ ("Immich %s at %s, server and web apart: we will route for it"),
                          version, self->place->host);
}

static char *
dup_where (PlFinding *self)
{
  g_autofree char *version = pl_probe_dup_version (self->probe);
  if (has_parts (self))
    return dup_words_of_parts (self, version);
  switch (self->place->kind)
    {
    case PL_PLACE_COMPUTER:
      return g_strdup_printf (_ ("Immich %s on this computer, port %u"), version,
                              self->place->port);
    case PL_PLACE_CONTAINER:
      return g_strdup_printf (_ ("Immich %s in a container on this computer, port %u"), version,
                              self->place->port);
    case PL_PLACE_NETWORK:
      return g_strdup_printf (_ ("Immich %s at %s, port %u"), version, self->place->host,
                              self->place->port);
    }
  g_return_val_if_reached (NULL);
}

char *
pl_finding_dup_words (PlFinding *self)
{
  g_return_val_if_fail (PL_IS_FINDING (self), NULL);

  g_autofree char *where = dup_where (self);
  if (!pl_probe_is_in_maintenance (self->probe))
    return g_steal_pointer (&where);
  /* Translators: %s is an Immich: “Immich 2.5 on this computer, port 2283” */
  return g_strdup_printf (_ ("%s: in maintenance; its admin can end it there"), where);
}

char *
pl_finding_dup_address (PlFinding *self)
{
  g_return_val_if_fail (PL_IS_FINDING (self), NULL);

  return g_strdup (pl_finding_get_url (self) + strlen ("http://"));
}

gboolean
pl_finding_is_same (PlFinding *self, PlFinding *other)
{
  const PlProbe *one = self->probe, *two = other->probe;

  g_return_val_if_fail (PL_IS_FINDING (self) && PL_IS_FINDING (other), FALSE);

  if (strcmp (pl_finding_get_url (self), pl_finding_get_url (other)) == 0)
    return TRUE;
  if (self->place->kind == PL_PLACE_NETWORK || other->place->kind == PL_PLACE_NETWORK)
    return FALSE;
  return one->kind == two->kind && one->major == two->major && one->minor == two->minor
         && one->patch == two->patch
         && (self->place->port == other->place->port || self->place->kind == PL_PLACE_CONTAINER
             || other->place->kind == PL_PLACE_CONTAINER);
}

static void
pl_finding_finalize (GObject *object)
{
  PlFinding *self = PL_FINDING (object);

  pl_place_free (self->place);
  pl_probe_free (self->probe);
  G_OBJECT_CLASS (pl_finding_parent_class)->finalize (object);
}

PlFinding *
pl_finding_new (PlPlace *place, PlProbe *probe)
{
  PlFinding *self = g_object_new (PL_TYPE_FINDING, NULL);

  self->place = place;
  self->probe = probe;
  return self;
}

static void
pl_finding_class_init (PlFindingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pl_finding_finalize;
}

static void
pl_finding_init (PlFinding *self)
{
}
