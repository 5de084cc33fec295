#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Starts porchlightd with the libraries beside it, and none of the system's: the first file in lib is the
# program that loads others, under the name that is to be seen in lists of what runs.

here=$(dirname "$(readlink -f "$0")")
unset LD_LIBRARY_PATH LD_PRELOAD
export PORCHLIGHT_LAUNCHER="$here/porchlightd" GIO_MODULE_DIR="$here/lib/gio"
exec "$here/lib/porchlightd" --library-path "$here/lib" --argv0 "$0" "$here/lib/program" "$@"
