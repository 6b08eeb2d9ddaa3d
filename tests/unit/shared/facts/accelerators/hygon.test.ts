// The one question to hy-smi in real shells, and its reader on outputs that went wrong: a DCU is never invented.
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { hygon } from '../../../../../shared/facts/accelerators/hygon.ts'
import { readHygonTool } from '../../../../../shared/facts/accelerators/hygon-tool.ts'
import type { Probe } from '../../../../../shared/facts/probe.ts'
import { recordedCases } from '../recorded.ts'
import { installed, makePlace, type Place, shells, startScript } from '../shells.ts'

const places: Place[] = []
afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

/** Of a machine whose bus has a Hygon device and whose PATH has these tools. */
async function ask(shell: readonly [string, ...string[]], tools: Readonly<Record<string, string>>) {
  const place = makePlace()
  places.push(place)
  for (const [name, text] of Object.entries(tools)) place.addTool(name, text)
  const { when, ...asked } = hygon.sampleProbe
  expect(when).toContain('pci 1d94')
  const probe: Probe = asked
  return (await startScript(shell, [probe], place).ended).answers.get('hy-smi')
}

const here = shells.filter((shell) => installed(shell[0]))

describe.each(here.map((shell) => [shell.join(' '), shell] as const))('in %s', (_name, shell) => {
  it('the question is one call whose answer is JSON', async () => {
    const answer = await ask(shell, { 'hy-smi': 'echo "<$*>"' })
    expect(answer?.stdout).toBe('<--showuse --showmeminfo vram --showtemp --showpower --json>\n')
  })

  it('a tool that does not know a part of the question draws its table', async () => {
    const answer = await ask(shell, { 'hy-smi': '[ $# = 0 ] || { echo unrecognized >&2; exit 2; }; echo table' })
    expect(answer).toMatchObject({ stdout: 'table\n', stderr: 'unrecognized\n', exitCode: { value: 0 } })
  })

  it('a rocm-smi of the PATH is not asked: it may be of another maker', async () => {
    expect(await ask(shell, { 'rocm-smi': 'echo table' })).toMatchObject({ state: 'missing', stdout: '' })
  })
})

describe('a DCU', () => {
  it('is never read from text without cards or rows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(readHygonTool(text).devices).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('is one that the output names by its number, however broken the output is', () => {
    const texts = recordedCases().flatMap(({ reader, answers }) =>
      reader === 'hygon' ? [answers.get('hy-smi')?.stdout ?? ''] : [],
    )
    const cut = fc.record({ text: fc.constantFrom(...texts), from: fc.nat(4000), length: fc.nat(300) })
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (pieces) => {
        const text = pieces.map((piece) => piece.text.slice(piece.from, piece.from + piece.length)).join('')
        const indexes = readHygonTool(text).devices.map((device) => device.index)
        expect(new Set(indexes).size).toBe(indexes.length)
        for (const index of indexes)
          expect(text).toMatch(new RegExp(`(?:card|[DHG][CP]U)\\[?${index}["\\]]|^\\s*${index}\\s`, 'im'))
      }),
      { numRuns: 1000 },
    )
  })
})
