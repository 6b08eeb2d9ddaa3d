// The `sh -c` commands of the container step. What their text says is done here; a change of that text
// that its head does not show is not seen.
import { readScriptHead } from '../../../shared/domain/script-head.ts'
import { takesRequests } from '../container-life.ts'
import { drillIsOn, type Ended, fullDiskComplaint, type Machine } from '../machine.ts'
import { clearStage, joinNetwork, makeStage } from './beside.ts'
import { findContainer, publishes } from './container-changes.ts'
import { logEnd } from './container-commands.ts'
import { interrupted, paused, refused } from './ended.ts'
import { runTask } from './task-scripts.ts'
import { runVolumeScript } from './volume-scripts.ts'

const lookMilliseconds = 500
const soakLookMilliseconds = 1000
const shownLines = 20
const quiet: Ended = { exitCode: 0, stdout: '', stderr: '' }

/** `words`: what follows `sh -c`. Undefined when it is no script of the container step. */
export async function runContainerScript(
  machine: Machine,
  words: readonly string[],
  signal?: AbortSignal,
): Promise<Ended | undefined> {
  const [text = '', , ...operands] = words
  const head = readScriptHead(text)
  const block = head?.block
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = operands
  if (block === 'record' && operands.length === 3) return writeRecord(machine, `${first}/${second}`, third)
  if (block === 'version-record' && operands.length === 5) {
    const keptAt = new Date(machine.nowMs()).toISOString()
    const kept = writeRecord(machine, `${first}/${second}/${third}`, `{"keptAt":"${keptAt}","step":${fourth}}`)
    if (kept.exitCode === 0) keepNewest(machine, `${first}/${second}/`, Number(fifth))
    return kept
  }
  // Nothing is ever damaged there, and nothing is back by it.
  if (block === 'drop-damaged') return { ...quiet, exitCode: 1 }
  // Its images have no labels at all.
  if (block === 'plain-image' && operands.length === 3) return quiet
  if (block === 'smoke' && operands.length >= 3) return smoke(machine, Number(first))
  if (block === 'smoke-aside' && operands.length >= 5) return smokeAside(machine, first)
  if (block === 'task' && operands.length > 10) return runTask(machine, operands, signal)
  if (block === 'stage' && operands.length === 4) return makeStage(machine, second)
  if (block === 'join-network' && operands.length === 3) return joinNetwork(machine, second, first)
  if (block === 'clear-stage' && operands.length === 1) return clearStage(machine, first)
  const seconds = Number(second)
  if (block === 'until-healthy' && operands.length === 2 && Number.isFinite(seconds)) {
    return untilHealthy(machine, { name: first, seconds }, signal)
  }
  if (block === 'soak' && operands.length === 2 && Number.isFinite(seconds)) {
    return soak(machine, { name: first, seconds }, signal)
  }
  return head === undefined ? undefined : runVolumeScript(machine, head, operands)
}

function writeRecord(machine: Machine, path: string, text: string): Ended {
  if (drillIsOn(machine, 'fill-disk')) return refused(`sh: 2: cannot create ${path}.new: ${fullDiskComplaint}`, 2)
  machine.change(({ files }) => {
    files[`${path}.json`] = `${text}\n`
  })
  return quiet
}

/** So many versions: the records begin with when they were kept. */
function keepNewest(machine: Machine, folder: string, count: number): void {
  machine.change(({ files }) => {
    const names = Object.keys(files).filter((path) => path.startsWith(folder))
    const oldFirst = names.sort((one, other) => ((files[one] ?? '') < (files[other] ?? '') ? -1 : 1))
    for (const path of oldFirst.slice(0, -count)) delete files[path]
  })
}

/** Whatever publishes that port and takes requests does what it is for. */
function smoke(machine: Machine, port: number): Ended {
  const found = machine.state.containers.find((one) => publishes(one, port) && takesRequests(one, machine.nowMs()))
  return found === undefined ? refused(`curl: (7) Failed to connect to 127.0.0.1 port ${port}`) : quiet
}

function smokeAside(machine: Machine, name: string): Ended {
  const found = findContainer(machine.state, name)
  const answers = found !== undefined && takesRequests(found, machine.nowMs())
  return answers ? quiet : refused(`curl: (7) Failed to connect to ${name}`)
}

type Wait = { readonly name: string; readonly seconds: number }

/** Counts looks, as the script does: a clock that is moved meanwhile does not end it. */
async function untilHealthy(machine: Machine, { name, seconds }: Wait, signal?: AbortSignal): Promise<Ended> {
  for (let look = 0; look < seconds * 2; look++) {
    const found = findContainer(machine.state, name)
    if (found === undefined) return refused(`Error: No such object: ${name}`)
    if (takesRequests(found, machine.nowMs())) return quiet
    if (found.state !== 'running') break
    if (!(await paused(machine, lookMilliseconds, signal))) return interrupted
  }
  const found = findContainer(machine.state, name)
  return { exitCode: 1, stdout: '', stderr: found === undefined ? '' : logEnd(found, shownLines) }
}

async function soak(machine: Machine, { name, seconds }: Wait, signal?: AbortSignal): Promise<Ended> {
  const starts = findContainer(machine.state, name)?.startedAtMs
  for (let look = 0; ; look++) {
    const found = findContainer(machine.state, name)
    const holds = found?.state === 'running' && found.startedAtMs === starts
    if (!holds) {
      const said = `it was healthy and did not hold for ${seconds} s: after ${look} s it was ${found?.state ?? 'not to be seen'}\n`
      return { exitCode: 1, stdout: '', stderr: `${said}${found === undefined ? '' : logEnd(found, shownLines)}` }
    }
    if (look >= seconds) return quiet
    if (!(await paused(machine, soakLookMilliseconds, signal))) return interrupted
  }
}
