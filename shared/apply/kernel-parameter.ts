// Step kind: a parameter of the running kernel has this value, now and after a reboot. Of the kernel's command line
// nothing is changed: that would be the boot loader's, and a mistake there leaves nothing to log in to.
import type { StepSpecOf } from '../domain/plan.ts'
import { putShell } from '../domain/put-text.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading } from '../domain/reading.ts'
import type { Asked } from './asked.ts'
import { hostAct, notesBy } from './host-act.ts'
import { answerTo, firstOf, linesOf, notUnderstood } from './host-answer.ts'
import { truthOf } from './host-truth.ts'
import type { Before } from './made-kind.ts'
import type { StepKind } from './step-kind.ts'

type Spec = StepSpecOf<'kernel-parameter'>

const notes = notesBy<'kernel-parameter'>(({ key }) => key)

function fileOf({ key }: Spec): string {
  return `/etc/sysctl.d/90-rackside-${key}.conf`
}

const lineOf = ({ key, value }: Spec): string => `${key} = ${value}`

const placeOf = ({ key }: Spec): string => `/proc/sys/${key.replaceAll('.', '/')}`

/** Values of several numbers stand between tabs. */
const question = (spec: Spec): string => `[ -r ${quoteWord(placeOf(spec))} ] || { echo none; exit 0; }
printf 'value %s\\n' "$(tr -s '\\t ' '  ' <${quoteWord(placeOf(spec))})"
[ ! -f ${quoteWord(fileOf(spec))} ] || printf 'line %s\\n' "$(head -c 500 ${quoteWord(fileOf(spec))} | head -n 1)"`

type Look = { readonly value: string | undefined; readonly line: string | undefined }

function lookOf(spec: Spec, facts: Asked): Reading<Look> {
  const answer = answerTo(question(spec), facts)
  if (answer.state !== 'known') return answer
  const lines = linesOf(answer.value)
  const value = firstOf(lines, 'value')?.trim()
  if (value === undefined && !lines.has('none')) return notUnderstood(answer.value)
  return known({ value, line: firstOf(lines, 'line') })
}

/** $1 file, $2 line, $3 place in /proc/sys, $4 value. The kernel takes it first: what it refuses is not written down. */
const set = `${putShell}
printf '%s\\n' "$4" >"$3" || exit 1
umask 022
mkdir -p "\${1%/*}" && put "$1" "$2"`
/** $4: as it was, while it is still as Rackside set it ($5). */
const giveBack = `[ "$(head -n 1 "$1" 2>/dev/null)" != "$2" ] || rm -f "$1"
[ -z "$4" ] || [ "$(tr -s '\\t ' '  ' <"$3")" != "$5" ] || printf '%s\\n' "$4" >"$3"`

function back(spec: Spec, was: string) {
  return hostAct('parameter-back', giveBack, fileOf(spec), lineOf(spec), placeOf(spec), was, spec.value)
}

function before(spec: Spec, facts: Asked): Before {
  const look = lookOf(spec, facts)
  return { value: (look.state === 'known' ? look.value.value : undefined) ?? '' }
}

export const kernelParameterStep: StepKind<'kernel-parameter'> = {
  kind: 'kernel-parameter',
  asks: ['host'],
  by: 'commands',
  look: question,
  isTrue: (spec, facts) =>
    truthOf(
      lookOf(spec, facts),
      (l) => l.value !== undefined,
      (l) => l.value === spec.value && l.line === lineOf(spec),
    ),
  commands: (spec, facts) => [
    notes.write(spec, before(spec, facts)),
    hostAct('parameter', set, fileOf(spec), lineOf(spec), placeOf(spec), spec.value),
  ],
  undo: (spec, facts, { failedAt }) => [
    ...(failedAt > 0 ? [back(spec, before(spec, facts)['value'] ?? '')] : []),
    notes.takeBack(spec),
  ],
  made: { layer: 'kernel', remove: (spec, was) => [back(spec, was['value'] ?? ''), notes.forget(spec)] },
}
