#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs inside a booted system as its only purpose, beside porchlightd: tries the unit, writes what is seen to
# /trial.log, and switches the system off. Each line of it is NAME: VALUE, for test_service.py to judge.

settings=/etc/porchlight/porchlight.ini

show() {
  systemctl show -P "$1" porchlightd.service
}

# wait_for PROPERTY VALUE: for 30 seconds at most
wait_for() {
  for _ in $(seq 300); do
    [ "$(show "$1")" = "$2" ] && return
    sleep 0.1
  done
}

# ask PORT: the first line of the answer
ask() {
  timeout 20 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1"
    printf "GET / HTTP/1.1\r\nHost: photos\r\nConnection: close\r\n\r\n" >&3
    head -n 1 <&3' ask "$1" | tr -d '\r'
}

say() {
  printf '%s: %s\n' "$1" "$2"
}

trial() {
  wait_for ActiveState active
  say start "$(show ActiveState) $(show SubState) $(show NotifyAccess)"
  say user "$(ps -o user= -p "$(show MainPID)")"
  say bus "$(systemd-run --quiet --wait --pipe -p User="$(show User)" -p DynamicUser=yes -p PrivateUsers=yes \
    busctl call org.freedesktop.DBus / org.freedesktop.DBus GetId 2>&1 | cut -d ' ' -f 1)"
  say status "$(show StatusText)"
  say answer "$(ask 8080)"
  say state-folder "$(stat -c %a /var/lib/private/porchlight)"

  first=$(show MainPID)
  sed -i 's/^exposure=.*/exposure=network/; s/^#access-log/access-log/' $settings
  say reload "$(systemctl reload porchlightd.service && echo done)"
  wait_for ActiveState active
  sleep 1
  say reloaded "$(journalctl -q -o cat -u porchlightd.service | grep -c 'are in use')"
  say same-process "$([ "$first" = "$(show MainPID)" ] && echo yes)"

  sed -i 's/^port=.*/port=none/' $settings
  systemctl reload porchlightd.service
  wait_for ActiveState active
  say after-a-mistake "$(ask 8080)"
  sleep 1
  say access-log "$(wc -l </var/log/private/porchlight/access.log)"

  sed -i 's/^port=.*/port=8080/' $settings
  systemctl reload porchlightd.service
  wait_for ActiveState active
  say runtime-folder "$(stat -c %a /run/porchlight)"
  say opened "$(porchlightd --config $settings --open world=everything 2h)"
  say opened-by-a-stranger "$(setpriv --reuid=nobody --regid=nogroup --clear-groups \
    porchlightd --config $settings --open world=everything 2h >/dev/null 2>&1; echo $?)"
  systemctl restart porchlightd.service
  say still-open "$(ls /var/lib/private/porchlight/porchlight.ini.opening)"
  say closed "$(porchlightd --config $settings --open off)"

  mkdir -p /run/systemd/system/porchlightd.service.d
  printf '[Service]\nWatchdogSec=2\nTimeoutAbortSec=2\n' >/run/systemd/system/porchlightd.service.d/trial.conf
  sed -i 's/^port=.*/port=8080/' $settings
  systemctl daemon-reload
  systemctl restart porchlightd.service
  sleep 6
  say lives-under-the-watchdog "$(show NRestarts)"
  kill -STOP "$(show MainPID)"
  wait_for NRestarts 1
  wait_for ActiveState active
  say restarted-by-the-watchdog "$(show NRestarts) $(journalctl -q -o cat -u porchlightd.service | grep -c 'Watchdog timeout')"
  say answers-again "$(ask 8080)"

  sed -i 's/^port=.*/port=80/' $settings
  mkdir -p /run/systemd/system/porchlightd.socket.d
  printf '[Socket]\nListenStream=\nListenStream=80\n' >/run/systemd/system/porchlightd.socket.d/trial.conf
  systemctl daemon-reload
  systemctl stop porchlightd.service
  systemctl start porchlightd.socket
  say wakes-by-its-port "$(ask 80)"
  say is-awake "$(show ActiveState)"
  say listeners "$(ss -Hltn | awk '{print $4}' | sort | paste -s -d ' ')"
  systemctl restart --no-block porchlightd.service
  say while-it-restarts "$(ask 80)"
  wait_for ActiveState active

  systemctl stop porchlightd.socket porchlightd.service
  say stop "$(show ActiveState) $(show Result) $(show ExecMainStatus)"
  say exposure "$(systemd-analyze security --no-pager porchlightd.service | grep Overall)"
  journalctl -q -u porchlightd.service --no-pager
}

trial >/trial.log 2>&1
systemctl poweroff
