#!/usr/bin/env bash
# Installs what tests need from the system: Chromium, a Thai font, Java 17. With apt and rights it does so, else it names them.
set -u
need=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || need+=(chromium)
fc-list 2>/dev/null | grep -qiE 'thai|loma|garuda|waree' || need+=(fonts-thai-tlwg)
java -version >/dev/null 2>&1 || need+=(openjdk-17-jre-headless)
[ ${#need[@]} -eq 0 ] && exit 0
run=""
[ "$(id -u)" -eq 0 ] || run="sudo -n"
if command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }; then
  echo "Installing ${need[*]} ..."
  $run apt-get update -qq && DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq "${need[@]}" >/dev/null && exit 0
fi
echo "The tests need: ${need[*]}. Please install them (Debian: apt-get install ${need[*]})." >&2
exit 1
