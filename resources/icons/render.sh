#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Draws the PNGs from the SVGs, for desktops and trays that read no SVG. To be run after a change of
# those; needs rsvg-convert (Debian: librsvg2-bin).

set -eu
cd "$(dirname "$0")/hicolor"

# render KIND NAME SIZE...
render() {
  source=scalable/$1/$2.svg
  target=$1/$2.png
  shift 2
  for size in "$@"; do
    mkdir -p "${size}x$size/$(dirname "$target")"
    rsvg-convert -w "$size" -h "$size" -o "${size}x$size/$target" "$source"
  done
}

render apps app.porchlight.Porchlight 16 24 32 48 128 256
for lamp in paused computer network internet fault; do
  render status porchlight-$lamp 16 22 24 32 48
done
