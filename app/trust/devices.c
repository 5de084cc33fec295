/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/trust/devices.h"

#include "app/i18n.h"

/* Firefox comes before systems, for it has authorities of its own; Android before Linux, which its
 * browsers say, too. */
static const PlTrustDevice devices[] = {
  {
      .id = "iphone",
      .agents = { "iPhone", "iPad" },
      .name = N_ ("iPhone and iPad"),
      .file = PL_TRUST_PROFILE_PATH,
      .download = N_ ("Download the profile"),
      .steps = {
          N_ ("Open this page in Safari, tap the button above, and allow the download."),
          N_ ("Open Settings. At the top stands Profile Downloaded; if not, look in General, VPN & "
              "Device Management. Tap it, then Install."),
          N_ ("In Settings, General, About, at the very end, open Certificate Trust Settings and "
              "switch on “%s”. Without this step nothing changes."),
      },
      .is_phone = TRUE,
  },
  {
      .id = "android",
      .agents = { "Android" },
      .name = N_ ("Android"),
      .file = PL_TRUST_DER_PATH,
      .download = N_ ("Download the certificate"),
      .steps = {
          N_ ("Tap the button above. The file ca.crt is saved to your downloads."),
          N_ ("Open Settings and search for “CA certificate”. Mostly it is in Security, More "
              "security settings, Encryption & credentials, Install a certificate."),
          N_ ("Choose CA certificate, read the warning, and Install anyway. Choose ca.crt."),
          N_ ("From now on Android may say that the network may be monitored: it says so of every "
              "certificate that is installed by hand. Firefox on Android does not go by it."),
      },
      .is_phone = TRUE,
  },
  {
      .id = "firefox",
      .agents = { "Firefox/" },
      .name = N_ ("Firefox on a computer"),
      .file = PL_TRUST_DER_PATH,
      .download = N_ ("Download the certificate"),
      .steps = {
          N_ ("Press the button above. Firefox asks whether to trust a new authority; if it saves "
              "a file instead, open Settings, Privacy & Security, View Certificates, Authorities, "
              "Import, and choose it."),
          N_ ("Press View and compare the fingerprint."),
          N_ ("Tick “Trust this CA to identify websites” and press OK."),
      },
  },
  {
      .id = "windows",
      .agents = { "Windows" },
      .name = N_ ("Windows"),
      .file = PL_TRUST_DER_PATH,
      .download = N_ ("Download the certificate"),
      .steps = {
          N_ ("Press the button above and open the file ca.crt."),
          N_ ("Press Install Certificate, choose Current User, then “Place all certificates in the "
              "following store”, Browse, Trusted Root Certification Authorities."),
          N_ ("Press Next, Finish, and answer Yes when Windows asks about “%s”."),
          N_ ("Close the browser and open it again. This is for Edge and Chrome."),
      },
  },
  {
      .id = "mac",
      .agents = { "Macintosh" },
      .name = N_ ("Mac"),
      .file = PL_TRUST_DER_PATH,
      .download = N_ ("Download the certificate"),
      .steps = {
          N_ ("On an iPad go by the steps for iPhone and iPad below: it says that it is a Mac."),
          N_ ("Press the button above and open the file ca.crt. Keychain Access takes it up; choose "
              "the keychain “login”."),
          N_ ("Double-click “%s”, unfold Trust, and choose Always Trust. Close the window and give "
              "your password."),
      },
  },
  {
      .id = "linux",
      .agents = { "Linux", "X11" },
      .name = N_ ("Linux"),
      .file = PL_TRUST_PEM_PATH,
      .download = N_ ("Download the certificate"),
      .steps = {
          N_ ("Press the button above. The file ca.pem is saved."),
          N_ ("Chrome and Chromium: Settings, Privacy and security, Security, Manage certificates; "
              "import it among the authorities, for websites."),
          N_ ("For all other programs: on Debian and Ubuntu copy it to "
              "/usr/local/share/ca-certificates/porchlight.crt and run “sudo "
              "update-ca-certificates”; on Fedora and Arch run “sudo trust anchor ca.pem”."),
      },
  },
};

const PlTrustDevice *
pl_trust_devices (guint *n_devices)
{
  *n_devices = G_N_ELEMENTS (devices);
  return devices;
}
