// The recorder of the simulated machine. It runs no script: what it has recorded is what the machine was doing then,
// in the very frames that a real one writes.
import { recorderIntervalSeconds } from '../../../shared/domain/recorder.ts'
import { remoteMade } from '../../../shared/domain/remote-layout.ts'
import { frameText } from '../../../shared/facts/frames.ts'
import { recorderMark, recorderTimeWord } from '../../../shared/facts/recorder-script.ts'
import { tickEnd, tickStart } from '../../../shared/facts/ticks.ts'
import { hostText } from '../hardware/host-text.ts'
import type { Machine } from '../machine.ts'
import type { AnswerTable } from '../probe-answer.ts'
import { endRecorder, recorderDigest, recorderSinceMs, recorderTells } from '../recorder-state.ts'
import type { Worker, Workers } from './work.ts'

/** More than this would keep whoever looks at a demo waiting. */
const reachMs = 12 * 3_600_000
const frameBytes = 1500
const ticksOfChunk = 60
const stepMs = recorderIntervalSeconds * 1000

export function recorderWorkers(
  machine: Machine,
  answers: AnswerTable,
): Pick<Workers, 'recorder-look' | 'recorder-read' | 'recorder-remove'> {
  return {
    'recorder-look': lookWorker(machine),
    'recorder-read': readWorker(machine, answers),
    'recorder-remove': async () => {
      endRecorder(machine)
      machine.change(({ files }) => {
        for (const end of ['json', 'before.json']) delete files[`${remoteMade}/recorder.recorder.${end}`]
      })
      return 0
    },
  }
}

function clockOf({ state, nowMs }: Machine): { readonly boot: string; readonly text: string } {
  const boot = `${state.machineId.slice(0, 8)}-${Math.floor(state.bootedAtMs)}`
  return { boot, text: `${Math.floor(nowMs() / 1000)} ${hundredthsAt(state.bootedAtMs, nowMs())}` }
}

function hundredthsAt(bootedAtMs: number, atMs: number): number {
  return Math.max(0, Math.floor((atMs - bootedAtMs) / 10))
}

function lookWorker(machine: Machine): Worker<'recorder-look'> {
  return async ({ write }) => {
    const { boot, text } = clockOf(machine)
    const sinceMs = recorderSinceMs(machine)
    const lines = [`clock ${text} ${boot}`]
    if (sinceMs === undefined) lines.push('none')
    else {
      const { bootedAtMs } = machine.state
      const ticks = Math.floor((machine.nowMs() - firstMs(machine, sinceMs)) / stepMs)
      const script = recorderDigest(machine)
      lines.push(
        `active active ${Math.max(0, Math.floor((sinceMs - bootedAtMs) * 1000))}`,
        `script ${script}`,
        'files 1',
      )
      lines.push(
        `bytes ${ticks * frameBytes}`,
        `oldest 0000000001-${Math.floor(firstMs(machine, sinceMs) / 1000)}.frames`,
      )
      const tells = recorderTells(machine)
      if (tells !== undefined) lines.push(`tells ${tells}`)
      lines.push(`newest ${Math.floor(machine.nowMs() / 1000)}`)
    }
    await write([...lines, 'end', ''].join('\n'))
    return 0
  }
}

function firstMs({ nowMs }: Machine, sinceMs: number): number {
  return Math.max(sinceMs, nowMs() - reachMs)
}

function readWorker(machine: Machine, answers: AnswerTable): Worker<'recorder-read'> {
  return async ({ head: { nonce, fromSeconds }, write, signal }) => {
    const { boot, text } = clockOf(machine)
    const sinceMs = recorderSinceMs(machine)
    await write(`\n${nonce} clock ${text} ${boot}\n`)
    if (sinceMs !== undefined) {
      const begin = firstMs(machine, sinceMs)
      const inner = machine.state.machineId
      await write(
        `\n${nonce} file 0000000001-${Math.floor(begin / 1000)}.frames\n${recorderMark}${inner} ${boot} ${recorderIntervalSeconds}\n`,
      )
      const frames = framesSince(machine, answers, { fromMs: Math.max(begin, fromSeconds * 1000), nonce: inner })
      for (const frame of frames) if (signal.aborted || !(await write(frame))) return 143
    }
    await write(`\n${nonce} end\n`)
    return 0
  }
}

type From = { readonly fromMs: number; readonly nonce: string }

/** Of the same machine at those times; some of them together. */
function* framesSince(machine: Machine, answers: AnswerTable, { fromMs, nonce }: From): Generator<string> {
  let atMs = fromMs
  const then: Machine = { ...machine, nowMs: () => atMs }
  const ids = Object.keys(answers)
  let text = ''
  for (let tick = 0; atMs <= machine.nowMs(); tick += 1, atMs += stepMs) {
    const time = `${recorderTimeWord}${Math.floor(atMs / 1000)} ${hundredthsAt(machine.state.bootedAtMs, atMs)}`
    const frames = ids.flatMap((id) => {
      const answer = answers[id]?.(then)
      if (answer === undefined || answer.exitCode === 127) return []
      return [frameText(nonce, id, answer.stdout, answer.exitCode ?? 0, answer.stderr ?? '')]
    })
    text += `${tickStart(nonce)}${tick}\n${time}\n${hostText(then)}${frames.join('')}${tickEnd(nonce)}`
    if (tick % ticksOfChunk !== ticksOfChunk - 1) continue
    yield text
    text = ''
  }
  yield text
}
