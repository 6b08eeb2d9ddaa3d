// The facts script and the sampler on the simulated machine: every probe is answered by its id, in the frames of
// the real scripts. A probe that the demo does not know is an answer that says so, and makes its facts unreadable.
import { frameText } from '../../../shared/facts/frames.ts'
import { tickEnd, tickStart } from '../../../shared/facts/ticks.ts'
import { hostText } from '../hardware/host-text.ts'
import type { Machine } from '../machine.ts'
import type { Answered, AnswerTable } from '../probe-answer.ts'
import type { Worker } from './work.ts'

/** About what a real server needs for all of them. */
const factsMilliseconds = 250

export function factsWorker(machine: Machine, answers: AnswerTable): Worker<'facts'> {
  return async ({ head: { nonce, ids }, write, signal }) => {
    await machine.pause(factsMilliseconds, signal)
    const frames = ids.map((id) => frameOf(machine, answers, { id, nonce }))
    await write(`${frames.join('')}\n${nonce} done\n`)
    return 0
  }
}

export function samplerWorker(machine: Machine, answers: AnswerTable): Worker<'sampler'> {
  return async ({ head: { nonce, ids, intervalSeconds }, write, signal }) => {
    for (let tick = 0; !signal.aborted; tick += 1) {
      const dueMs = machine.nowMs() + intervalSeconds * 1000
      const frames = ids.flatMap((id) => sampledFrame(machine, answers, { id, nonce, tick }))
      const text = `${tickStart(nonce)}${tick}\n${hostText(machine)}${frames.join('')}${tickEnd(nonce)}`
      if (!(await write(text))) break
      await machine.pause(Math.max(0, dueMs - machine.nowMs()), signal)
    }
    return 143
  }
}

/** What every connection asks first: the same machine as last time? */
export function machineIdWorker(machine: Machine): Worker<'machine-id'> {
  return async ({ write }) => {
    await write(`${machine.state.machineId}\n`)
    return 0
  }
}

type Asked = { readonly id: string; readonly nonce: string }

/** What is not installed is looked for again once a minute, as the script does. */
function sampledFrame(machine: Machine, answers: AnswerTable, asked: Asked & { readonly tick: number }): string[] {
  const answer = answers[asked.id]?.(machine)
  return answer?.exitCode === 127 && asked.tick % 60 !== 0 ? [] : [answerFrame(answer, asked)]
}

function frameOf(machine: Machine, answers: AnswerTable, asked: Asked): string {
  return answerFrame(answers[asked.id]?.(machine), asked)
}

function answerFrame(answer: Answered | undefined, { id, nonce }: Asked): string {
  if (answer === undefined) return frameText(nonce, id, '', 70, `the demo does not know the probe ${id}`)
  return frameText(nonce, id, answer.stdout, answer.exitCode ?? 0, answer.stderr ?? '')
}
