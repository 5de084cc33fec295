/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be seen of a phone that is being connected, and the words for it. */

#pragma once

#include "app/model/device_item.h"

/**
 * PlPhoneSight: the last that was seen.
 * @PL_PHONE_IDLE: nobody is waited for, and nobody new was seen
 * @PL_PHONE_AWAITED: nothing yet
 * @PL_PHONE_UNSEEN: nothing, for longer than it should take
 * @PL_PHONE_SHUT_OUT: the same, and somebody from outside was turned away at the door
 * @PL_PHONE_HALFWAY: it was here, and Immich has not let it see anything yet, for longer than it
 *   should take
 * @PL_PHONE_TRIED_HTTPS: https:// where nothing is encrypted
 * @PL_PHONE_NOT_ENCRYPTED: http:// where that is refused
 * @PL_PHONE_UNTRUSTING: it does not trust the certificate
 * @PL_PHONE_WRONG_CLOCK: it takes the certificate for expired
 * @PL_PHONE_NO_ENCRYPTION: it broke off before encryption was agreed on
 * @PL_PHONE_WRONG_PATH: the address that was typed goes on where it should end
 * @PL_PHONE_BY_PROXY: another proxy that is not known brought it
 * @PL_PHONE_LINKS_ONLY: where it comes from only what was shared by link can be seen
 * @PL_PHONE_SENT_AWAY: the owner has turned this device away
 * @PL_PHONE_NO_IMMICH: it got here, and Immich does not answer
 * @PL_PHONE_LOGIN_REFUSED: it got to Immich, with a wrong password
 * @PL_PHONE_LOGIN_WAITS: it had too many of them
 * @PL_PHONE_ARRIVED: Immich has answered it
 */
typedef enum
{
  PL_PHONE_IDLE,
  PL_PHONE_AWAITED,
  PL_PHONE_UNSEEN,
  PL_PHONE_SHUT_OUT,
  PL_PHONE_HALFWAY,
  PL_PHONE_TRIED_HTTPS,
  PL_PHONE_NOT_ENCRYPTED,
  PL_PHONE_UNTRUSTING,
  PL_PHONE_WRONG_CLOCK,
  PL_PHONE_NO_ENCRYPTION,
  PL_PHONE_WRONG_PATH,
  PL_PHONE_BY_PROXY,
  PL_PHONE_LINKS_ONLY,
  PL_PHONE_SENT_AWAY,
  PL_PHONE_NO_IMMICH,
  PL_PHONE_LOGIN_REFUSED,
  PL_PHONE_LOGIN_WAITS,
  PL_PHONE_ARRIVED,
} PlPhoneSight;

/**
 * pl_phone_words_dup: (transfer full):
 * @client: whose sight it is
 * @device: (nullable): what is known at that address
 * @excess: (nullable): of %PL_PHONE_WRONG_PATH: what is too much in the address that was typed
 *
 * What happened, then what to do; empty for %PL_PHONE_IDLE.
 */
char *pl_phone_words_dup (PlPhoneSight sight,
                          const PlAddress *client,
                          PlDeviceItem *device,
                          const char *excess);
