// Catalog files are hostile input. Every file of tests/fixtures/catalog/hostile is refused with its name, the
// line its first line names (0: no one line is to blame) and a problem of that pattern; in bounded time.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readYaml } from '../../../../main/catalog/read-yaml.ts'
import { entry } from '../../../../shared/domain/entry.ts'
import { evidence } from '../../../../shared/domain/failure.ts'
import { wardBundle } from '../../../support/plan-cases.ts'

const folder = fileURLToPath(new URL('../../../fixtures/catalog/hostile/', import.meta.url))
const resources = fileURLToPath(new URL('../../../../resources/catalog', import.meta.url))

type Hostile = { name: string; text: string; line: number; problem: RegExp }

const corpus: Hostile[] = readdirSync(folder).map((file) => {
  const text = readFileSync(folder + file, 'utf8')
  const [, line = '', problem = ''] = /^# line (\d+): (.*)\n/.exec(text) ?? []
  return { name: file, text, line: Number(line), problem: new RegExp(problem) }
})

function refusalOf(file: string, text: string) {
  const before = process.cpuUsage()
  const read = readYaml(file, text, entry)
  expect(workedMs(before)).toBeLessThan(2000)
  if (read.ok) throw new Error(`${file} was taken: ${JSON.stringify(read.value)}`)
  if (read.failure.kind !== 'catalog-invalid') throw new Error(read.failure.kind)
  return read.failure
}

/** Of the processor's time, whatever else the machine does. */
function workedMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

describe('a hostile catalog file', () => {
  it.each(corpus.map((one) => [one.name, one] as const))(
    '%s is refused where it is wrong',
    (_name, { name, text, line, problem }) => {
      const refused = refusalOf(name, text)
      expect(refused).toMatchObject({ file: name, problem: expect.stringMatching(problem) })
      expect(refused.problem.length).toBeLessThanOrEqual(500)
      expect(refused.line).toBe(line)
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    },
  )

  it('is named and described in words that are safe to show', () => {
    const refused = refusalOf(`\u001b[2J\u202e${'x'.repeat(5000)}.yaml`, 'kind: "\\e[2J"\n"\\e\\u202e": 1\n')
    expect(refused.file).toMatch(/^\[2Jx+ \[cut\]$/)
    for (const text of [refused.file, refused.problem]) expect(text).toBe(evidence(text))
  })

  it('that is too large is not even parsed', () => {
    expect(refusalOf('large.yaml', `kind: "${'x'.repeat(300 * 1024)}"`).problem).toMatch(/larger/)
    expect(refusalOf('chinese.yaml', `kind: "${'病'.repeat(100 * 1024)}"`).problem).toMatch(/larger/)
    expect(refusalOf('long.yaml', `id: ${'x'.repeat(200 * 1024)}`).problem.length).toBeLessThanOrEqual(500)
  })

  it.each([
    ['brackets', `a: ${'['.repeat(20_000)}`, 1],
    ['brackets behind an apostrophe', `it: a's\nb: ${'{'.repeat(20_000)}`, 2],
    ['lists on one line', '- '.repeat(20_000), 1],
    ['keys of keys', '? '.repeat(20_000), 1],
  ])('that is thousands of %s deep is refused before it is parsed, each time', (_what, text, line) => {
    const before = process.cpuUsage()
    for (let time = 0; time < 3; time += 1) {
      expect(refusalOf('deep.yaml', text)).toMatchObject({ line, problem: 'too many or too deeply nested values' })
    }
    expect(workedMs(before)).toBeLessThan(1000)
  })

  it('with thousands of keys or errors does not hold up the console', () => {
    const keys = Array.from({ length: 20_000 }, (_, at) => `key${at}: 1`)
    expect(refusalOf('keys.yaml', keys.join('\n')).problem).toMatch(/too many/)
    expect(refusalOf('few.yaml', keys.slice(0, 9000).join('\n')).problem).toMatch(/kind/)
    expect(refusalOf('errors.yaml', ']'.repeat(50_000)).problem).toMatch(/flow-seq-end/)
    expect(refusalOf('more.yaml', ']'.repeat(250_000)).problem).toMatch(/too many/)
  })

  it('whatever it is, is an entry or a refusal, and never an exception', () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'kind: model\n',
        '- ',
        ': ',
        '\n',
        '  ',
        '\t',
        '&a ',
        '*a',
        '!!',
        '|',
        '>',
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '? ',
        '%',
        '---\n',
        '<<: ',
      ),
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const read = readYaml('x.yaml', parts.join(''), entry)
        expect(read.ok || read.failure.kind === 'catalog-invalid').toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('our own catalog', () => {
  it.each([resources, `${wardBundle}/catalog`])('in %s is valid in every file', (place) => {
    const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'))
    expect(files.length).toBeGreaterThan(3)
    for (const file of files) {
      expect(readYaml(file, readFileSync(`${place}/${file}`, 'utf8'), entry)).toMatchObject({ ok: true })
    }
  })
})
