// Step kinds: a secret that the appliance makes for its services is there, or is gone. Its value is made there, of the
// kernel's own randomness, and no console ever sees it on this way.
import type { StepSpecOf } from '../domain/plan.ts'
import { quoteWord } from '../domain/quote.ts'
import { remoteServices } from '../domain/remote-layout.ts'
import { secretPath } from '../domain/service-file.ts'
import { hostAct } from './host-act.ts'
import { answerTo, wordOf } from './host-answer.ts'
import { notRead, truthOfWord } from './host-truth.ts'
import type { StepKind } from './step-kind.ts'

/** 32 bytes as 64 hexadecimal digits: it means nothing to any file format, shell or header that it is put in. */
const secretLength = 64
/** Four groups of five of 31 letters and digits that nobody takes for each other: 99 bits, and no less harmless. */
const readableLetters = '2-9a-hjkmnp-z'
const readableLength = 23

type Secret = StepSpecOf<'secret'>

function lengthOf({ readable }: Pick<Secret, 'readable'>): number {
  return readable === true ? readableLength : secretLength
}

/** One that was made in the other form is kept: what was made with it goes on with it. */
function question(path: string): string {
  return `p=${quoteWord(path)}
if [ ! -e "$p" ] && [ ! -L "$p" ]; then echo 'is nothing'
elif [ -f "$p" ] && [ ! -L "$p" ]; then
  case $(stat -c '%U %a %s' "$p") in
    'root 400 ${secretLength}' | 'root 400 ${readableLength}') echo 'is secret' ;;
    *) echo 'is other' ;;
  esac
else echo 'is other'
fi`
}

const looks = ['nothing', 'secret', 'other'] as const

const questionOf = (spec: Secret | StepSpecOf<'absent-secret'>) => question(secretPath(spec))

// A half-written one never has its name.
const make = `umask 077
mkdir -p -- "\${1%/*}" || exit 1
new=$(mktemp "\${1%/*}/.new.XXXXXXXX") || exit 1
trap 'rm -f -- "$new"' EXIT
if [ "$2" = ${readableLength} ]; then
  letters=$(head -c 4096 /dev/urandom | LC_ALL=C tr -dc '${readableLetters}' | head -c 20) || exit 1
  printf %s "$(printf %s "$letters" | sed 's/...../&-/g; s/-$//')" >"$new" || exit 1
else
  head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \\n' >"$new" || exit 1
fi
[ "$(stat -c %s "$new")" = "$2" ] || { echo 'no randomness could be read' >&2; exit 1; }
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
  look: questionOf,
  isTrue: (spec, facts) => truthOfWord(wordOf(answerTo(questionOf(spec), facts), looks), 'secret'),
  commands: (spec) => [hostAct('secret', make, secretPath(spec), String(lengthOf(spec)))],
  // Writing either puts the whole secret in place or changes nothing.
  undo: () => [],
}

export const absentSecretStep: StepKind<'absent-secret'> = {
  kind: 'absent-secret',
  asks: ['host'],
  by: 'commands',
  look: questionOf,
  isTrue(spec, facts) {
    const look = wordOf(answerTo(questionOf(spec), facts), looks)
    if (look.state !== 'known') return notRead
    return look.value === 'nothing'
      ? { holds: true, reason: 'gone-already' }
      : { holds: false, reason: 'made-by-rackside' }
  },
  commands: (spec) => [hostAct('absent-secret', remove, secretPath(spec), remoteServices)],
  undo: () => [],
}
