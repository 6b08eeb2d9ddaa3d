// Catalog files are hostile input: bounded in size, nodes and depth before anything is built from them,
// no aliases, no tags, no duplicate keys, no unknown fields; every problem names the file, the line and the column.
import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import type * as z from 'zod'
import type { CatalogFault, CatalogProblem } from '../../shared/domain/catalog-fault.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { faultText } from '../../shared/words/catalog-words.ts'
import { wordsOf } from '../../shared/words/words-of.ts'
import { type FormFault, formFaults, shownText } from './form-faults.ts'
import type { Path } from './known-fields.ts'
import { offsetBeyond } from './yaml-bounds.ts'
import { startOf, structureOf, textFaults, type YamlFault } from './yaml-faults.ts'

const maximumBytes = 256 * 1024
const maximumNodes = 20_000
const maximumDepth = 32
const mostProblems = 50

export type Place = Pick<CatalogProblem, 'line' | 'column'>

export type Examined<T> = {
  /** The worst first: what keeps the file from being read at all. No more than `mostProblems`. */
  readonly problems: readonly CatalogProblem[]
  /** There where nothing is wrong. */
  readonly value?: T
  /** What stands in it, whatever its form is; undefined where it could not be read. */
  readonly data: unknown
  /** Of the value at a path, or the nearest one around what is missing. */
  readonly placeOf: (path: Path) => Place
}

export function readYaml<S extends z.ZodType>(file: string, text: string, schema: S): Result<z.output<S>> {
  const { problems, value } = examineYaml(file, text, schema)
  const [first] = problems
  if (first === undefined) return ok(value as z.output<S>)
  const said = `${first.path === '' ? '' : `${first.path}: `}${faultText(first.fault, wordsOf('en').catalog)}`
  return fail({ kind: 'catalog-invalid', file: evidence(file, 300), line: first.line, problem: evidence(said, 490) })
}

/** Every problem of a file, and what it says. */
export function examineYaml<S extends z.ZodType>(file: string, text: string, schema: S): Examined<z.output<S>> {
  const lines = new LineCounter()
  const placeAt = (offset: number | undefined): Place => {
    if (offset === undefined) return nowhere
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const name = evidence(file, 300)
  const refused = (faults: readonly YamlFault[]): Examined<never> => ({
    problems: faults.map(({ offset, fault }) => ({ file: name, ...placeAt(offset), path: '', fault })),
    data: undefined,
    placeOf: () => nowhere,
  })
  const unread = unreadable(text, lines)
  if (unread.length > 0) return refused(unread)
  const document = parse(text, lines)
  const syntax = syntaxFaults(document)
  if (syntax.length > 0) return refused(syntax)
  const bounds = { nodes: maximumNodes, depth: maximumDepth, faults: mostProblems }
  const { faults, isUnsafe } = structureOf(document, bounds)
  if (isUnsafe) return refused(faults)

  const data: unknown = document.toJS({ maxAliasCount: 0 })
  const checked = schema.safeParse(data)
  const placeOf = (path: Path) => placeAt(valueOffset(document, path))
  const known = refused(faults).problems
  const issues = checked.success ? [] : checked.error.issues.slice(0, mostProblems)
  const formed = issues
    .filter((issue) => !isOfOtherType(issue, issues))
    .flatMap((issue) => formFaults(issue, { schema, value: data }))
    .map((found): CatalogProblem => {
      const path = evidence(found.path.join('.'), 200)
      return { file: name, ...placeAt(offsetOf(document, found)), path, fault: asWritten(document, found) }
    })
  const problems = [...known, ...formed.filter((one) => !isSaidOf(one, known))]
  const whole = checked.success && problems.length === 0 ? { value: checked.data } : {}
  return { problems: problems.slice(0, mostProblems), ...whole, data, placeOf }
}

type Issue = z.core.$ZodIssue

const nowhere: Place = { line: 0, column: 0 }

/** What is wrong with how it is written comes before what it should be. */
function isSaidOf({ fault, line, column }: CatalogProblem, known: readonly CatalogProblem[]): boolean {
  return fault.kind !== 'missing' && known.some((other) => other.line === line && other.column === column)
}

/** How long a text is says nothing where a list belongs. */
function isOfOtherType({ code, path }: Issue, issues: readonly Issue[]): boolean {
  if (code !== 'too_big' && code !== 'too_small') return false
  const at = path.join('.')
  return issues.some((other) => other.code === 'invalid_type' && other.path.join('.') === at)
}

function unreadable(text: string, lines: LineCounter): YamlFault[] {
  if (Buffer.byteLength(text) > maximumBytes) {
    return [{ offset: undefined, fault: { kind: 'too-large', mostBytes: maximumBytes } }]
  }
  const faults = textFaults(text, mostProblems)
  if (faults.length > 0) {
    countLines(text, lines)
    return faults
  }
  const beyond = offsetBeyond(text, { nodes: maximumNodes, depth: maximumDepth })
  if (beyond === undefined) return []
  countLines(text, lines)
  return [{ offset: beyond, fault: { kind: 'too-much' } }]
}

/** Of a text that is not parsed. */
function countLines(text: string, lines: LineCounter): void {
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
}

function parse(text: string, lines: LineCounter): Document.Parsed {
  return parseDocument(text, {
    lineCounter: lines,
    // It would compare each key with each other, and copy a long line for each error: minutes for a small file.
    uniqueKeys: false,
    prettyErrors: false,
    schema: 'core',
    // A tag that it knows would make something else than values of JSON.
    resolveKnownTags: false,
    merge: false,
    logLevel: 'error',
  })
}

/** Of a tag that is not known there is a fault of our own. */
function syntaxFaults({ errors, warnings }: Document.Parsed): YamlFault[] {
  const found = [...errors, ...warnings.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED')]
  return found.slice(0, mostProblems).map(({ pos, message }) => ({
    offset: pos[0],
    fault: { kind: 'not-yaml', detail: evidence(message.slice(0, 600).split('\n')[0] ?? '', 300) },
  }))
}

/** "1.10" is the number 1.1, and nobody wrote that. */
function asWritten(document: Document.Parsed, { path, fault }: FormFault): CatalogFault {
  if (fault.kind !== 'wrong-type' || fault.found.type !== 'number') return fault
  const node = document.getIn(path, true)
  const shown = isScalar(node) && node.source !== undefined ? shownText(node.source) : fault.found.shown
  return { ...fault, found: { ...fault.found, shown } }
}

function offsetOf(document: Document.Parsed, { path, at }: FormFault): number | undefined {
  return (at === 'name' ? keyOffset(document, path) : undefined) ?? valueOffset(document, path)
}

function keyOffset(document: Document.Parsed, path: Path): number | undefined {
  const around = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(around)) return undefined
  const key = around.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === path.at(-1))?.key
  return isNode(key) ? startOf(key) : undefined
}

function valueOffset(document: Document.Parsed, path: Path): number | undefined {
  const places = path.map((_, at) => document.getIn(path.slice(0, path.length - at), true))
  const node: Node | null | undefined = places.find((found) => isNode(found)) ?? document.contents
  return node === null || node === undefined ? undefined : startOf(node)
}
