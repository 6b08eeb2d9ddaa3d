// Programs of an appliance as small scripts on a PATH of their own: docker writes its words down, systemd-run
// starts a plain process in the background, systemctl says how that one is, and sleep is quick.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Words end with \1, commands with \2 and their outcome, so that any text may be a word. */
const docker = `
if [ -e "$HERE/broken-$1" ]; then outcome=failed; [ -s "$HERE/broken-$1" ] || outcome=ignored; else outcome=done; fi
{ for word in "$@"; do printf '%s\\1' "$word"; done; printf '%s\\2' "$outcome"; } >>"$HERE/docker-words"
[ $outcome != failed ] || { cat "$HERE/broken-$1" >&2; exit 17; }
`

const systemdRun = `
while [ $# -gt 0 ]; do case $1 in --unit) unit=$2; shift 2 ;; --*) shift ;; *) break ;; esac; done
: >"$HERE/$unit.running"
export HERE unit
setsid sh -c 'echo "$unit" >>"$HERE/units-started"; "$@" >"$HERE/$unit.log" 2>&1; echo $? >"$HERE/$unit.code"; rm -f "$HERE/$unit.running"' sh "$@" </dev/null >/dev/null 2>&1 &
`

const systemctl = `
for last; do :; done
running() { [ -e "$HERE/$last.running" ]; }
failed() { ! running && [ -e "$HERE/$last.code" ] && [ "$(cat "$HERE/$last.code")" != 0 ]; }
case $1 in
  is-active) if running; then [ "$2" = --quiet ] || echo active; else [ "$2" = --quiet ] || echo inactive; exit 3; fi ;;
  is-failed) failed ;;
  reset-failed) rm -f "$HERE/$last.code" ;;
esac
`

const journalctl = `
while [ $# -gt 0 ]; do case $1 in --unit) unit=$2; shift 2 ;; *) shift ;; esac; done
cat "$HERE/$unit.log"
`

/** Short waits are shorter, so that a test of many steps is not made of them. */
const sleep = `
case $1 in 0.*) exec /bin/sleep 0.01 ;; *) exec /bin/sleep "$@" ;; esac
`

export type Stubs = {
  /** What PATH is to be. */
  readonly path: string
  readonly folder: string
  dockerWords(): { words: string[]; outcome: string }[]
  breakDocker(verb: string, message: string): void
}

export function makeStubs(parent: string): Stubs {
  const folder = join(parent, 'stubs')
  mkdirSync(folder)
  for (const [name, text] of Object.entries({ docker, 'systemd-run': systemdRun, systemctl, journalctl, sleep })) {
    writeFileSync(join(folder, name), `#!/bin/sh\nHERE='${folder}'\n${text}`)
    chmodSync(join(folder, name), 0o755)
  }
  const log = join(folder, 'docker-words')
  return {
    folder,
    path: `${folder}:${process.env['PATH']}`,
    dockerWords() {
      const text = existsSync(log) ? readFileSync(log, 'utf8') : ''
      return text
        .split('\u0002')
        .slice(0, -1)
        .map((one) => {
          const words = one.split('\u0001')
          return { words: words.slice(0, -1), outcome: words.at(-1) ?? '' }
        })
    },
    breakDocker: (verb, message) => writeFileSync(join(folder, `broken-${verb}`), message),
  }
}
