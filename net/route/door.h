/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may see what: everything, what was shared by link alone, or nothing, where a device was
 * turned away. Who may connect at all was decided before (trust.h). */

#pragma once

#include "net/http/head.h"
#include "net/http/target.h"
#include "net/route/trust.h"

/**
 * PlCircle: of people, as told apart by the address of whoever asked; the nearest first.
 * @PL_CIRCLE_COMPUTER: this computer
 * @PL_CIRCLE_HOME: the network at home
 * @PL_CIRCLE_WORLD: everybody else
 */
typedef enum
{
  PL_CIRCLE_COMPUTER,
  PL_CIRCLE_HOME,
  PL_CIRCLE_WORLD,
} PlCircle;

/** pl_circle_find: whose @address is. @home: (nullable): networks that are home beside the private
 * addresses. */
PlCircle pl_circle_find (const PlAddress *address, const PlTrust *home);

/**
 * PlDoorRule: what a circle may see; less and less.
 * @PL_DOOR_EVERYTHING: all that Immich shows them; logging in is Immich's matter
 * @PL_DOOR_LINKS: what somebody shared by link, and no login
 */
typedef enum
{
  PL_DOOR_EVERYTHING,
  PL_DOOR_LINKS,
} PlDoorRule;

/**
 * PlDoorVerdict:
 * @PL_DOOR_OPEN: passes as it is
 * @PL_DOOR_GUEST: passes as a guest's: without what a login consists of
 * (pl_door_guest_field_passes()), and never to become anything but HTTP
 * @PL_DOOR_NOT_SHARED: no page of a share link asks for this
 * @PL_DOOR_NO_LINK: one does, but with the link's key
 * @PL_DOOR_UNCLEAR: the address can be read in more than one way
 * @PL_DOOR_LOGIN: it has a login in its address
 * @PL_DOOR_UPLOAD: guests may not send photos here
 */
typedef enum
{
  PL_DOOR_OPEN,
  PL_DOOR_GUEST,
  PL_DOOR_NOT_SHARED,
  PL_DOOR_NO_LINK,
  PL_DOOR_UNCLEAR,
  PL_DOOR_LOGIN,
  PL_DOOR_UPLOAD,
} PlDoorVerdict;

/** PlDoor: the rules; immutable once filled. */
typedef struct _PlDoor PlDoor;

/** pl_door_new: (transfer full): open to all circles. */
PlDoor *pl_door_new (void);

/** pl_door_dup: (transfer full): the same, for other rules: pl_door_set_rule() alone may be called.
 */
PlDoor *pl_door_dup (const PlDoor *door);
void pl_door_free (PlDoor *door);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlDoor, pl_door_free)

/** pl_door_set_rule: what @circle may see. */
void pl_door_set_rule (PlDoor *door, PlCircle circle, PlDoorRule rule);
PlDoorRule pl_door_get_rule (const PlDoor *door, PlCircle circle);

/** pl_door_set_guest_uploads: whether guests may send photos where a link allows it. */
void pl_door_set_guest_uploads (PlDoor *door, gboolean allowed);

/** pl_door_set_guard: whether who fails to log in often has to wait; it does to begin with. */
void pl_door_set_guard (PlDoor *door, gboolean guards);
gboolean pl_door_guards (const PlDoor *door);

/** pl_door_set_limits: whether there are bounds on how fast strangers may ask; there are to begin
 * with. */
void pl_door_set_limits (PlDoor *door, gboolean limits);
gboolean pl_door_limits (const PlDoor *door);

/**
 * pl_door_also:
 * @line: a method and a path, as in `GET /api/assets/{id}/tiles`: what share pages of an Immich ask
 * for that is newer than our table. `{id}` stands for an id, `{name}` for one segment. Below
 * `/api/` the key of a link is asked for as everywhere
 *
 * Returns: %FALSE with @error (%G_IO_ERROR_INVALID_ARGUMENT, a message that says what is allowed)
 */
gboolean pl_door_also (PlDoor *door, const char *line, GError **error);

/**
 * pl_door_turn_away:
 * @network: a device's address, or a network; see pl_trust_add()
 *
 * Whoever asks from there is shown nothing until it is let in again.
 */
gboolean pl_door_turn_away (PlDoor *door, const char *network, GError **error);

/** pl_door_turns_away: whether whoever asks from @address was turned away; who comes by a loopback
 * address never is. */
gboolean pl_door_turns_away (const PlDoor *door, const PlAddress *address);

/**
 * pl_door_judge:
 * @door: (nullable): %NULL: open to all
 * @circle: who asked
 * @method: as it came
 * @target: in origin or absolute form
 *
 * For guests a path has to be spelt as Immich's pages spell it, so that routing, we and Immich read
 * the same in it.
 */
PlDoorVerdict
pl_door_judge (const PlDoor *door, PlCircle circle, PlSlice method, const PlTarget *target);

/**
 * pl_door_guest_field_passes:
 * @field: of a guest's request
 * @value: (out): what of its value passes, a slice of it
 *
 * No login passes, in whatever spelling, nor a link in a header, which would go before the one in
 * the address, nor what could make another request of it for whoever reads it behind us
 * (X-HTTP-Method-Override, X-Original-URL); of cookies the one that says which link's password was
 * known.
 */
gboolean pl_door_guest_field_passes (const PlField *field, PlSlice *value);
