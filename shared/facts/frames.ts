// The answers of the facts script, framed by a nonce that no tool on the appliance can guess. The
// nonce lines find the frames, the byte counts check them; whatever does not add up is marked as
// damaged instead of being read. Text may come through a decoder that replaced broken UTF-8.
import { absent, known, type Reading, unreadable, valueOr } from '../domain/reading.ts'
import type { Answers, ProbeAnswer } from './probe.ts'

const frameLimit = 200
const states = ['answered', 'timed-out', 'still-hung', 'missing'] as const

/**
 * Answers by probe id. `text` is the script's stdout, decoded as UTF-8; anything before the first
 * frame (banners) is skipped. Of two frames with one id the first counts. Never throws.
 */
export function readFrames(text: string, nonce: string): Answers {
  const answers = new Map<string, ProbeAnswer>()
  const mark = `\n${nonce} answer `
  let at = text.indexOf(mark)
  for (let count = 0; at >= 0 && count < frameLimit; count += 1) {
    const start = at + 1
    const next = text.indexOf(mark, start)
    const answer = readFrame(text.slice(start, next < 0 ? text.length : next), nonce)
    if (answer !== undefined && !answers.has(answer.id)) answers.set(answer.id, answer)
    at = next
  }
  return answers
}

type Head = {
  readonly id: string
  readonly state: ProbeAnswer['state']
  readonly exitCode: Reading<number>
  readonly since: Reading<string>
  /** Bytes that follow and bytes that the probe wrote, of stdout and stderr. */
  readonly counts: readonly [number, number, number, number]
}

function readFrame(frame: string, nonce: string): ProbeAnswer | undefined {
  const headEnd = frame.indexOf('\n')
  const head = readHead(headEnd < 0 ? frame : frame.slice(0, headEnd))
  if (head === undefined) return undefined
  const { counts, ...outcome } = head
  const broken = (damage: string): ProbeAnswer => ({ ...outcome, stdout: '', stderr: '', damage })
  if (headEnd < 0) return broken('the answer breaks off')
  const stderrMark = `\n${nonce} stderr\n`
  const endMark = `\n${nonce} end\n`
  const stderrAt = frame.indexOf(stderrMark, headEnd)
  const endAt = stderrAt < 0 ? -1 : frame.indexOf(endMark, stderrAt + stderrMark.length - 1)
  if (endAt < 0) return broken('the answer breaks off')
  const stdout = frame.slice(headEnd + 1, Math.max(headEnd + 1, stderrAt))
  const stderr = frame.slice(stderrAt + stderrMark.length, Math.max(stderrAt + stderrMark.length, endAt))
  if (!couldBe(stdout, counts[0]) || !couldBe(stderr, counts[2])) return broken('the answer has a wrong length')
  const cut = counts[1] > counts[0] ? `the answer is too long: ${counts[1]} bytes` : undefined
  return { ...outcome, stdout, stderr, damage: cut }
}

function readHead(line: string): Head | undefined {
  const words = line.split(' ', 11)
  const [, , id, stateWord, codeWord, since] = words
  const state = states.find((one) => one === stateWord)
  if (words.length !== 10 || id === undefined || !/^[a-z0-9.-]{1,60}$/.test(id) || state === undefined) return undefined
  if (words.slice(6).some((word) => !/^\d{1,12}$/.test(word))) return undefined
  const [shown = 0, written = 0, errorShown = 0, errorWritten = 0] = words.slice(6).map(Number)
  return {
    id,
    state,
    exitCode:
      codeWord !== undefined && /^\d{1,3}$/.test(codeWord) ? known(Number(codeWord)) : unreadable('it has not ended'),
    since: since !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(since) ? known(since) : absent,
    counts: [shown, written, errorShown, errorWritten],
  }
}

/** Could this decoded text have been `bytes` long? A replacement character stands for 1 to 3 bytes. */
function couldBe(text: string, bytes: number): boolean {
  const { length, replaced } = sizeOf(text)
  return bytes <= length && bytes >= length - 2 * replaced
}

/** Bytes of UTF-8, and how many replacement characters are among them. */
function sizeOf(text: string): { length: number; replaced: number } {
  let length = 0
  let replaced = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (code === 0xfffd) replaced += 1
  }
  return { length, replaced }
}

/** One frame as the script writes it, for the demo appliance and tests. */
export function frameText(nonce: string, id: string, stdout: string, exitCode = 0, stderr = ''): string {
  const state = exitCode === 127 && stdout === '' && stderr === '' ? 'missing' : 'answered'
  return frameOf(nonce, { id, state, exitCode: known(exitCode), since: absent, stdout, stderr, damage: undefined })
}

/** An answer that is not damaged as the frame it came in. */
export function frameOf(nonce: string, { id, state, exitCode, since, stdout, stderr }: ProbeAnswer): string {
  const [out, err] = [sizeOf(stdout).length, sizeOf(stderr).length]
  const head = `${id} ${state} ${valueOr(exitCode, '-')} ${valueOr(since, '-')} ${out} ${out} ${err} ${err}`
  return `\n${nonce} answer ${head}\n${stdout}\n${nonce} stderr\n${stderr}\n${nonce} end\n`
}
