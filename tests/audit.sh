#!/usr/bin/env bash
# Asks the registries what is known to be vulnerable among the packages in use, direct and transitive. Ends with 1 where something is. A registry
# that tells nothing is said so, and fails nothing: a build behind a mirror has to go on. The projects must have been restored.
set -uo pipefail
cd "$(dirname "$0")/.."
found=0

# Prints each finding of the JSON on standard input, one a line; 1: there are some, 2: it is no answer.
read_nuget() {
  node -e '
    let told; try { told = JSON.parse(require("fs").readFileSync(0, "utf8")); } catch { process.exit(2); }
    for (const problem of told.problems ?? []) console.log(`  nuget says: ${problem.text}`);
    if (!told.projects || (told.problems ?? []).some(problem => problem.level === "error")) process.exit(2);
    const lines = new Set();
    for (const project of told.projects) for (const framework of project.frameworks ?? []) for (const kind of ["topLevelPackages", "transitivePackages"])
      for (const one of framework[kind] ?? []) for (const known of one.vulnerabilities ?? [])
        lines.add(`  ${one.id} ${one.resolvedVersion}: ${known.severity}, ${known.advisoryurl} (${project.path.split(/[\\/]/).pop()})`);
    for (const line of lines) console.log(line);
    process.exit(lines.size > 0 ? 1 : 0);'
}
read_npm() {
  node -e '
    let told; try { told = JSON.parse(require("fs").readFileSync(0, "utf8")); } catch { process.exit(2); }
    if (!told.vulnerabilities) { console.log(`  npm says: ${told.message ?? "nothing"}`); process.exit(2); }
    const known = Object.values(told.vulnerabilities);
    for (const one of known) console.log(`  ${one.name} ${one.range}: ${one.severity}, ${one.via.map(via => via.url ?? via).join(" ")}`);
    process.exit(known.length > 0 ? 1 : 0);'
}
tell() {
  case "$2" in
    0) echo "$1: nothing is known against its packages" ;;
    1) echo "$1: vulnerable packages, see above" >&2; found=1 ;;
    *) echo "$1: NOT AUDITED, the registry serves no audit" ;;
  esac
}

# A source that lists no advisories is not asked: dotnet would find nothing and call that good
serves_advisories() {
  for source in $(dotnet nuget list source --format short | awk '$1 == "E" { print $2 }'); do
    curl -fsSL --max-time 15 "$source" 2>/dev/null | grep -q '"VulnerabilityInfo/' && return 0
  done
  return 1
}
if serves_advisories; then
  timeout 90 dotnet list StudyQuiz.sln package --vulnerable --include-transitive --format json 2>/dev/null | read_nuget
  tell NuGet "${PIPESTATUS[1]}"
else
  tell NuGet 2
fi
for project in src/StudyQuiz.Client src/StudyQuiz.Postgres; do
  (cd "$project" && timeout 30 npm audit --json 2>/dev/null) | read_npm
  tell "npm, $project" "${PIPESTATUS[1]}"
done
exit "$found"
