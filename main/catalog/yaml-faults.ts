// What a catalog file must not have whatever its entry is like: bytes that are no text, characters that nobody sees, and
// everything of YAML that readers understand differently or that builds more than what is written down.
import { type Document, isAlias, isMap, isScalar, type Node, type Scalar, visit, type YAMLMap } from 'yaml'
import type { CatalogFault } from '../../shared/domain/catalog-fault.ts'
import { shownText } from './form-faults.ts'

/** `offset`: in the text; undefined where no one place is to blame. */
export type YamlFault = { readonly offset: number | undefined; readonly fault: CatalogFault }

type Bounds = { readonly nodes: number; readonly depth: number; readonly faults: number }

/** Nothing in a file that people read may move a cursor, hide, or turn a line around, comments included. */
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu
const layout: ReadonlySet<string> = new Set(['\t', '\n'])

export function textFaults(text: string, most: number): YamlFault[] {
  const faults: YamlFault[] = []
  const notText = text.indexOf('\ufffd')
  if (notText >= 0) faults.push({ offset: notText, fault: { kind: 'not-utf8' } })
  for (const { 0: found, index } of text.matchAll(unseen)) {
    if (faults.length >= most) break
    if (layout.has(found) || (found === '\ufeff' && index === 0)) continue
    if (found === '\r' && text[index + 1] === '\n') continue
    faults.push({ offset: index, fault: { kind: 'unprintable', character: codePoint(found) } })
  }
  return faults
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

export type Structure = {
  readonly faults: readonly YamlFault[]
  /** It must not be made into values. */
  readonly isUnsafe: boolean
}

export function structureOf(document: Document.Parsed, bounds: Bounds): Structure {
  const { explicit, version } = document.directives.yaml
  const otherVersion: YamlFault = { offset: undefined, fault: { kind: 'other-yaml-version', version } }
  const faults: YamlFault[] = explicit === true && version !== '1.2' ? [otherVersion] : []
  let nodes = 0
  let isUnsafe = false
  visit(document, {
    Node: (key, node, path) => {
      nodes += 1
      const isBeyond = nodes > bounds.nodes || path.length > bounds.depth * 2
      if (isBeyond) faults.push({ offset: startOf(node as Node), fault: { kind: 'too-much' } })
      else faults.push(...faultsOf(node as Node, key === 'key'))
      isUnsafe ||= isBeyond || isAlias(node)
      return isBeyond || faults.length >= bounds.faults ? visit.BREAK : undefined
    },
  })
  return { faults: faults.slice(0, bounds.faults), isUnsafe }
}

function faultsOf(node: Node, isKey: boolean): YamlFault[] {
  const at = (fault: CatalogFault): YamlFault[] => [{ offset: startOf(node), fault }]
  if (isAlias(node)) return at({ kind: 'alias' })
  if (node.tag !== undefined) return at({ kind: 'tag', tag: shownText(node.tag.replace(/^tag:yaml\.org,2002:/, '!!')) })
  if (isKey) return keyFaults(node).flatMap(at)
  if (isMap(node)) return fieldsTwice(node)
  return isScalar(node) ? numberFaults(node).flatMap(at) : []
}

function keyFaults(key: Node): CatalogFault[] {
  if (!isScalar(key)) return [{ kind: 'field-not-text', field: isMap(key) ? '{ … }' : '[ … ]' }]
  if (key.value === '__proto__') return [{ kind: 'field-forbidden', field: '__proto__' }]
  return typeof key.value === 'string' ? [] : [{ kind: 'field-not-text', field: shownText(key.source ?? '') }]
}

/** Each key that is there already, by the name it has as a field. */
function fieldsTwice(map: YAMLMap): YamlFault[] {
  const seen = new Set<string>()
  const again: YamlFault[] = []
  for (const { key } of map.items) {
    if (!isScalar(key)) continue
    const field = String(key.value)
    if (seen.has(field)) again.push({ offset: startOf(key), fault: { kind: 'field-twice', field: shownText(field) } })
    seen.add(field)
  }
  return again
}

/** A number that is written as everybody writes it. */
const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

function numberFaults({ value, source }: Scalar): CatalogFault[] {
  if (typeof value !== 'number' || source === undefined || plainNumber.test(source)) return []
  // What is no number at all is for the schema to refuse.
  if (!Number.isFinite(value)) return []
  return [{ kind: 'number-form', written: shownText(source), meant: String(value) }]
}

export function startOf(node: Node): number | undefined {
  return node.range?.[0]
}
