/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/launch_agent.h"

#define BEGINNING                                                                                  \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                   \
  "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\""                                         \
  " \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"                                         \
  "<plist version=\"1.0\">\n<dict>\n"

/* Aqua is the session with a screen: there is none to show a window in one by SSH. Interactive: it
 * is not slowed down as what runs in the background is. */
#define ENDING                                                                                     \
  "  <key>RunAtLoad</key>\n  <true/>\n"                                                            \
  "  <key>ProcessType</key>\n  <string>Interactive</string>\n"                                     \
  "  <key>LimitLoadToSessionType</key>\n  <string>Aqua</string>\n"                                 \
  "</dict>\n</plist>\n"

static void
append_string (GString *text, const char *indent, const char *value)
{
  g_autofree char *utf8 = g_utf8_make_valid (value, -1);
  g_autofree char *escaped = g_markup_escape_text (utf8, -1);

  g_string_append_printf (text, "%s<string>%s</string>\n", indent, escaped);
}

char *
pl_launch_agent_dup_text (const PlLoginStart *start)
{
  g_autoptr (GString) text = g_string_new (BEGINNING);

  g_string_append (text, "  <key>Label</key>\n");
  append_string (text, "  ", start->id);
  g_string_append (text, "  <key>ProgramArguments</key>\n  <array>\n");
  append_string (text, "    ", start->program);
  if (start->settings != NULL)
    {
      append_string (text, "    ", "--config");
      append_string (text, "    ", start->settings);
    }
  g_string_append (text, "  </array>\n" ENDING);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
