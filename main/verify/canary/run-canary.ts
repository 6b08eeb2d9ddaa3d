// Asks a service the questions of its set, one after the other, and has each answer judged. It ends when all are asked, when
// somebody stops it, when its lock is lost, or when its time is up; what was not asked then is skipped.
import type { CanaryQuestion, CanaryQuestionId, CanaryResult } from '../../../shared/domain/canary.ts'
import { command } from '../../../shared/domain/command.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { CanaryService, CanaryTools } from './canary-service.ts'
import { chatAsker } from './chat-asker.ts'
import { searchAsker } from './search-asker.ts'

/** Of all of it. */
const totalSeconds = 20 * 60

export type CanaryOutcome = Pick<CanaryResult, 'questions' | 'end' | 'failure'>

export function questionsOf(service: CanaryService): readonly CanaryQuestionId[] {
  return service.proof.serves === 'openai-chat' ? chatAsker.questionsOf(service) : searchAsker.questionsOf(service)
}

export async function runCanary(
  connection: Connection,
  service: CanaryService,
  tools: CanaryTools,
): Promise<CanaryOutcome> {
  const { clock, signal, hear, held } = tools
  const beganMs = clock()
  const { questions: ids, ask } =
    service.proof.serves === 'openai-chat'
      ? chatAsker.over(connection, service, tools)
      : searchAsker.over(connection, service, tools)
  const questions: CanaryQuestion[] = []
  const outcome = (end: CanaryOutcome['end'], failure?: Failure): CanaryOutcome => {
    const left = ids.slice(questions.length).map(skipped)
    return { questions: [...questions, ...left], end, ...(failure !== undefined && { failure }) }
  }
  for (const id of ids) {
    if (signal.aborted) return outcome('stopped')
    if (!held()) return outcome('failed', { kind: 'lock-lost', at: id })
    const secondsLeft = totalSeconds - (clock() - beganMs) / 1000
    if (secondsLeft <= 1) return outcome('out-of-time')
    hear({ event: 'question-begin', question: id })
    const question = await ask(id, secondsLeft)
    // Its answer was cut by whoever stopped it.
    if (signal.aborted) return outcome('stopped')
    // Nor is one that nobody could ask a word about the model.
    if (!held()) return outcome('failed', { kind: 'lock-lost', at: id })
    const lost = await lostLink(connection, question)
    if (lost !== undefined) return outcome('failed', lost)
    questions.push(question)
    hear({ event: 'question-end', question })
  }
  return outcome('done')
}

/** Whether the link is there, where a request came to nothing. */
async function lostLink(connection: Connection, { problems }: CanaryQuestion): Promise<Failure | undefined> {
  if (!problems.includes('failed-request')) return undefined
  const looked = await connection.run(command('true'), { as: 'login', deadlineSeconds: 20 })
  return looked.ok ? undefined : looked.failure
}

function skipped(question: CanaryQuestionId): CanaryQuestion {
  return { question, verdict: 'skipped', problems: [], holds: [] }
}
