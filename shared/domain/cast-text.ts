// A recorded terminal (asciicast v2) as lines that may be shown: in the order in which it was shown, with what a terminal
// would obey as characters that do nothing. A file is read in pieces; a line goes on from one to the next.
import * as z from 'zod'
import { jsonIn } from './json-text.ts'
import { longestLineBytes } from './log.ts'
import { shownLines } from './log-text.ts'

const castEvent = z.tuple([z.number().nonnegative(), z.enum(['o', 'r', 'm']), z.string()])
export type CastEvent = z.infer<typeof castEvent>

/** `seconds`: since it was opened, at the line's beginning. */
export type CastLine = { readonly seconds: number; readonly text: string }

export type CastReader = {
  /** Whole lines that were ended within this piece. */
  take(piece: string): CastLine[]
  /** What is left at the end of the last piece. */
  rest(): CastLine[]
}

/** Without its head, and without what is none of ours. */
export function castEvents(piece: string): CastEvent[] {
  return piece.split('\n').flatMap((line) => {
    const read = line.startsWith('[') ? castEvent.safeParse(jsonIn(line)) : undefined
    return read?.success ? [read.data] : []
  })
}

export function castReader(): CastReader {
  let line = ''
  let beganAt = 0

  function ended(): CastLine[] {
    const texts = shownLines(line)
    line = ''
    return texts.map((text) => ({ seconds: beganAt, text }))
  }

  function add(seconds: number, text: string): CastLine[] {
    const lines: CastLine[] = []
    let left = text
    while (left !== '') {
      if (line === '') beganAt = seconds
      const end = left.indexOf('\n')
      const length = Math.min(end < 0 ? left.length : end, longestLineBytes - line.length)
      line += left.slice(0, length)
      const isEnd = length === end
      left = left.slice(isEnd ? length + 1 : length)
      // One without an end is parted.
      if (isEnd || line.length >= longestLineBytes) lines.push(...ended())
    }
    return lines
  }

  return {
    take: (piece) => castEvents(piece).flatMap(([seconds, kind, text]) => (kind === 'o' ? add(seconds, text) : [])),
    rest: () => (line === '' ? [] : ended()),
  }
}
