#!/usr/bin/env bash
# Runs every test. Installs Chromium and Chinese fonts first where they are missing and the system has Debian's packages.
# Further arguments go to dotnet test, such as: tests/run.sh --filter-class '*GameRulesTests'
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

have() { command -v "$1" >/dev/null; }
any_browser() { have chromium || have chromium-browser || have google-chrome; }

# Chromium's headless shell does half the work of the whole browser: CI and fresh machines get it, who has a browser already may do without.
missing=()
have chromium-headless-shell || { any_browser && [ -z "${CI:-}" ]; } || missing+=(chromium-headless-shell)
fc-list ':lang=zh' 2>/dev/null | grep -q . || missing+=(fonts-noto-cjk fontconfig)
install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
if [ "${#missing[@]}" -gt 0 ]; then
  echo "Installing ${missing[*]}"
  # not every Debian has the shell as a package of its own
  if ! have apt-get || ! as_root apt-get update -qq || ! { install "${missing[@]}" || install "${missing[@]/chromium-headless-shell/chromium}"; }; then
    echo "Could not install ${missing[*]}: the browser tests need Chromium and Chinese fonts." >&2
  fi
fi

# Profiles for better code pay off in a server that runs for hours, not in processes of a minute
export DOTNET_TieredPGO=0
# Nor does mapping each compiled method twice
export DOTNET_EnableWriteXorExecute=0
# Nor does compiling better what is called some dozen times (the number is hexadecimal)
export DOTNET_TC_CallCountThreshold=200

# What takes the README's pictures runs when it is asked for by name
case "$*" in *ScreenshotTests*) ;; *) set -- --filter-not-class '*ScreenshotTests' "$@" ;; esac

if [ "$#" -gt 2 ]; then
  exec dotnet test --solution StudyQuiz.sln --max-parallel-test-modules 1 "$@"
fi

# Tests against PostgreSQL wait for processes a third of their time, so the pure ones run beside them. Browsers have the machine for themselves.
dotnet build StudyQuiz.sln -v q -nologo
test_of() { dotnet test --project "tests/StudyQuiz.$1.Tests" --no-build "${@:2}"; }
failed=0
beside=$(mktemp)
trap 'rm -f "$beside"' EXIT
(test_of Domain && test_of Generation) >"$beside" 2>&1 &
test_of App || failed=1
wait $! || failed=1
cat "$beside"
test_of Browser "$@" || failed=1
exit "$failed"
