// Step kind: a folder of the system is there, with its owner and mode. A folder that was there keeps what is in it;
// one that was made goes again only where it is empty, and so do the parents that were made for it.
import type { StepSpecOf } from '../domain/plan.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading } from '../domain/reading.ts'
import type { Asked } from './asked.ts'
import { hostAct, notesBy } from './host-act.ts'
import { answerTo, firstOf, linesOf, type PathLook, pathLookOf, pathQuestion, unusablePath } from './host-answer.ts'
import { truthOf } from './host-truth.ts'
import type { Before } from './made-kind.ts'
import type { StepKind } from './step-kind.ts'

type Spec = StepSpecOf<'directory'>

const notes = notesBy<'directory'>(({ path }) => path)

/** The path, and behind it the nearest folder above that is there: what is between them is made. */
function question({ path }: Spec): string {
  return `${pathQuestion(path)}
up=${quoteWord(path)}
until [ -e "$up" ] || [ -z "$up" ]; do up=\${up%/*}; done
printf 'above %s\\n' "\${up:-/}"`
}

function lookOf(spec: Spec, facts: Asked): Reading<PathLook & { readonly above: string }> {
  const answer = answerTo(question(spec), facts)
  const look = pathLookOf(answer)
  if (look.state !== 'known') return look
  const above = answer.state === 'known' ? firstOf(linesOf(answer.value), 'above') : undefined
  return known({ ...look.value, above: above ?? spec.path })
}

const isHeldAs = (spec: Spec) => (look: PathLook) =>
  look.owner === spec.owner && look.group === spec.group && look.mode === spec.mode

const make = `mkdir -p -- "$1" && chown -h "$2:$3" -- "$1" && chmod "$4" -- "$1"`
const giveBack = `[ ! -d "$1" ] || [ -L "$1" ] || { chown -h "$2:$3" -- "$1" && chmod "$4" -- "$1"; }`
/** As far up as nobody else has put anything in. */
const unmake = `at=$1
while [ "$at" != "$2" ] && [ -n "$at" ]; do
  [ ! -d "$at" ] || rmdir -- "$at" 2>/dev/null || break
  at=\${at%/*}
done`

function back(spec: Spec, before: Before) {
  return before['is'] === 'directory'
    ? hostAct('directory-back', giveBack, spec.path, before['owner'] ?? '', before['group'] ?? '', before['mode'] ?? '')
    : hostAct('directory-unmake', unmake, spec.path, before['above'] ?? spec.path)
}

function before(spec: Spec, facts: Asked): Before {
  const look = lookOf(spec, facts)
  if (look.state !== 'known') return {}
  const { is, owner, group, mode, above } = look.value
  return { is, owner, group, mode, above }
}

export const directoryStep: StepKind<'directory'> = {
  kind: 'directory',
  asks: ['host'],
  by: 'commands',
  look: question,
  isTrue: (spec, facts) => truthOf(lookOf(spec, facts), (l) => l.is !== 'nothing', isHeldAs(spec)),
  problem: (spec, facts) => unusablePath(spec.path, lookOf(spec, facts), 'directory'),
  commands: (spec, facts) => [
    notes.write(spec, before(spec, facts)),
    hostAct('directory', make, spec.path, spec.owner, spec.group, spec.mode),
  ],
  undo: (spec, facts, { failedAt }) => [
    ...(failedAt > 0 ? [back(spec, before(spec, facts))] : []),
    notes.takeBack(spec),
  ],
  made: {
    layer: 'folders',
    depth: ({ path }) => path.split('/').length,
    stepName: ({ path }) => path.slice(1),
    remove: (spec, was) => [back(spec, was), notes.forget(spec)],
  },
}
