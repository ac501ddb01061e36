#!/usr/bin/env bash
# Runs every test. Installs Chromium and Chinese fonts first where they are missing and the system has Debian's packages.
# Further arguments go to dotnet test, such as: tests/run.sh --filter-class '*GameRulesTests'
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
fc-list ':lang=zh' 2>/dev/null | grep -q . || missing+=(fonts-noto-cjk fontconfig)
if [ "${#missing[@]}" -gt 0 ]; then
  if command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "Install these by hand, the browser tests need them: ${missing[*]}" >&2
  fi
fi

# One test program at a time: they share two cores with the browsers and servers that they start.
exec dotnet test --solution StudyQuiz.sln --max-parallel-test-modules 1 "$@"
