// Step kind: a volume of the engine is there and carries our label. One of that name that is somebody else's is
// never used: its data are theirs.
import { command } from '../domain/command.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading } from '../domain/reading.ts'
import { deploymentLabel, remoteTasks, volumeLabel } from '../domain/remote-layout.ts'
import type { Asked } from './asked.ts'
import { hostAct, notesBy } from './host-act.ts'
import { answerTo, notUnderstood } from './host-answer.ts'
import { truthOf } from './host-truth.ts'
import type { StepKind } from './step-kind.ts'

type Spec = StepSpecOf<'volume'>

const notes = notesBy<'volume'>(({ name }) => name)

/** With no engine there is no volume either. */
const question = ({ name }: Spec): string => `command -v docker >/dev/null 2>&1 || { echo none; exit 0; }
timeout -k 2 10 docker volume ls --quiet --filter name=${quoteWord(`^${name}$`)} >/dev/null 2>&1 || exit 1
found=$(timeout -k 2 10 docker volume inspect --format '{{index .Labels "${volumeLabel}"}}' ${quoteWord(name)} 2>/dev/null) ||
  { echo none; exit 0; }
printf 'label %s\\n' "$found"`

function lookOf(spec: Spec, facts: Asked): Reading<'none' | 'ours' | 'foreign'> {
  const answer = answerTo(question(spec), facts)
  if (answer.state !== 'known') return answer
  const text = answer.value.trimEnd()
  if (text === 'none') return known('none')
  if (!text.startsWith('label')) return notUnderstood(text)
  return known(text === `label ${spec.name}` ? 'ours' : 'foreign')
}

const remove = `[ "$(docker volume inspect --format '{{index .Labels "${volumeLabel}"}}' "$1" 2>/dev/null)" = "$1" ] || exit 0
docker volume rm "$1"`

const forgetJobs = 'rm -f -- "$1"/*.job'

export const volumeStep: StepKind<'volume'> = {
  kind: 'volume',
  asks: ['host'],
  by: 'commands',
  look: question,
  volume: ({ name }) => name,
  isTrue: (spec, facts) =>
    truthOf(
      lookOf(spec, facts),
      (is) => is !== 'none',
      (is) => is === 'ours',
    ),
  problem(spec, facts) {
    const look = lookOf(spec, facts)
    if (look.state !== 'known' || look.value !== 'foreign') return undefined
    return { kind: 'host-object-unusable', what: spec.name, problem: 'foreign' }
  },
  commands: (spec) => [
    notes.write(spec, {}),
    // What jobs made of the data of before is not in a fresh one.
    hostAct('forget-jobs', forgetJobs, `${remoteTasks}/${spec.deployment}`),
    command(
      ...(['docker', 'volume', 'create'] as const),
      ...['--label', `${volumeLabel}=${spec.name}`, '--label', `${deploymentLabel}=${spec.deployment}`, spec.name],
    ),
  ],
  // Making it either works or does nothing.
  undo: (spec) => [notes.takeBack(spec)],
  made: {
    layer: 'data',
    stepName: ({ name }) => name,
    holdsData: ({ name }) => name,
    /** With its data. */
    remove: (spec) => [hostAct('volume-remove', remove, spec.name), notes.forget(spec)],
  },
}
