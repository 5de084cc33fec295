#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What macOS starts of Porchlight.app. Homebrew's libraries look for their data in Homebrew's folders; here
# they are told where it is in the bundle. PORCHLIGHT_LAUNCHER is what the program has started at login.

macos=$(cd "$(dirname "$0")" && pwd -P)
resources=${macos%/*}/Resources

export PORCHLIGHT_LAUNCHER="$macos/Porchlight"
export XDG_DATA_DIRS="$resources/share"
export GSETTINGS_SCHEMA_DIR="$resources/share/glib-2.0/schemas"
export GTK_DATA_PREFIX="$resources"
export GTK_EXE_PREFIX="$resources"
export GTK_PATH="$resources"
export GDK_PIXBUF_MODULEDIR="$resources/lib/gdk-pixbuf-2.0/loaders"

# The list of picture loaders has paths in it, so it is made for the place the bundle is at now.
loaders=${TMPDIR:-/tmp}/porchlight-loaders-$(id -u).cache
if "$macos/gdk-pixbuf-query-loaders" >"$loaders.new" 2>/dev/null; then
  mv "$loaders.new" "$loaders"
  export GDK_PIXBUF_MODULE_FILE="$loaders"
fi

# Programs from a window have no language of a terminal: macOS keeps the user's choice elsewhere.
if [ -z "$LANG" ]; then
  LANG=$(defaults read -g AppleLocale 2>/dev/null | sed 's/[@-].*//').UTF-8
  export LANG
fi

exec "$macos/porchlight-window" "$@"
