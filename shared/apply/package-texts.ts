// The sh texts that install and take away packages, with nothing but what lies on the appliance: no index is read
// and nothing is fetched. A lock of somebody else is waited for and never taken away; settings that a person changed
// are kept; nothing asks a question.
import { remoteArtifacts, remotePackages, remoteReboots } from '../domain/remote-layout.ts'

const quiet =
  'export LC_ALL=C DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true NEEDRESTART_MODE=l NEEDRESTART_SUSPEND=1'

/**
 * $1 a sha256, $2 file name: a copy in \`$folder\`, which nobody else can have open, and which is hashed once more: it was
 * sent and checked long ago, and root is about to run it.
 */
const copyChecked = `copy_checked() {
  cp "${remoteArtifacts}/sha256-$1" "$folder/$2" || exit 1
  found=$(sha256sum <"$folder/$2" | cut -c 1-64)
  [ "$found" = "$1" ] && return 0
  printf 'rackside: %s is not what was sent: should be %s, is %s\\n' "$2" "$1" "$found" >&2
  exit 1
}
own_folder() {
  rm -rf "$folder" && mkdir -p "$folder" && chmod 0755 "$folder" || exit 1
}`

/** $1 id, then triples of name, sha256 and file name: copies of the files under their names, in a folder of their own. */
const copyFiles = `${quiet}
${copyChecked}
folder=${remotePackages}/$1
shift
trap 'rm -rf "$folder"' EXIT
own_folder
while [ $# -gt 0 ]; do
  copy_checked "$2" "$3"
  shift 3
done
cd "$folder" || exit 1
for file in *; do set -- "$@" "$folder/$file"; done`

/** The words by which remote-error.ts knows it. */
export const busyText = 'rackside: the package manager is at work'

/** Until dpkg's lock is to be had: \`dpkg\` itself does not wait. */
const dpkgWaits = `busy() {
  grep -q -e 'was locked by' -e 'unable to lock' -e 'Unable to acquire the dpkg' -e 'Could not get lock' "$1"
}
# dpkg names who holds its lock, and does nothing while it is held; were it free by now, this would do no harm.
say_busy() {
  dpkg --force-confold --configure -a >"$1" 2>&1
  holder=$(sed -n 's/.*locked by \\(.*\\) process with pid \\([0-9]*\\).*/\\2 (\\1)/p' "$1" | head -n 1)
  printf '%s; seconds %s; holder %s\\n' '${busyText}' "$wait" "$holder" >&2
}
patiently() {
  n=0
  while :; do
    "$@" >"$said" 2>&1 && return 0
    code=$?
    busy "$said" || { cat "$said" >&2; return $code; }
    [ $n -lt "$wait" ] || { say_busy "$said"; return 1; }
    n=$((n + 2))
    sleep 2
  done
}`

const withLog = `said=$(mktemp) || exit 1
trap 'rm -f "$said"' EXIT`

/** $1 seconds. What broke off is brought to its end, before anything new begins. */
export const debRepair = `${quiet}
wait=$1
${withLog}
${dpkgWaits}
patiently dpkg --force-confold --force-confdef --configure -a`

/** $1 seconds, then as \`copyFiles\`. The tool itself waits; what it says names who holds the lock. */
export const debInstall = `wait=$1
shift
${copyFiles}
said=$(mktemp) || exit 1
trap 'rm -rf "$folder" "$said"' EXIT
${dpkgWaits}
# No list of sources: what is not among these files and not installed is not there.
apt-get install --yes --no-remove --no-install-recommends --allow-change-held-packages \\
  -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts=/dev/null \\
  -o DPkg::Lock::Timeout="$wait" -o Dpkg::Use-Pty=0 \\
  -o Dpkg::Options::=--force-confold -o Dpkg::Options::=--force-confdef "$@" >"$said" 2>&1 && exit 0
busy "$said" && say_busy "$said" || tail -n 15 "$said" >&2
exit 1`

/** $1 hold or install, then names. */
export const debHold = `how=$1
shift
for one; do printf '%s %s\\n' "$one" "$how"; done | dpkg --set-selections`

/**
 * $1 seconds, $2 purge (the settings that came with them too) or remove, then names. Refused where something else needs
 * them; data stay.
 */
export const debRemove = `${quiet}
wait=$1 how=$2
shift 2
${withLog}
${dpkgWaits}
for one; do
  case $(dpkg-query -W -f '\${db:Status-Abbrev}' "$one" 2>/dev/null) in
    '' | ?n*) ;;
    ?c*) [ "$how" = remove ] || set -- "$@" "$one" ;;
    *) set -- "$@" "$one" ;;
  esac
  shift
done
[ $# -gt 0 ] || exit 0
patiently dpkg --force-remove-reinstreq --"$how" "$@"`

export const rpmInstall = `shift
${copyFiles}
rpm -U --test "$@" && rpm -U "$@"`

export const rpmRemove = `shift 2
for one; do rpm -q "$one" >/dev/null 2>&1 && set -- "$@" "$one"; shift; done
[ $# -eq 0 ] || rpm -e "$@"`

/** $1 id, $2 sha256, $3 file name, then words for the installer. It is a shell script with an archive behind it. */
export const runInstaller = `${quiet}
${copyChecked}
folder=${remotePackages}/$1 file=$3
trap 'rm -rf "$folder"' EXIT
own_folder
copy_checked "$2" "$file"
cd "$folder" || exit 1
shift 3
sh "./$file" "$@"`

/** $1 the package's id: what it brought is not there any more. */
export const forgetReboot = `rm -f "${remoteReboots}/$1"`

/** $1 the package's id: until the appliance was started anew. */
export const noteReboot = `mkdir -p ${remoteReboots} && : >"${remoteReboots}/$1"`
