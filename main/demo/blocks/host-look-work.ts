// What steps ask of the system itself: the simulated machine knows its volumes and its recorder. Every other question is
// one that it cannot read.
import { volumeAnswer } from '../engine/volumes.ts'
import type { Machine } from '../machine.ts'
import { recorderAnswer } from '../recorder-state.ts'
import type { Worker } from './work.ts'

export function hostLookWorker(machine: Machine): Worker<'host-look'> {
  return async ({ head: { questions, volumes = [], recorder }, write }) => {
    const answers = Array.from({ length: questions }, (_, at) => {
      const name = volumes[at] ?? ''
      const text =
        at === recorder
          ? `${recorderAnswer(machine)}\nexit 0\n`
          : name === ''
            ? '\nexit 1\n'
            : `${volumeAnswer(machine, name)}\nexit 0\n`
      return `answer ${at} ${Buffer.from(text).toString('base64')}\n`
    })
    await write(`${answers.join('')}end\n`)
    return 0
  }
}
