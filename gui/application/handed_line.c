/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/application/handed_line.h"

struct _PlHandedLine
{
  GApplicationCommandLine parent_instance;

  PlHandedLineFunc answer;
  gpointer user_data;
  GString *words;
};

G_DEFINE_FINAL_TYPE (PlHandedLine, pl_handed_line, G_TYPE_APPLICATION_COMMAND_LINE)

GApplicationCommandLine *
pl_handed_line_new (GVariant *options, PlHandedLineFunc answer, gpointer user_data)
{
  PlHandedLine *line = g_object_new (PL_TYPE_HANDED_LINE, "options", options, NULL);

  line->answer = answer;
  line->user_data = user_data;
  return G_APPLICATION_COMMAND_LINE (line);
}

static void
pl_handed_line_print (GApplicationCommandLine *base, const char *words)
{
  g_string_append (PL_HANDED_LINE (base)->words, words);
}

static void
pl_handed_line_finalize (GObject *object)
{
  PlHandedLine *line = PL_HANDED_LINE (object);

  line->answer (g_application_command_line_get_exit_status (G_APPLICATION_COMMAND_LINE (line)),
                line->words->str, line->user_data);
  g_string_free (line->words, TRUE);
  G_OBJECT_CLASS (pl_handed_line_parent_class)->finalize (object);
}

static void
pl_handed_line_class_init (PlHandedLineClass *klass)
{
  GApplicationCommandLineClass *line_class = G_APPLICATION_COMMAND_LINE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pl_handed_line_finalize;
  line_class->print_literal = pl_handed_line_print;
  line_class->printerr_literal = pl_handed_line_print;
}

static void
pl_handed_line_init (PlHandedLine *line)
{
  line->words = g_string_new (NULL);
}
