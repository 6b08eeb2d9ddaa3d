// What a recording cannot show of the four vendors with tables of bars: that noise is no device, and that what their
// probes run is what they say.
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { readCnmon } from '../../../../../shared/facts/accelerators/cambricon.ts'
import { iluvatar, readIxsmi } from '../../../../../shared/facts/accelerators/iluvatar.ts'
import { metax, readMxSmi } from '../../../../../shared/facts/accelerators/metax.ts'
import { readGmi } from '../../../../../shared/facts/accelerators/mthreads.ts'
import type { Probe } from '../../../../../shared/facts/probe.ts'
import { recordedCases } from '../recorded.ts'
import { makePlace, type Place } from '../shells.ts'

const readers = [
  ['cambricon', 'cnmon', readCnmon],
  ['mthreads', 'mthreads-gmi-table', readGmi],
  ['metax', 'mx-smi', readMxSmi],
  ['iluvatar', 'ixsmi', readIxsmi],
] as const

const noise = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(fc.constantFrom('| ', '|', '0 ', '12', '0%', '40C', ' / ', '5MiB', 'N/A', '\n', '0,', ':', '(', ')'), {
      maxLength: 200,
    })
    .map((pieces) => pieces.join('')),
)

describe.each(readers)('%s', (vendor, id, read) => {
  it('reads no device from noise made of what its tables are made of', () => {
    fc.assert(
      fc.property(noise, (text) => {
        expect(read(text).devices).toEqual([])
      }),
    )
  })

  it('reads no device that a cut table does not name, and none twice', () => {
    const texts = recordedCases().filter((one) => one.reader === vendor)
    const answers = texts.map((one) => one.answers.get(id)?.stdout ?? '').filter((text) => text.includes('|'))
    expect(answers.length).toBeGreaterThan(2)
    fc.assert(
      fc.property(fc.constantFrom(...answers), fc.double({ min: 0, max: 1, noNaN: true }), (text, part) => {
        const whole = read(text).devices.map((device) => device.index)
        const cut = read(text.slice(0, Math.floor(part * text.length))).devices.map((device) => device.index)
        expect(new Set(cut).size).toBe(cut.length)
        expect(whole).toEqual(expect.arrayContaining(cut))
      }),
    )
  })
})

const places: Place[] = []
afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

function run(probe: Probe | undefined, tools: Readonly<Record<string, string>>) {
  const place = makePlace()
  places.push(place)
  for (const [name, text] of Object.entries(tools)) place.addTool(name, text)
  const env = { PATH: `${place.tools}:/usr/bin:/bin`, LC_ALL: 'C' }
  const ran = spawnSync('sh', ['-c', probe?.shell ?? 'exit 99'], { env, encoding: 'utf8' })
  return { exitCode: ran.status, said: `${ran.stdout}${ran.stderr}` }
}

describe('the fragment of mx-smi', () => {
  it('runs the tool of the OEM where that is the one which is there', () => {
    expect(run(metax.sampleProbe, { 'ht-smi': 'echo "ht $#"' })).toEqual({ exitCode: 0, said: 'ht 0\n' })
    expect(run(metax.probes[1], { 'ht-smi': 'echo ht', 'mx-smi': 'echo "mx $*"' })).toEqual({
      exitCode: 0,
      said: 'mx -L\n',
    })
  })

  it('says nothing and 127 where neither is', () => {
    expect(run(metax.sampleProbe, {})).toEqual({ exitCode: 127, said: '' })
  })
})

describe('the fragment of ixsmi', () => {
  it('finds the libraries of CoreX, which are in no search path', () => {
    expect(run(iluvatar.sampleProbe, { ixsmi: 'echo "$LD_LIBRARY_PATH"' })).toEqual({
      exitCode: 0,
      said: '/usr/local/corex/lib:/usr/local/corex/lib64\n',
    })
  })

  it('is silent about versions of what is not installed', () => {
    expect(run(iluvatar.probes[3], {})).toEqual({ exitCode: 0, said: '' })
  })
})
