// What steps ask of the system itself: the simulated machine knows its volumes and its recorder. Every other question is
// one that it cannot read.
import { volumeAnswer } from '../engine/volumes.ts'
import type { Machine } from '../machine.ts'
import { recorderAnswer } from '../recorder-state.ts'
import type { Worker } from './work.ts'

/** Shown in the plan that would need it. */
const unknownHere = 'the demo appliance keeps no secrets and no files of services; a real server or one of the lab does'

export function hostLookWorker(machine: Machine): Worker<'host-look'> {
  return async ({ head: { questions, volumes = [], recorder }, write }) => {
    const answers = Array.from({ length: questions }, (_, at) => {
      const name = volumes[at] ?? ''
      const text =
        at === recorder
          ? `${recorderAnswer(machine)}\nexit 0\n`
          : name === ''
            ? `${unknownHere}\nexit 1\n`
            : `${volumeAnswer(machine, name)}\nexit 0\n`
      return `answer ${at} ${Buffer.from(text).toString('base64')}\n`
    })
    await write(`${answers.join('')}end\n`)
    return 0
  }
}
