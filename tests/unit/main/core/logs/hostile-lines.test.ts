// What a container writes never reaches a page or a terminal as anything but letters (P45), however its bytes are cut into
// pieces on their way, and none of its letters is lost but for colours.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { framedMessages, plainMessages } from '../../../../../main/connect/log-messages.ts'
import { lineMaker } from '../../../../../main/core/logs/line-maker.ts'
import { logLine } from '../../../../../shared/domain/log.ts'
import { frameOf, inPieces, momentOf } from '../../../../support/log-frames.ts'

type Sequence = { readonly kind: string; readonly text: string }
const file = join(import.meta.dirname, '../../../../fixtures/sequences/control.json')
const sequences = JSON.parse(readFileSync(file, 'utf8')) as Sequence[]

/** Control characters, and what turns text around, moves it or hides it. */
const obeyed =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u

/** A container that writes the text between two words, and one more line. */
function linesFrom(text: string, pieceBytes: number): string[] {
  const [first = '', ...rest] = `before${text}after`.split('\n')
  const written = [first, ...rest, 'next line']
  const bytes = Buffer.concat(written.map((line, at) => frameOf({ at: momentOf(at), text: `${line}\n` })))
  return shown(framedMessages(), inPieces(bytes, pieceBytes))
}

function shown(take: ReturnType<typeof framedMessages>, pieces: readonly Buffer[]): string[] {
  const maker = lineMaker()
  const lines = pieces.flatMap(take).flatMap((message) => maker.take(message))
  return [...lines, ...maker.rest()].map(({ line }) => logLine.parse(line).text)
}

const lettersOf = (text: string) => text.replaceAll(/[^A-Za-z]/g, '')

describe.each(
  sequences.map((one, at) => ({ ...one, name: `${at} ${one.kind} ${JSON.stringify(one.text).slice(0, 50)}` })),
)('the sequence $name', ({ text }) => {
  const whole = linesFrom(text, 1_000_000)

  it('does nothing, wherever it is cut', () => {
    for (const size of [1, 2, 3, 5, 11]) expect(linesFrom(text, size)).toEqual(whole)
    expect(whole.filter((line) => obeyed.test(line))).toEqual([])
  })

  it('hides nothing and adds no line of its own making', () => {
    expect(whole.at(-1)).toBe('next line')
    expect(whole.at(0)?.startsWith('before')).toBe(true)
    expect(whole.at(-2)?.endsWith('after')).toBe(true)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are taken away as a whole
    const visible = text.replaceAll(/\u001b\[[0-9;:]{0,64}[mK]/g, '')
    expect(lettersOf(whole.join(''))).toBe(`before${lettersOf(visible)}afternextline`)
  })
})

describe('text of a program with a terminal', () => {
  it('is as safe', () => {
    const bytes = Buffer.from(`${momentOf(0)} \u001b]0;title\u0007a\r\n${momentOf(1)} b\u001b[2Jc\r\n`)
    for (const size of [1, 7, 1000])
      expect(shown(plainMessages(), inPieces(bytes, size))).toEqual(['\u241b]0;title\u2407a', 'b\u241b[2Jc'])
  })
})

describe('bytes that are no text', () => {
  it('are shown as that, and the next line is whole', () => {
    const broken = Buffer.from([0x61, 0xff, 0xc3, 0x28, 0xe2, 0x82, 0x0a])
    const bytes = Buffer.concat([frameOf({ text: broken }), frameOf({ text: '药房\n' })])
    for (const size of [1, 4, 100])
      expect(shown(framedMessages(), inPieces(bytes, size))).toEqual(['a\ufffd\ufffd(\ufffd', '药房'])
  })
})
