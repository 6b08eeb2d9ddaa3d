// Catalog files are hostile input: bounded in size, nodes and depth before anything is built from them,
// no aliases, no duplicate keys, no unknown fields; an error names the file and the line.
import { isNode, isScalar, LineCounter, type Node, parseDocument, visit, type YAMLMap } from 'yaml'
import type * as z from 'zod'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { lineBeyond } from './yaml-bounds.ts'

const maximumBytes = 256 * 1024
const maximumNodes = 20_000
const maximumDepth = 32
const tooMuch = 'too many or too deeply nested values'

export function readYaml<S extends z.ZodType>(file: string, text: string, schema: S): Result<z.output<S>> {
  const invalid = (line: number, problem: string) =>
    fail({ kind: 'catalog-invalid', file: evidence(file, 300), line, problem: evidence(problem, 490) })
  if (Buffer.byteLength(text) > maximumBytes) return invalid(0, `larger than ${maximumBytes} bytes`)
  const beyond = lineBeyond(text, { nodes: maximumNodes, depth: maximumDepth })
  if (beyond !== undefined) return invalid(beyond, tooMuch)
  const lines = new LineCounter()
  const lineAt = (offset: number | undefined) => (offset === undefined ? 0 : lines.linePos(offset).line)
  const document = parseDocument(text, {
    lineCounter: lines,
    // It would compare each key with each other, and copy a long line for each error: minutes for a small file.
    uniqueKeys: false,
    prettyErrors: false,
    schema: 'core',
    merge: false,
    logLevel: 'error',
  })
  const syntax = document.errors[0] ?? document.warnings[0]
  if (syntax !== undefined) return invalid(lineAt(syntax.pos[0]), syntax.message.split('\n')[0] ?? 'not YAML')

  let nodes = 0
  let problem: { line: number; text: string } | undefined
  visit(document, {
    Alias: (_key, node) => {
      problem = { line: lineAt(node.range?.[0]), text: 'aliases are not allowed' }
      return visit.BREAK
    },
    Map: (_key, map) => {
      const twice = secondOf(map)
      if (twice === undefined) return undefined
      problem = { line: lineAt(twice.range?.[0]), text: 'Map keys must be unique' }
      return visit.BREAK
    },
    Node: (_key, node, path) => {
      nodes += 1
      if (nodes <= maximumNodes && path.length <= maximumDepth * 2) return undefined
      problem = { line: lineAt((node as Node).range?.[0]), text: tooMuch }
      return visit.BREAK
    },
  })
  if (problem !== undefined) return invalid(problem.line, problem.text)

  const checked = schema.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (checked.success) return ok(checked.data)
  const issue = checked.error.issues[0]
  const path = issue?.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : (issue?.path ?? [])
  // The value itself, or the nearest one around what is missing.
  const places = path.map((_, at) => document.getIn(path.slice(0, path.length - at), true))
  const node = places.find((found) => isNode(found)) ?? document.contents
  const where = path.length === 0 ? '' : `${path.join('.')}: `
  return invalid(lineAt(node?.range?.[0]), `${where}${issue?.message ?? 'does not have the form of an entry'}`)
}

/** The first key that is there already, by the name it has as a field. */
function secondOf(map: YAMLMap): Node | undefined {
  const seen = new Set<string>()
  for (const { key } of map.items) {
    if (!isScalar(key)) continue
    const name = String(key.value)
    if (seen.has(name)) return key
    seen.add(name)
  }
  return undefined
}
