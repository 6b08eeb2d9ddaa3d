// The largest catalog file that is read at all, made of whatever takes a reader of YAML longest (P40): each is refused or
// read in well under a second. What counts is the processor's time, which a busy machine does not change.
import { describe, expect, it } from 'vitest'
import { examineYaml } from '../../../../main/catalog/read-yaml.ts'
import { entry } from '../../../../shared/domain/entry.ts'

const largest = 256 * 1024

/** As often as it fits. */
function filled(unit: string, head = '', tail = ''): string {
  const room = largest - Buffer.byteLength(head + tail)
  return head + unit.repeat(Math.floor(room / Buffer.byteLength(unit))) + tail
}

function numbered(line: (at: number) => string): string {
  const lines = Array.from({ length: 30_000 }, (_, at) => line(at)).join('\n')
  return lines.slice(0, lines.lastIndexOf('\n', largest))
}

const variant = 'id: v, match: { architecture: amd64 }, image: i, overheadBytes: 0, evidence: none'
const app = (more: string) => `kind: app\nid: a\nversion: "1"\n${more}\n`

const cases: readonly (readonly [string, string])[] = [
  ['a long list', filled('1,', 'a: [', ']')],
  ['a list of pairs', filled('x: 1,', 'a: [', ']')],
  ['brackets', filled('[')],
  ['both brackets', filled('[{')],
  ['closing brackets', filled(']')],
  ['lists in lists on one line', filled('- ')],
  ['maps in maps', filled('a: ')],
  ['keys of keys', filled('? ')],
  ['empty keys', filled('?\n')],
  ['empty items', filled('-\n')],
  ['one key again and again', filled('a: 1\n')],
  ['many keys', numbered((at) => `key${at}: 1`)],
  ['many anchors', numbered((at) => `k${at}: &a${at} 1`)],
  ['many aliases', filled('*a,', 'a: &a 1\nb: [', ']')],
  ['aliases of aliases', numbered((at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1},`.repeat(9)}]`)],
  ['merge keys', filled('<<: { a: 1 }\n')],
  ['tags', filled('!!js/function x,', 'a: [', ']')],
  ['one long tag', filled('%41', 'a: !!', ' x')],
  ['bytes in a tag', filled('aGkh', 'a: !!binary "', '"')],
  ['sets', filled('- !!set { a }\n')],
  ['directives', filled('%TAG !a! tag:x\n', '', '---\na: 1\n')],
  ['unknown directives', filled('%FOO\n')],
  ['documents', filled('---\n')],
  ['ends of documents', filled('...\n')],
  ['ends of lines', filled('\n')],
  ['ends of lines of Windows', filled('a: 1\r\n')],
  ['blanks', filled(' ')],
  ['lines of tabs', filled('\t\n', 'a:\n')],
  ['comments', filled('#\n')],
  ['comments in a list', filled('#x\n', 'a: [\n', ']')],
  ['one long text', filled('x', 'id: ')],
  ['one long text of many lines', filled('x\n ', 'id: ')],
  ['escapes', filled('\\u0041', 'id: "', '"')],
  ['quotes', filled('"" ')],
  ['quotes in quotes', filled("''", "id: '", "'")],
  ['a text that never ends', filled('x\n', 'id: "')],
  ['a literal text', filled(' x\n', 'id: |\n')],
  ['a folded text', filled('  x\n x\n', 'id: >\n')],
  ['a literal text of empty lines', filled('\n', 'id: |+\n')],
  ['one long number', filled('1', 'id: ')],
  ['one long name', filled('x', '', ': 1')],
  ['unseen characters', filled('\u202e')],
  ['bytes that are no text', filled('\ufffd')],
  ['braces in a word', app(filled('{a', `variants: [{ ${variant}, arguments: ["`, '"] }]').slice(0, 200_000))],
  ['many words', app(filled('"{x}", ', `variants: [{ ${variant}, arguments: [`, '] }]').slice(0, 100_000))],
  ['a long path', app(`readyPath: ${'/a'.repeat(120_000)}!`)],
  ['a long target', app(`volumes: [{ name: a, target: ${'/a'.repeat(120_000)}!, backUp: true }]`)],
  ['many volumes', app(`volumes: [${'{ name: a, target: /a, backUp: true },'.repeat(2000)}]`)],
]

describe('the largest file', () => {
  it.each(cases)('of %s is refused or read in time', (_what, text) => {
    const before = process.cpuUsage()
    const { problems } = examineYaml('x.yaml', text, entry)
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(1000)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.length).toBeLessThanOrEqual(50)
  })
})
