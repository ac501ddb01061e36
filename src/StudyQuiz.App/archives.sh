#!/usr/bin/env bash
# Makes archives for machines that have neither .NET nor Node: the app with its runtime, its client, the shipped questions and PostgreSQL.
#   src/StudyQuiz.App/archives.sh [--out FOLDER] [--check] [linux-x64] [win-x64] [osx-arm64]
# All three where none is named. --check then unpacks this machine's, runs it without .NET or Node in reach, and looks whether it serves.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/archives
check=
platforms=()
while [ "$#" -gt 0 ]; do
  case "$1" in
    --out) out=$2; shift ;;
    --check) check=1 ;;
    linux-x64 | win-x64 | osx-arm64) platforms+=("$1") ;;
    *) echo "$1 is no platform: name linux-x64, win-x64 or osx-arm64." >&2; exit 2 ;;
  esac
  shift
done
[ "${#platforms[@]}" -gt 0 ] || platforms=(linux-x64 win-x64 osx-arm64)
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
chmod 755 "$work" # root's PostgreSQL runs as somebody else
app=
finish() {
  # its PostgreSQL ends with it
  if [ -n "$app" ] && kill -0 "$app" 2>/dev/null; then kill "$app"; wait "$app" || true; fi
  rm -rf "$work"
}
trap finish EXIT

archive_of() { case "$1" in win-*) echo "$out/studyquiz-$1.zip" ;; *) echo "$out/studyquiz-$1.tar.gz" ;; esac; }

make_archive() {
  local platform=$1 folder=$work/$1/studyquiz os cpu=x64
  case "$platform" in linux-*) os=linux ;; win-*) os=win32 ;; osx-*) os=darwin; cpu=arm64 ;; esac
  # npm takes the PostgreSQL of the machine that it is told, whatever it runs on
  mkdir -p "$work/$platform/npm"
  cp "$root"/src/StudyQuiz.Postgres/package*.json "$work/$platform/npm"
  (cd "$work/$platform/npm" && npm ci --ignore-scripts --no-audit --no-fund --os="$os" --cpu="$cpu" --silent)
  # An output folder of its own: what is built for one platform must not be taken for another's
  dotnet publish "$here" -c Release -r "$platform" --self-contained -o "$folder" -v q -nologo \
    -p:Precompile=false -p:PublishReadyToRun=true -p:DebugType=none -p:RunAnalyzers=false -p:EmbeddedPostgresModules="$work/$platform/npm/node_modules"
  rm -f "$folder"/*.xml "$folder"/web.config
  cp "$root/README.md" "$folder"
  local archive
  archive=$(archive_of "$platform")
  rm -f "$archive"
  case "$archive" in
    *.zip) (cd "$work/$platform" && python3 -m zipfile -c "$archive" studyquiz) ;;
    *) tar -czf "$archive" -C "$work/$platform" --owner=0 --group=0 studyquiz ;;
  esac
  rm -rf "${work:?}/$platform"
  echo "$archive: $(($(wc -c <"$archive") / 1000000)) MB"
}

check_archive() {
  local place=$work/check port address
  mkdir -p "$place"
  tar -xzf "$1" -C "$place"
  cd "$place/studyquiz"
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  address=http://127.0.0.1:$port
  # No dotnet, no node, no PostgreSQL of the machine on the path
  env -i HOME="$place" LANG=C.UTF-8 PATH=/usr/bin:/bin DOTNET_ROOT=/nowhere ./studyquiz check questions/*.yaml >"$place/check.log"
  env -i HOME="$place" LANG=C.UTF-8 PATH=/usr/bin:/bin DOTNET_ROOT=/nowhere ./studyquiz serve --data "$place/data" --urls "$address" >"$place/serve.log" 2>&1 &
  app=$!
  for _ in $(seq 120); do
    if curl -fsS "$address/ready" >"$place/ready" 2>/dev/null; then break; fi
    kill -0 "$app" 2>/dev/null || { cat "$place/serve.log" >&2; exit 1; }
    sleep 1
  done
  local page style title
  page=$(curl -fsS "$address/")
  style=$(grep -o 'href="[^"]*\.css"' <<<"$page" | head -1 | cut -d'"' -f2)
  curl -fsS "$address/${style#/}" >"$place/style.css"
  [ -s "$place/style.css" ]
  # The shipped questions are in its database
  title=$(sed -n 's/^  title: //p' questions/*.yaml | head -1)
  grep -qF "$title" <<<"$page"
  grep -q "first-admin" "$place/serve.log"
  kill "$app"
  wait "$app"
  app=
  echo "$(basename "$1") serves: ready, $(wc -c <"$place/style.css") bytes of styles and 「$title」 on its first page, ended by itself"
}

for platform in "${platforms[@]}"; do make_archive "$platform"; done
if [ -n "$check" ]; then
  case "$(uname -s)-$(uname -m)" in Linux-x86_64) mine=linux-x64 ;; Darwin-arm64) mine=osx-arm64 ;; *) echo "There is no archive for this machine to check." >&2; exit 1 ;; esac
  check_archive "$(archive_of "$mine")"
fi
