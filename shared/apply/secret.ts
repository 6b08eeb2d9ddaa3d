// Step kinds: a secret that the appliance makes for its services is there, or is gone. Its value is made there, of the
// kernel's own randomness, and no console ever sees it on this way.
import { quoteWord } from '../domain/quote.ts'
import type { Reading } from '../domain/reading.ts'
import { remoteServices } from '../domain/remote-layout.ts'
import { type SecretReference, secretPath } from '../domain/service-file.ts'
import type { Asked } from './asked.ts'
import { hostAct } from './host-act.ts'
import { answerTo, wordOf } from './host-answer.ts'
import { notRead, truthOfWord } from './host-truth.ts'
import type { StepKind } from './step-kind.ts'

/** 32 bytes as 64 hexadecimal digits: it means nothing to any file format, shell or header that it is put in. */
const secretLength = 64

function question(path: string): string {
  return `p=${quoteWord(path)}
if [ ! -e "$p" ] && [ ! -L "$p" ]; then echo 'is nothing'
elif [ -f "$p" ] && [ ! -L "$p" ] && [ "$(stat -c '%U %a %s' "$p")" = 'root 400 ${secretLength}' ]; then echo 'is secret'
else echo 'is other'
fi`
}

const looks = ['nothing', 'secret', 'other'] as const

function lookAt(spec: SecretReference, facts: Asked): Reading<(typeof looks)[number]> {
  return wordOf(answerTo(question(secretPath(spec)), facts), looks)
}

// A half-written one never has its name.
const make = `umask 077
mkdir -p -- "\${1%/*}" || exit 1
new=$(mktemp "\${1%/*}/.new.XXXXXXXX") || exit 1
trap 'rm -f -- "$new"' EXIT
head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \\n' >"$new" || exit 1
[ "$(stat -c %s "$new")" = ${secretLength} ] || { echo 'no randomness could be read' >&2; exit 1; }
chmod 0400 -- "$new" || exit 1
{ sync "$new" 2>/dev/null || sync; } && mv -f -- "$new" "$1"`

/** With what was written with it: who comes back to such a version would be refused. $2: where files of services lie. */
const remove = `[ ! -s "$1" ] || grep -rlF -f "$1" "$2" 2>/dev/null | while read -r one; do
  case $one in
    */files-*/*) rm -rf -- "\${one%/*}" ;;
    */env-*) rm -f -- "$one" ;;
  esac
done
rm -f -- "$1" && rmdir -- "\${1%/*}" 2>/dev/null || :`

export const secretStep: StepKind<'secret'> = {
  kind: 'secret',
  asks: ['host'],
  by: 'commands',
  look: (spec) => question(secretPath(spec)),
  isTrue: (spec, facts) => truthOfWord(lookAt(spec, facts), 'secret'),
  commands: (spec) => [hostAct('secret', make, secretPath(spec))],
  // Writing either puts the whole secret in place or changes nothing.
  undo: () => [],
}

export const absentSecretStep: StepKind<'absent-secret'> = {
  kind: 'absent-secret',
  asks: ['host'],
  by: 'commands',
  look: (spec) => question(secretPath(spec)),
  isTrue(spec, facts) {
    const look = lookAt(spec, facts)
    if (look.state !== 'known') return notRead
    return look.value === 'nothing'
      ? { holds: true, reason: 'gone-already' }
      : { holds: false, reason: 'made-by-rackside' }
  },
  commands: (spec) => [hostAct('absent-secret', remove, secretPath(spec), remoteServices)],
  undo: () => [],
}
