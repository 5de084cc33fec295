/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/phone_words.h"

#include "app/i18n.h"
#include "app/model/words.h"

static char *
dup_who (const PlAddress *client, PlDeviceItem *device)
{
  g_autoptr (GString) address = g_string_new (NULL);
  g_autofree char *title = device != NULL ? pl_device_item_dup_title (device) : NULL;

  pl_words_append_address (address, client);
  if (title == NULL || g_str_equal (title, address->str))
    /* Translators: an address; the beginning of a sentence. */
    return g_strdup_printf (_ ("The device at %s"), address->str);
  /* Translators: a device's name and its address; the beginning of a sentence. */
  return g_strdup_printf (_ ("%s at %s"), title, address->str);
}

static char *
dup_path_words (const char *who, const char *excess)
{
  if (excess == NULL)
    return g_strdup_printf (_ ("%s asked for something that is not here. Type the address as it "
                               "stands above, with nothing after the port."),
                            who);
  /* Translators: a device, and the end of an address, such as /immich */
  return g_strdup_printf (
      _ ("%s used an address with “%s” at its end. Type it as it stands above, without that."), who,
      excess);
}

static char *
dup_arrival_words (PlDeviceItem *device)
{
  g_autofree char *title = pl_device_item_dup_title (device);

  /* Translators: %s is a device, such as “Immich app (Android)” */
  return g_strdup_printf (_ ("%s is here: it works."), title);
}

/* %s is who it was, at the beginning of the sentence. */
static const char *
get_format (PlPhoneSight sight)
{
  switch (sight)
    {
    case PL_PHONE_SHUT_OUT:
      return N_ ("%s came from outside and was not let in. If that was your phone, it uses mobile "
                 "data or another network: take it into the Wi-Fi of your home.");
    case PL_PHONE_HALFWAY:
      return N_ ("%s has been here, but has not opened Immich yet. Go on there; what it asked for "
                 "is under Requests.");
    case PL_PHONE_TRIED_HTTPS:
      return N_ ("%s tried https://. Type http:// for now, or turn on Encryption in Settings.");
    case PL_PHONE_NOT_ENCRYPTED:
      return N_ ("%s did not encrypt, which is refused here. Type https:// at the beginning of the "
                 "address.");
    case PL_PHONE_UNTRUSTING:
      return N_ ("%s does not trust this computer’s certificate yet. It has to be told once; then "
                 "try again.");
    case PL_PHONE_WRONG_CLOCK:
      return N_ ("%s takes this computer’s certificate for expired. See whether date and time are "
                 "right on both.");
    case PL_PHONE_NO_ENCRYPTION:
      return N_ ("%s broke off before encryption was agreed on. Mostly that is because it does not "
                 "trust this computer’s certificate yet, or is very old.");
    case PL_PHONE_BY_PROXY:
      return N_ ("%s came by another proxy, on whose word nobody is known. Use the address above, "
                 "or name that proxy under Trusted proxies in Settings.");
    case PL_PHONE_LINKS_ONLY:
      return N_ ("%s may open only what you shared by link, for where it comes from. Connect it in "
                 "the Wi-Fi of your home, or change who may see what.");
    case PL_PHONE_SENT_AWAY:
      return N_ ("%s is one that you have turned away. Let it in again under Devices.");
    case PL_PHONE_NO_IMMICH:
      return N_ ("%s got here, but Immich does not answer. As soon as it does, try again.");
    case PL_PHONE_LOGIN_REFUSED:
      return N_ (
          "%s got to Immich, which refused the login: the e-mail address or the password was "
          "wrong.");
    case PL_PHONE_LOGIN_WAITS:
      return N_ ("%s tried too many wrong passwords, and the next try has to wait.");
    case PL_PHONE_IDLE:
    case PL_PHONE_AWAITED:
    case PL_PHONE_UNSEEN:
    case PL_PHONE_WRONG_PATH:
    case PL_PHONE_ARRIVED:
      return NULL;
    }
  g_return_val_if_reached (NULL);
}

static char *
dup_filled (const char *format, const char *who)
{
  g_autoptr (GString) words = g_string_new (format);

  g_string_replace (words, "%s", who, 1);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
pl_phone_words_dup (PlPhoneSight sight,
                    const PlAddress *client,
                    PlDeviceItem *device,
                    const char *excess)
{
  const char *format = get_format (sight);
  g_autofree char *who = dup_who (client, device);

  if (format != NULL)
    return dup_filled (_ (format), who);
  if (sight == PL_PHONE_AWAITED)
    return g_strdup (_ ("Waiting for your phone…"));
  if (sight == PL_PHONE_UNSEEN)
    return g_strdup (
        _ ("Nothing has come from your phone yet. See whether it is in the same Wi-Fi as this "
           "computer: guests’ Wi-Fi and mobile data lead elsewhere. If it is, a firewall may keep "
           "it out."));
  if (sight == PL_PHONE_WRONG_PATH)
    return dup_path_words (who, excess);
  return sight == PL_PHONE_ARRIVED && device != NULL ? dup_arrival_words (device) : g_strdup ("");
}
