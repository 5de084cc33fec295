#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Starts Porchlight. Where the system lacks a library, it says which package brings that.

here=$(dirname "$(readlink -f "$0")")
program=$here/lib/porchlight
export PORCHLIGHT_LAUNCHER="$here/porchlight"

# Whoever has double-clicked sees no terminal.
say() {
  printf '%s\n' "$1" >&2
  [ -t 2 ] && return
  for dialog in 'zenity --error --no-markup --text' 'kdialog --error' 'xmessage -center' \
    'notify-send Porchlight'; do
    command -v "${dialog%% *}" >/dev/null && $dialog "$1" && return
  done
}

# family: whose packages this system has
family() {
  [ -r /etc/os-release ] && . /etc/os-release
  for name in ${ID:-} ${ID_LIKE:-}; do
    case $name in
      debian | ubuntu) echo debian; return ;;
      fedora | rhel | centos) echo fedora; return ;;
      arch | manjaro) echo arch; return ;;
      suse | opensuse*) echo suse; return ;;
    esac
  done
  echo other
}

# package FAMILY LIBRARY: what brings it; RPM's systems are asked for the library itself
package() {
  case $1 in
    fedora | suse)
      echo "'$2()(64bit)'"
      return
      ;;
  esac
  while read -r library debian arch; do
    case $2 in
      "$library"*)
        case $1 in
          debian) echo "$debian" ;;
          arch) echo "$arch" ;;
        esac
        ;;
    esac
  done <<TABLE
libgtk-3. libgtk-3-0 gtk3
libgdk-3. libgtk-3-0 gtk3
libsoup-3.0. libsoup-3.0-0 libsoup3
libjson-glib-1.0. libjson-glib-1.0-0 json-glib
libcrypto. libssl3 openssl
libssl. libssl3 openssl
libayatana-appindicator3. libayatana-appindicator3-1 libayatana-appindicator
libqrencode. libqrencode4 qrencode
libgdk_pixbuf-2.0. libgdk-pixbuf-2.0-0 gdk-pixbuf2
libatk-1.0. libatk1.0-0 at-spi2-core
libcairo. libcairo2 cairo
libpango-1.0. libpango-1.0-0 pango
libpangocairo-1.0. libpangocairo-1.0-0 pango
libglib-2.0. libglib2.0-0 glib2
libgio-2.0. libglib2.0-0 glib2
libgobject-2.0. libglib2.0-0 glib2
TABLE
}

# installs FAMILY: what installs packages there
installs() {
  case $1 in
    debian) echo 'sudo apt install' ;;
    fedora) echo 'sudo dnf install' ;;
    arch) echo 'sudo pacman -S' ;;
    suse) echo 'sudo zypper install' ;;
  esac
}

# explain TROUBLE: what is missing, and what to do
explain() {
  seen=$(LD_TRACE_LOADED_OBJECTS=1 "$program" 2>&1)
  missing=$(printf '%s\n' "$seen" | sed -n 's/^[[:space:]]*\([^[:space:]]*\) => not found.*/\1/p')
  # A C library that is too old has no packages of the others that are new enough.
  case $seen in
    *'version `GLIBC_'*) missing= ;;
  esac
  if [ -z "$missing" ]; then
    say "Porchlight cannot run here: this system is too old for it, or has another C library than glibc. It needs what came with Debian 12, Ubuntu 22.10, Fedora 37 or later. What the system says: $1

porchlightd, the same without a window, brings all it needs along and runs on any Linux."
    return
  fi
  family=$(family)
  packages=$(for library in $missing; do package "$family" "$library"; done | sort -u | tr '\n' ' ')
  if [ -n "$packages" ]; then
    say "Porchlight needs something that is not installed here. In a terminal, type this, then start it again:

$(installs "$family") $packages"
  else
    say "Porchlight needs these libraries, which are not installed here. Install the packages of your system that bring them, then start it again:

$(echo $missing)"
  fi
}

if trouble=$("$program" --version 2>&1); then
  exec "$program" "$@"
fi
explain "$trouble"
exit 1
