// Puts a measurement into the file of a model's entry, which people write by hand: lines are added, and none of theirs is
// touched. What comes of it is read again before anybody writes it down.
import { isMap, isSeq, type Node, type Pair, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml'
import type { MeasuredEvidence } from '../../shared/domain/entry/measured.ts'
import { isSameHardware, mostMeasured } from '../../shared/domain/entry/measured.ts'
import { type ModelEntry, modelEntry } from '../../shared/domain/entry/model-entry.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import { readYaml } from './read-yaml.ts'

export type Added =
  | { readonly is: 'added'; readonly text: string }
  /** The same certificate says it already. */
  | { readonly is: 'there' }
  /** `one-line`: the form, or its list, is written between braces, where no line can be added. */
  | { readonly is: 'not-added'; readonly why: 'no-such-form' | 'one-line' | 'full' }

type Wanted = { readonly form: string; readonly measured: MeasuredEvidence }

/** Fails where the file is no entry of a model. */
export function addMeasured(file: string, text: string, { form, measured }: Wanted): Result<Added> {
  const read = readYaml(file, text, modelEntry)
  if (!read.ok) return read
  const variant = read.value.variants.find(({ id }) => id === form)
  if (variant === undefined) return ok({ is: 'not-added', why: 'no-such-form' })
  const known = variant.measured ?? []
  if (known.some((one) => isSame(one, measured))) return ok({ is: 'there' })
  if (known.length >= mostMeasured) return ok({ is: 'not-added', why: 'full' })
  const place = placeIn(text, read.value, form)
  if (place === undefined) return ok({ is: 'not-added', why: 'one-line' })
  const lines = stringify([measured], { lineWidth: 0 }).trimEnd().split('\n')
  const indented = lines.map((line) => `${' '.repeat(place.itemColumn)}${line}\n`).join('')
  const head = place.head === undefined ? '' : `${' '.repeat(place.head)}measured:\n`
  const before = text.slice(0, place.at)
  const added = `${before}${before.endsWith('\n') ? '' : '\n'}${head}${indented}${text.slice(place.at)}`
  const again = readYaml(file, added, modelEntry)
  return again.ok ? ok({ is: 'added', text: added }) : again
}

function isSame(one: MeasuredEvidence, other: MeasuredEvidence): boolean {
  return (
    one.certificate === other.certificate &&
    one.runtime === other.runtime &&
    one.runtimeVersion === other.runtimeVersion &&
    isSameHardware(one.hardware, other.hardware)
  )
}

/** `head`: the column of the new list's name; missing where the list is there. */
type Place = { readonly at: number; readonly itemColumn: number; readonly head?: number }

function placeIn(text: string, { variants }: ModelEntry, form: string): Place | undefined {
  const all = parseDocument(text).get('variants')
  const item = isSeq(all) ? all.items[variants.findIndex(({ id }) => id === form)] : undefined
  if (!isMap(item) || item.flow === true) return undefined
  const [first] = item.items as Pair<Node, Node>[]
  const column = columnOf(text, first?.key)
  const list = item.get('measured', true)
  if (list === undefined) return { at: lineEndAfter(text, item), itemColumn: column + 2, head: column }
  if (!isSeq(list) || list.flow === true || list.items.length === 0) return undefined
  return { at: lineEndAfter(text, list), itemColumn: columnOf(text, list.items[0] as Node) - 2 }
}

function columnOf(text: string, node: Node | undefined): number {
  const at = node?.range?.[0] ?? 0
  return at - (text.lastIndexOf('\n', at - 1) + 1)
}

/** Where the line after its last value begins: a remark beside that stays with it. */
function lineEndAfter(text: string, node: YAMLMap | YAMLSeq): number {
  const end = node.range?.[1] ?? text.length
  if (text[end - 1] === '\n') return end
  const next = text.indexOf('\n', end)
  return next < 0 ? text.length : next + 1
}
