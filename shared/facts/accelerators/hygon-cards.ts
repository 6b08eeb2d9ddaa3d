// Cards and their values in an output that is nearly JSON: real ones miss commas and repeat keys, so that no JSON
// parser takes them. One pass over quoted keys and values; also the form of lines that the tool prints without --json.
import { boundedLines } from '../lines.ts'

export type SmiCard = {
  readonly index: number
  /** By the key in small letters; of a key that comes twice the first. */
  readonly fields: ReadonlyMap<string, string>
}

const cardLimit = 512
const fieldLimit = 200

export function readSmiCards(text: string): SmiCard[] {
  const cards = new Map<number, Map<string, string>>()
  const put = (index: number, key: string, value: string) => {
    const fields = cards.get(index) ?? new Map<string, string>()
    if (!cards.has(index) && cards.size >= cardLimit) return
    cards.set(index, fields)
    const name = key
      .trim()
      .replace(/\s{1,99}/g, ' ')
      .toLowerCase()
    if (name !== '' && !fields.has(name) && fields.size < fieldLimit) fields.set(name, value.trim())
  }
  const lines = boundedLines(text)
  // A single line may hold everything: what boundedLines cuts is here read whole.
  putObjects(text.slice(0, 1024 * 1024), put)
  if (cards.size === 0) putLines(lines, put)
  return [...cards].map(([index, fields]) => ({ index, fields }))
}

type Put = (index: number, key: string, value: string) => void

/** `"key": "value"`, `"key": 12`, `"key": {` and `}`; whatever stands between them does not matter. */
function putObjects(text: string, put: Put): void {
  const token = /"([^"\n]{0,120})"\s{0,20}:\s{0,20}(?:"([^"\n]{0,300})"|(\{)|(-?\d[\d.]{0,30}|null|true|false))|\}/g
  const open: (number | undefined)[] = []
  for (const [whole, key = '', quoted, brace, bare] of text.matchAll(token)) {
    if (whole === '}') open.pop()
    else if (brace !== undefined) open.push(cardIndex(key))
    else {
      const index = open.at(-1)
      if (index !== undefined) put(index, key, quoted ?? (bare === 'null' ? 'N/A' : (bare ?? '')))
    }
    if (open.length > 64) return
  }
}

function cardIndex(key: string): number | undefined {
  const digits = /^(?:card|dcu|hcu|gpu)(\d{1,4})$/i.exec(key)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** `HCU[0]		: vram Total Memory (MiB): 65520`. */
function putLines(lines: readonly string[], put: Put): void {
  for (const line of lines) {
    const match = /^\s{0,20}(?:HCU|DCU|GPU)\[(\d{1,4})\]\s{0,40}:\s{0,20}([^:]{1,100}):\s{0,20}(.{0,300})/i.exec(line)
    if (match !== null) put(Number(match[1]), match[2] ?? '', match[3] ?? '')
  }
}
