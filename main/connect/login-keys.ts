// The scripts that add Rackside's own key to the keys with which a user logs in, and take it out again. They run as
// that user and touch no other line: a file that somebody keeps in another way (a link, another's, read-only,
// immutable) is left as it is, and said to be. A new file is renamed over the old one whole, or not at all.
import type { Script } from '../../shared/domain/command.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { loginKeysExit as exit } from '../../shared/domain/script-exits.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'

/**
 * What a connection of ours never asks for is not given to the key: no agent and no X11 forwarding, no terminal, no
 * ~/.ssh/rc. Ports and sockets are forwarded (direct-tcpip, streamlocal), so `restrict` with exceptions would say the
 * same, and an sshd before 7.2 would refuse the whole line for it.
 */
const lineOptions = 'no-agent-forwarding,no-X11-forwarding,no-pty,no-user-rc'

export type LoginKey = {
  /** The blob as base64, of an ed25519 key. */
  readonly key: string
  /** Says whose it is, to whoever reads the file; one word. */
  readonly comment: string
}

export function loginKeyLine({ key, comment }: LoginKey): string {
  return `${lineOptions} ssh-ed25519 ${key} ${comment}`
}

/** Under a lock where there is one: two consoles that add their keys at once both find theirs in the file. */
const begin = `set -u
umask 077
new= home=\${HOME:-}
folder=$home/.ssh file=$home/.ssh/authorized_keys
fail() { echo "$2" >&2; exit "$1"; }
clean_up() { [ -z "$new" ] || rm -f "$new"; }
trap clean_up EXIT
trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM
case $home in /*) ;; *) fail ${exit.home} "$home" ;; esac
[ -d "$home" ] || fail ${exit.home} "$home"
[ ! -L "$folder" ] || fail ${exit.link} "$folder"
`

const lock = `if command -v flock >/dev/null 2>&1; then exec 9<"$folder" && flock 9 || fail ${exit.write} "$folder"; fi
rm -f "$folder"/.authorized_keys.rackside.*
`

/** A look at the mode, not a try: root may write what is meant to be read only. */
const checkFile = `may_be_changed() {
  [ -f "$file" ] || fail ${exit.kind} "$file"
  [ -O "$file" ] || fail ${exit.owner} "$file"
  case $(ls -ld "$file") in ??w*) ;; *) fail ${exit.readOnly} "$file" ;; esac
  (true >>"$file") 2>/dev/null || fail ${exit.locked} "$file"
}
[ ! -L "$file" ] || fail ${exit.link} "$file"
[ ! -e "$file" ] || may_be_changed
`

const functions = `begin_new() { new=$(mktemp "$folder/.authorized_keys.rackside.XXXXXX") || fail ${exit.write} "$folder"; }
put_in_place() {
  chmod 0600 "$new" || fail ${exit.write} "$file"
  sync "$new" 2>/dev/null || sync
  mv -f "$new" "$file" || fail ${exit.locked} "$file"
  new=
  ! command -v restorecon >/dev/null 2>&1 || restorecon "$folder" "$file" >/dev/null 2>&1 || :
}
`

/** Prints "added" or "present", and "open PATH" for each folder because of which sshd's StrictModes refuses the file. */
export function addLoginKeyScript(loginKey: LoginKey): Script {
  const line = loginKeyLine(loginKey)
  const text = `${scriptHead({ block: 'login-key-add', line })}${begin}line=${quoteWord(line)}
[ -e "$folder" ] || mkdir "$folder" || fail ${exit.write} "$folder"
[ -d "$folder" ] || fail ${exit.kind} "$folder"
[ -O "$folder" ] || fail ${exit.owner} "$folder"
chmod 0700 "$folder" || fail ${exit.locked} "$folder"
${lock}${checkFile}${functions}found=
[ ! -e "$file" ] || found=$(sed -n ${ourLines(loginKey.key, 'p')} "$file")
if [ -n "$found" ]; then echo present; else
  begin_new
  if [ -e "$file" ]; then
    cp -p "$file" "$new" || fail ${exit.write} "$file"
    [ -z "$(tail -c 1 "$new")" ] || echo >>"$new" || fail ${exit.write} "$file"
  fi
  printf '%s\\n' "$line" >>"$new" || fail ${exit.write} "$file"
  put_in_place
  echo added
fi
for open in "$home" "$folder"; do
  case $(ls -ldL "$open") in ?????w*|????????w*) echo "open $open" ;; esac
done
`
  return { name: 'login-key-add', text }
}

/** Prints "removed" or "absent". */
export function removeLoginKeyScript(key: string): Script {
  const text = `${scriptHead({ block: 'login-key-remove', key })}${begin}[ -d "$folder" ] || { echo absent; exit 0; }
${lock}[ -e "$file" ] || [ -L "$file" ] || { echo absent; exit 0; }
${checkFile}${functions}[ -n "$(sed -n ${ourLines(key, 'p')} "$file")" ] || { echo absent; exit 0; }
begin_new
cp -p "$file" "$new" && sed ${ourLines(key, 'd')} "$file" >"$new" || fail ${exit.write} "$file"
put_in_place
echo removed
`
  return { name: 'login-key-remove', text }
}

/** For sed: lines with this key, whatever somebody wrote around it. One that is commented out is somebody's own. */
function ourLines(key: string, act: 'p' | 'd'): string {
  return `-e '/^[[:space:]]*#/b' -e '\\|ssh-ed25519[[:space:]]\\{1,\\}${key}|${act}'`
}
