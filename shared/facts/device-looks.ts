// Reads the look into deployments' containers. Every line of a tool or a log has its mark in front, so none of them can pass
// for one of the look's own; what does not add up makes that container unreadable, and no other one.
import * as z from 'zod'
import type { Accelerator } from '../domain/accelerator.ts'
import type { InsideDevices } from '../domain/device-proof.ts'
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import { logLineLimit, lookLimit, pidLimit, toolsInside } from './device-look.ts'
import { parsed } from './engine.ts'
import { wholeNumber } from './lines.ts'
import { type Answers, answerText, type ProbeAnswer } from './probe.ts'

export type DeviceLook = {
  readonly name: string
  /** By its vendor's tool, asked in it. Absent: it has none. */
  readonly inside: Reading<InsideDevices>
  readonly pids: Reading<readonly number[]>
  readonly startLines: Reading<readonly string[]>
}

/** What one container's part of the answer has. */
type Part = {
  readonly about: string
  readonly pids: number[]
  readonly said: string[]
  readonly heard: string[]
  pidsWhole: boolean
  heardWhole: boolean
  lingers: boolean
  exitCode: number | undefined
}

const saidLines = 2000
const lineCount = 40_000

/** Unreadable as a whole where the answer breaks off or has a line that nobody wrote. Total. */
export function readDeviceLooks(answers: Answers): Reading<readonly DeviceLook[]> {
  const text = answerText(answers, 'device-look')
  if (text.state !== 'known') return text
  const lines = text.value.split('\n', lineCount)
  const parts: Part[] = []
  const understood = lines.every((line) => takeLine(line, parts))
  if (!understood || lines.at(-1) !== '' || lines.at(-2) !== 'end')
    return unreadable('device-look: the answer has another shape, or breaks off')
  return known(parts.flatMap((part) => lookOf(part) ?? []))
}

function takeLine(line: string, parts: Part[]): boolean {
  const [, word = '', rest = ''] = /^([a-z>=]{1,10})(?: (.*))?$/s.exec(line) ?? []
  if (word === 'container' && parts.length < lookLimit) return parts.push(newPart(rest)) > 0
  if (['', 'end', 'more'].includes(line)) return true
  const part = parts.at(-1)
  if (part === undefined) return false
  if (word === '>') return put(part.said, rest.slice(0, 2000), saidLines)
  if (word === '=') return put(part.heard, rest.slice(0, 400), logLineLimit)
  if (word === 'pid') return put(part.pids, wholeNumber(rest) ?? 0, pidLimit)
  if (word === 'said') part.exitCode = wholeNumber(rest)
  if (word === 'pids') part.pidsWhole = true
  if (word === 'heard') part.heardWhole = true
  if (word === 'lingers') part.lingers = true
  return ['said', 'pids', 'heard', 'lingers'].includes(word)
}

function put<T>(list: T[], one: T, limit: number): true {
  if (list.length < limit) list.push(one)
  return true
}

function newPart(about: string): Part {
  const lists = { pids: [], said: [], heard: [] }
  return { about, ...lists, pidsWhole: false, heardWhole: false, lingers: false, exitCode: undefined }
}

const named = z.object({ Name: z.string().max(300) })

/** Undefined where its own name cannot be read: nobody knows whose it is. */
function lookOf(part: Part): DeviceLook | undefined {
  const read = named.safeParse(parsed(part.about))
  if (!read.success) return undefined
  return {
    name: read.data.Name.replace(/^\//, ''),
    inside: insideOf(part),
    pids: part.pidsWhole ? known(part.pids) : unreadable('the engine does not list its processes'),
    startLines: part.heardWhole ? known(part.heard) : unreadable('its log was not read in time'),
  }
}

function insideOf({ said, exitCode, lingers }: Part): Reading<InsideDevices> {
  if (lingers) return unreadable('an earlier call of its tool still hangs in it')
  if (exitCode === undefined) return unreadable('it was not asked')
  if ([124, 137, 143].includes(exitCode)) return unreadable('its tool did not answer in time in it')
  const lines = said.filter((line) => line !== '')
  if (lines.at(-1) === 'none' && exitCode === 0) return absent
  // One that was not there after all has nothing below it.
  const at = lines.findLastIndex((line) => /^tool [a-z]{2,20}$/.test(line))
  const reader = toolsInside.find(({ vendor }) => `tool ${vendor}` === lines[at])
  if (reader === undefined) {
    return unreadable(`${evidence(said.join(' ').trim(), 200) || 'nothing was said'} (exit ${exitCode})`)
  }
  const { devices } = reader.readSample(answerOf(reader.sampleProbe.id, lines.slice(at + 1).join('\n'), exitCode))
  if (devices.state === 'unreadable') return devices
  if (devices.state === 'absent' || devices.value.length === 0) return unreadable('its tool names no device')
  return known(summaryOf(devices.value))
}

function answerOf(id: string, stdout: string, exitCode: number): ProbeAnswer {
  return { id, state: 'answered', exitCode: known(exitCode), since: absent, stdout, stderr: '', damage: undefined }
}

function summaryOf(devices: readonly Accelerator[]): InsideDevices {
  const names = devices.flatMap(({ product }) => (product.state === 'known' ? [product.value.slice(0, 200)] : []))
  const sizes = devices.flatMap(({ memoryTotalBytes: size }) => (size.state === 'known' ? [size.value] : []))
  const all = sizes.length === devices.length
  return {
    by: 'tool',
    count: devices.length,
    products: [...new Set(names)].slice(0, 16),
    memoryBytes: all ? known(Math.min(...sizes)) : unreadable('its tool does not say it of every device'),
  }
}
