// How the watch helper gets onto an appliance and off it again, as root. Nothing is in its place before it was
// checked: the file by a shell, the line for sudo by visudo, alone and together with all the others; and the folders
// above must be root's alone, or whoever writes there would be root.
import type { Script } from '../../shared/domain/command.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { type WatchHelper, watchHelperPath, watchSudoers, watchSudoersPath } from './watch-program.ts'

const begin = `set -u
umask 077
helper=${watchHelperPath} line=${watchSudoersPath} new= new_line= old_line=
fail() { echo "$1" >&2; exit 1; }
clean_up() { rm -f "$new" "$new_line" "$old_line"; }
trap clean_up EXIT
trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM
`

/** `user` passed isWatchUser. Ends with 0 when both are in place and sudo shows them, else with why on stderr. */
export function watchInstallScript(helper: WatchHelper, user: string): Script {
  const head = scriptHead({ block: 'watch-install', user, version: helper.version })
  const text = `${head}${begin}user=${quoteWord(user)}
id -u "$user" >/dev/null 2>&1 || fail "there is no user $user"
[ "$(id -u "$user")" != 0 ] || fail "$user is root already"
for tool in sudo visudo mktemp find; do command -v "$tool" >/dev/null 2>&1 || fail "$tool is not installed"; done
[ -d /etc/sudoers.d ] || fail 'there is no /etc/sudoers.d'
mkdir -p "\${helper%/*}" || exit 1
for folder in / /usr /usr/local "\${helper%/*}" /etc /etc/sudoers.d; do
  [ -n "$(find "$folder" -prune -user 0 ! -perm -020 ! -perm -002 2>/dev/null)" ] ||
    fail "$folder can be written by others than root: the helper would not be safe there"
done
visudo -c >/dev/null 2>&1 || fail 'visudo -c finds mistakes in the sudoers files as they are; mend them first'
new=$(mktemp "\${helper%/*}/.rackside-watch.XXXXXX") || exit 1
printf '%s' ${quoteWord(helper.text)} >"$new" || exit 1
sh -n "$new" || exit 1
chown 0:0 "$new" && chmod 0755 "$new" || exit 1
# sudo reads no file with a dot in its name: neither of these counts.
new_line=$(mktemp /etc/sudoers.d/.rackside-watch.XXXXXX) || exit 1
printf '%s' ${quoteWord(watchSudoers(user))} >"$new_line" || exit 1
chown 0:0 "$new_line" && chmod 0440 "$new_line" || exit 1
visudo -c -f "$new_line" >/dev/null || exit 1
sync "$new" "$new_line" 2>/dev/null || sync
mv -f "$new" "$helper" || exit 1
new=
if [ -e "$line" ]; then old_line=$(mktemp /etc/sudoers.d/.rackside-watch.XXXXXX) && cp -p "$line" "$old_line" || exit 1; fi
mv -f "$new_line" "$line" || exit 1
new_line=
if said=$(visudo -c 2>&1) && sudo -n -l -U "$user" "$helper" facts >/dev/null 2>&1; then exit 0; fi
if [ -n "$old_line" ]; then mv -f "$old_line" "$line"; old_line=; else rm -f "$line"; fi
fail "sudo does not take the line, so it is not there any more. $said"
`
  return { name: 'watch-install', text }
}

/** The line first: a helper that nobody may run is no way in. */
export function watchRemoveScript(): Script {
  const text = `${scriptHead({ block: 'watch-remove' })}rm -f ${watchSudoersPath} && rm -f ${watchHelperPath} && sync
`
  return { name: 'watch-remove', text }
}
