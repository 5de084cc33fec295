/* SPDX-License-Identifier: GPL-3.0-or-later */

/* porchlight: the reverse proxy for Immich, with its window and its tray icon. */

#include "app/daemon/process.h"
#include "app/daemon/translations.h"
#include "app/window/application.h"

int
main (int argc, char **argv)
{
  pl_translations_prepare ();
  pl_process_prepare ();

  g_autoptr (GApplication) application = pl_application_new ();
  return g_application_run (application, argc, argv);
}
