// Jobs and probes on the simulated machine. Nothing is computed there: a job ends well after a moment, and a probe says
// whether the service that it is for takes requests.

import { jsonIn } from '../../../shared/domain/json-text.ts'
import { deploymentLabel } from '../../../shared/domain/remote-layout.ts'
import { taskEndedText } from '../../../shared/domain/script-exits.ts'
import type { TaskOutcome } from '../../../shared/domain/task-step.ts'
import { takesRequests } from '../container-life.ts'
import { drillIsOn, type Ended, fullDiskComplaint, type Machine } from '../machine.ts'
import { findContainer } from './container-changes.ts'
import { startCommand, stopCommand } from './container-commands.ts'
import { interrupted, paused, refused } from './ended.ts'

const taskSeconds = 3

/** `operands`: as shared/apply/task.ts says. */
export async function runTask(machine: Machine, operands: readonly string[], signal?: AbortSignal): Promise<Ended> {
  const [name = '', , folder = '', stem = '', kind = '', begun = '', pauses = '', keeps = '', , , ...words] = operands
  const image = words.find((word) => machine.state.images.some(({ configDigest }) => configDigest === word))
  if (image === undefined) return refused(`docker: Error response from daemon: No such image for ${name}`, 125)
  if (drillIsOn(machine, 'fill-disk'))
    return refused(`sh: 2: cannot create ${folder}/${stem}.new: ${fullDiskComplaint}`)
  const stopped = pauses !== '' && findContainer(machine.state, pauses)?.state === 'running'
  if (stopped) stopCommand(machine, pauses)
  const began = machine.nowMs()
  if (!(await paused(machine, taskSeconds * 1000, signal))) return interrupted
  const outcome = outcomeOf(machine, kind, begun)
  const seconds = Math.round((machine.nowMs() - began) / 1000)
  const note = noteOf(begun, { outcome, seconds, at: new Date(machine.nowMs()).toISOString() })
  machine.change(({ files }) => {
    if (keeps !== '') files[`${folder}/${stem}.step`] = `${keeps}\n`
    if (kind === 'probe' || outcome === 'passed') files[`${folder}/${stem}.${kind}`] = `${note}\n`
  })
  if (stopped) startCommand(machine, pauses)
  const said = `${taskEndedText}${note}\n`
  return outcome === 'passed' ? { exitCode: 0, stdout: said, stderr: '' } : { exitCode: 1, stdout: '', stderr: said }
}

function outcomeOf(machine: Machine, kind: string, begun: string): TaskOutcome {
  if (kind !== 'probe') return 'passed'
  const service = serviceOf(begun)
  const own = machine.state.containers.filter(({ labels }) => labels[deploymentLabel] === service)
  return own.some((one) => takesRequests(one, machine.nowMs())) ? 'passed' : 'exit'
}

function serviceOf(begun: string): string {
  const note = jsonIn(`${begun}}`)
  return typeof note === 'object' && note !== null && 'of' in note ? String(note.of) : ''
}

type How = { readonly outcome: TaskOutcome; readonly seconds: number; readonly at: string }

function noteOf(begun: string, { outcome, seconds, at }: How): string {
  const output = Buffer.from('demo: nothing was computed\n').toString('base64')
  const ended = { at, seconds, outcome, exitCode: outcome === 'passed' ? 0 : 1, output }
  return `${begun},${JSON.stringify(ended).slice(1)}`
}
