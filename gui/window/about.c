/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/window/about.h"

#include "app/i18n.h"

void
pl_about_show (GtkWindow *parent)
{
  gtk_show_about_dialog (
      parent, "program-name", _ ("Porchlight"), "version", PL_VERSION, "logo-icon-name",
      "app.porchlight.Porchlight", "comments", _ ("The reverse proxy for Immich at home."),
      "license-type", GTK_LICENSE_GPL_3_0, "translator-credits",
      /* Translators: your names, a line each; they are shown in the about dialog. */
      g_strcmp0 (_ ("translator-credits"), "translator-credits") != 0 ? _ ("translator-credits")
                                                                      : NULL,
      NULL);
}
