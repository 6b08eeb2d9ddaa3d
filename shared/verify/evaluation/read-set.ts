// Reads a published set of questions: CMExam's CSV, MedQA's JSON lines, CMB's JSON list. Which of them it is shows in what is
// written there and not in its name. It comes from anybody: all of it is bounded, and each question that is refused is named
// by its line with the reason.
import {
  type EvaluationForm,
  type EvaluationItem,
  type ItemFault,
  itemFault,
  type RefusedItem,
  setBounds,
} from '../../domain/evaluation-set.ts'
import { jsonIn } from '../../domain/json-text.ts'
import { csvRows } from './csv-rows.ts'
import { itemOf, type RawItem } from './evaluation-item.ts'

export type ReadSet = {
  readonly form: EvaluationForm
  readonly items: readonly EvaluationItem[]
  /** The first of those that are not among them. */
  readonly refusals: readonly RefusedItem[]
  readonly refused: number
}

/** `unknown-form`: none of the three. `no-items`: one of them, of which no question can be asked. */
export type SetReading = ({ readonly ok: true } & ReadSet) | UnreadSet
export type UnreadSet = {
  readonly ok: false
  readonly problem: 'unknown-form' | 'no-items'
  readonly first?: RefusedItem
}

/** A question of the file, before anybody has looked at it; a fault where there is none to look at. */
type Given = { readonly line: number; readonly raw: RawItem | ItemFault }
type Source = { readonly form: EvaluationForm; readonly given: Iterable<Given> }

export function readSet(whole: string): SetReading {
  const text = whole.startsWith('\ufeff') ? whole.slice(1) : whole
  const source = sourceOf(text)
  if (source === undefined) return { ok: false, problem: 'unknown-form' }
  const items: EvaluationItem[] = []
  const refusals: RefusedItem[] = []
  let refused = 0
  const refuse = (line: number, fault: ItemFault) => {
    refused += 1
    if (refusals.length < setBounds.refusalsTold) refusals.push({ line, fault })
  }
  let seen = 0
  for (const { line, raw } of source.given) {
    seen += 1
    // No set that can be asked has so much around it: the rest is not looked at.
    if (seen > setBounds.looked) {
      refuse(line, 'too-many-items')
      break
    }
    const item = typeof raw === 'string' ? raw : itemOf(line, raw)
    if (typeof item === 'string') refuse(line, item)
    else if (items.length < setBounds.items) items.push(item)
    else refuse(line, 'too-many-items')
  }
  if (items.length > 0) return { ok: true, form: source.form, items, refusals, refused }
  const [first] = refusals
  return { ok: false, problem: 'no-items', ...(first !== undefined && { first }) }
}

function sourceOf(text: string): Source | undefined {
  const [first] = text.trimStart()
  if (first === '[') return listOf(text)
  return first === '{' ? linesOf(text) : tableOf(text)
}

/** One JSON list: its entries are numbered in the place of lines. */
function listOf(text: string): Source | undefined {
  const list = jsonIn(text)
  if (!Array.isArray(list)) return undefined
  const form = formOf(list.map(fieldsOf).find((one) => one !== undefined))
  if (form === undefined) return undefined
  return { form, given: list.map((value, at) => ({ line: at + 1, raw: rawOf(fieldsOf(value)) })) }
}

function linesOf(text: string): Source | undefined {
  const [first = ''] = text.trimStart().split('\n', 1)
  const form = formOf(fieldsOf(jsonIn(first)))
  return form === undefined ? undefined : { form, given: givenInLines(text) }
}

function* givenInLines(text: string): Generator<Given> {
  let [at, line] = [0, 0]
  while (at < text.length) {
    const end = text.indexOf('\n', at)
    const one = text.slice(at, end < 0 ? text.length : end)
    line += 1
    at += one.length + 1
    if (one.trim() !== '') yield { line, raw: rawOf(fieldsOf(jsonIn(one))) }
  }
}

type Fields = ReadonlyMap<string, unknown>

function fieldsOf(value: unknown): Fields | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? new Map(Object.entries(value)) : undefined
}

/** CMB says `option`, MedQA `options`. */
function formOf(fields: Fields | undefined): EvaluationForm | undefined {
  if (fields?.has('question') !== true) return undefined
  if (fields.has('option')) return 'cmb'
  return fields.has('options') ? 'medqa' : undefined
}

/** The narrowest of what it belongs to goes first. MedQA says which step of the examination it is from. */
const categoryFields = ['exam_subject', 'exam_class', 'exam_type', 'meta_info', 'category']

function rawOf(fields: Fields | undefined): RawItem | ItemFault {
  if (fields === undefined) return itemFault.enum['not-json']
  const category = categoryFields.map((name) => fields.get(name)).find((one) => typeof one === 'string' && one !== '')
  return {
    question: fields.get('question'),
    options: optionPairs(fields.get('option') ?? fields.get('options')),
    answers: [fields.get('answer_idx'), fields.get('answer')],
    several: /多/.test(String(fields.get('question_type') ?? '')),
    category,
  }
}

/** {A: "..."} or [{key: "A", value: "..."}]. */
function optionPairs(value: unknown): RawItem['options'] {
  if (!Array.isArray(value)) return [...(fieldsOf(value) ?? [])].slice(0, mostOptions)
  return value.slice(0, mostOptions).map((one) => {
    const fields = fieldsOf(one)
    return [String(fields?.get('key') ?? ''), fields?.get('value')]
  })
}

/** More than can be asked: that there are too many is still seen. */
const mostOptions = 30

/** Of CMExam's annotations; of what else sites write, what a column of it is called. */
const categoryColumns = [
  ...['clinical department', 'medical discipline', 'disease group', 'department', 'category', 'subject'],
  ...['科室', '学科', '科目', '类别'],
]

function tableOf(text: string): Source | undefined {
  const rows = csvRows(text)
  const head = rows.next()
  if (head.done === true) return undefined
  const names = head.value.cells.map((one) => one.trim().toLowerCase())
  const [question, options, answer] = ['question', 'options', 'answer'].map((name) => names.indexOf(name))
  if (question === undefined || options === undefined || answer === undefined) return undefined
  if (Math.min(question, options, answer) < 0) return undefined
  const category = names.findIndex((name) => categoryColumns.includes(name))
  return { form: 'cmexam', given: givenInRows(rows, { question, options, answer, category }) }
}

type Columns = Readonly<Record<'question' | 'options' | 'answer' | 'category', number>>

function* givenInRows(rows: ReturnType<typeof csvRows>, at: Columns): Generator<Given> {
  for (const { line, cells, isCut } of rows) {
    if (isCut) yield { line, raw: itemFault.enum['cell-too-long'] }
    if (isCut || cells.every((one) => one.trim() === '')) continue
    yield {
      line,
      raw: {
        ...{ question: cells[at.question], options: optionLines(cells[at.options] ?? ''), several: false },
        ...{ answers: [cells[at.answer]], category: cells[at.category] },
      },
    }
  }
}

/** "A text" a line, as CMExam writes them. A line that begins with no letter goes on with the option before it. */
function optionLines(text: string): RawItem['options'] {
  const options: { readonly letter: string; readonly lines: string[]; length: number }[] = []
  for (const line of text.split(/\r\n?|\n/)) {
    const [mark, letter] = /^\s*([A-ZＡ-Ｚ])(?:[.、:：．)）\s]|$)/.exec(line) ?? []
    const last = options.at(-1)
    if (mark === undefined || letter === undefined) {
      if (last === undefined || line.trim() === '') continue
      last.lines.push(line.trim())
      last.length += line.trim().length + 1
      if (last.length > setBounds.optionLength * 2) break
    } else if (options.length < mostOptions)
      options.push({ letter, lines: [line.slice(mark.length).trim()], length: 0 })
    else break
  }
  return options.map(({ letter, lines }) => [letter, lines.filter((one) => one !== '').join(' ')])
}
