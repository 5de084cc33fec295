/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What macOS is told to start at login, read back by somebody who knows property lists: Python. */

#include "app/system/launch_agent.h"

#include <gio/gio.h>

/* Label and arguments, a line each; and that the rest is as it has to be. */
#define READER                                                                                     \
  "import plistlib, sys\n"                                                                         \
  "agent = plistlib.loads(sys.stdin.buffer.read())\n"                                              \
  "print(agent.pop('Label'), *agent.pop('ProgramArguments'), sep='\\n')\n"                         \
  "assert agent == {'RunAtLoad': True, 'ProcessType': 'Interactive',"                              \
  " 'LimitLoadToSessionType': 'Aqua'}, agent\n"

static char *
dup_read_back (const PlLoginStart *start)
{
  g_autofree char *text = pl_launch_agent_dup_text (start);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                          "python3", "-X", "utf8", "-c", READER, NULL);
  char *lines = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (python, text, NULL, &lines, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (python));
  return lines;
}

static void
test_the_usual_settings (void)
{
  const PlLoginStart start = { "app.porchlight.Porchlight",
                               "/Applications/Porchlight.app/Contents/MacOS/porchlight", NULL };
  g_autofree char *lines = dup_read_back (&start);

  g_assert_cmpstr (lines, ==,
                   "app.porchlight.Porchlight\n"
                   "/Applications/Porchlight.app/Contents/MacOS/porchlight\n");
}

static void
test_any_path (void)
{
  const PlLoginStart start = { "app.porchlight.Porchlight",
                               "/Users/a/<Fr\xC3\xBC"
                               "chte> & \"Co\"/porchlight",
                               "/Volumes/it's/porchlight.ini" };
  g_autofree char *lines = dup_read_back (&start);

  g_assert_cmpstr (lines, ==,
                   "app.porchlight.Porchlight\n/Users/a/<Fr\xC3\xBC"
                   "chte> & \"Co\"/porchlight\n--config\n/Volumes/it's/porchlight.ini\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/launch-agent/usual-settings", test_the_usual_settings);
  g_test_add_func ("/app/launch-agent/any-path", test_any_path);
  return g_test_run ();
}
