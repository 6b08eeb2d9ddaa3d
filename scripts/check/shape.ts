// How long files and functions are, printed by `npm run check`: what grows is seen before it hurts. Files over 400
// lines fail in the architecture gate; here nothing fails.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'

export type Shape = { readonly count: number; readonly lines: number } & Spread
type Spread = { readonly median: number; readonly p90: number; readonly longest: number }

/** Of the product, its scripts and its tests: one line each. */
export function shapeLines(root: string): string[] {
  const paths = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs'], { cwd: root, encoding: 'utf8' })
  const files = paths.split('\n').filter((path) => path !== '')
  const groups = [
    { name: 'product', folders: /^(?:main|renderer|shared)\// },
    { name: 'scripts', folders: /^scripts\// },
    { name: 'tests', folders: /^tests\// },
  ]
  return groups.flatMap(({ name, folders }) => {
    const texts = files.filter((file) => folders.test(file)).map((file) => readFileSync(join(root, file), 'utf8'))
    if (texts.length === 0) return []
    const { count, lines, median, p90, longest } = shapeOf(texts.map(linesIn))
    const functions = shapeOf(texts.flatMap(functionLengths))
    return [
      `${name.padEnd(7)}  ${count} files, ${lines} lines; a file ${median} (median), ${p90} (p90), ${longest} (longest); ` +
        `a function ${functions.median}, ${functions.p90}, ${functions.longest}`,
    ]
  })
}

export function shapeOf(lengths: readonly number[]): Shape {
  const sorted = [...lengths].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  const lines = sorted.reduce((sum, one) => sum + one, 0)
  return { count: sorted.length, lines, median: at(0.5), p90: at(0.9), longest: at(1) }
}

function linesIn(text: string): number {
  return text.replace(/\n$/, '').split('\n').length
}

/** Lines of every function that has a body in braces, those inside others too. */
export function functionLengths(text: string): number[] {
  const lengths: number[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one)
    if (!isNode(node)) return
    const body = node['body']
    if (/Function/.test(node.type) && isNode(body) && /^(?:BlockStatement|FunctionBody)$/.test(body.type)) {
      lengths.push(linesIn(text.slice(node.start, node.end)))
    }
    for (const part of Object.values(node)) if (typeof part === 'object') visit(part)
  }
  visit(parseSync('file.tsx', text).program)
  return lengths
}

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [part: string]: unknown }

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
