/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys of an American keyboard, as Windows' kbdus.dll has them: GTK asks that for what a key
 * means, and Wine does not have it. The structures are those of Microsoft's kbd.h. */

#include <windows.h>

#define SHIFT     1
#define CONTROL   2
#define ALT       4
#define CAPS_LOCK 1

typedef struct
{
  BYTE key;
  BYTE modifier;
} Modifier;

/* numbers: of the column that a set of modifiers leads to. */
typedef struct
{
  const Modifier *keys;
  WORD most_modifiers;
  BYTE numbers[2];
} Modifiers;

typedef struct
{
  BYTE key;
  BYTE attributes;
  WCHAR characters[2];
} Key;

typedef struct
{
  const Key *keys;
  BYTE n_columns;
  BYTE size;
} KeyTable;

typedef struct
{
  const Modifiers *modifiers;
  const KeyTable *tables;
  const void *dead_keys;
  const void *names[3];
  const USHORT *scan_codes;
  BYTE n_scan_codes;
  const void *more_scan_codes[2];
  DWORD flags;
  BYTE n_ligatures;
  BYTE ligature_size;
  const void *ligatures;
} Layout;

#define LETTER(upper, lower)                                                                       \
  {                                                                                                \
    upper, CAPS_LOCK, { lower, upper }                                                             \
  }

static const Modifier modifier_keys[]
    = { { VK_SHIFT, SHIFT }, { VK_CONTROL, CONTROL }, { VK_MENU, ALT }, { 0, 0 } };

static const Modifiers modifiers = { modifier_keys, 1, { 0, 1 } };

static const Key keys[] = {
  LETTER ('A', 'a'),
  LETTER ('B', 'b'),
  LETTER ('C', 'c'),
  LETTER ('D', 'd'),
  LETTER ('E', 'e'),
  LETTER ('F', 'f'),
  LETTER ('G', 'g'),
  LETTER ('H', 'h'),
  LETTER ('I', 'i'),
  LETTER ('J', 'j'),
  LETTER ('K', 'k'),
  LETTER ('L', 'l'),
  LETTER ('M', 'm'),
  LETTER ('N', 'n'),
  LETTER ('O', 'o'),
  LETTER ('P', 'p'),
  LETTER ('Q', 'q'),
  LETTER ('R', 'r'),
  LETTER ('S', 's'),
  LETTER ('T', 't'),
  LETTER ('U', 'u'),
  LETTER ('V', 'v'),
  LETTER ('W', 'w'),
  LETTER ('X', 'x'),
  LETTER ('Y', 'y'),
  LETTER ('Z', 'z'),
  { '1', 0, { '1', '!' } },
  { '2', 0, { '2', '@' } },
  { '3', 0, { '3', '#' } },
  { '4', 0, { '4', '$' } },
  { '5', 0, { '5', '%' } },
  { '6', 0, { '6', '^' } },
  { '7', 0, { '7', '&' } },
  { '8', 0, { '8', '*' } },
  { '9', 0, { '9', '(' } },
  { '0', 0, { '0', ')' } },
  { VK_SPACE, 0, { ' ', ' ' } },
  { VK_OEM_1, 0, { ';', ':' } },
  { VK_OEM_2, 0, { '/', '?' } },
  { VK_OEM_COMMA, 0, { ',', '<' } },
  { VK_OEM_MINUS, 0, { '-', '_' } },
  { VK_OEM_PERIOD, 0, { '.', '>' } },
  { 0, 0, { 0, 0 } },
};

static const KeyTable tables[] = { { keys, 2, sizeof (Key) }, { NULL, 0, 0 } };

static const Layout layout = { .modifiers = &modifiers, .tables = tables };

__declspec(dllexport) const Layout *KbdLayerDescriptor (void);

const Layout *
KbdLayerDescriptor (void)
{
  return &layout;
}
