// Folders of the server that a container is given. Nobody makes them: the engine refuses a container whose folder is not
// there, so a plan says it before anything is installed.
import type { Failure } from '../domain/failure.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { quoteWord } from '../domain/quote.ts'
import type { Asked } from './asked.ts'
import { answerTo, linesOf } from './host-answer.ts'

type Spec = StepSpecOf<'container'>

/** A share of the network that does not answer holds up nobody: it is not missing, and the run says what it is. */
const secondsEach = 5

function foldersOf({ spec: { privileges = [] } }: Spec): string[] {
  return privileges.flatMap((one) => (one.kind === 'host-path' ? [one.path] : []))
}

/** Undefined where it is given none. */
export function foldersQuestion(step: Spec): string | undefined {
  const folders = foldersOf(step)
  if (folders.length === 0) return undefined
  return `for p in ${folders.map(quoteWord).join(' ')}; do
  timeout -k 1 ${secondsEach} test -e "$p"
  [ $? -ne 1 ] || printf 'missing %s\\n' "$p"
done
:`
}

/** Where nobody looked, or the answer was not understood, nothing is said. */
export function missingFolders(step: Spec, facts: Asked): Failure | undefined {
  const question = foldersQuestion(step)
  const answer = question === undefined ? undefined : answerTo(question, facts)
  if (answer?.state !== 'known') return undefined
  const missing = linesOf(answer.value).get('missing') ?? []
  const folders = foldersOf(step).filter((one) => missing.includes(one))
  return folders.length === 0 ? undefined : { kind: 'host-folder-missing', neededBy: step.spec.deployment, folders }
}
