// Digest lists of strangers: the first fault ends it, however many there are. 16 MB of bad items would else take a
// minute and gigabytes of issues before any signature is looked at.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBundle } from '../../../../main/catalog/bundle.ts'
import { openContainer } from '../../../../main/catalog/container/open-container.ts'
import { readDigests, readHeader } from '../../../../main/catalog/read-digests.ts'
import { madeBundle, seededBytes, writtenParts } from '../../../support/container-cases.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const made = () => madeBundle({ engine: seededBytes('engine', 1000) })
const engine = { kind: 'file', id: 'engine', sha256: 'a'.repeat(64), bytes: 1000, chunks: ['a'.repeat(64)] }
const manyTimes = (text: string, count: number) => Array.from({ length: count }, () => text).join(',')
const listOf = (artifacts: string) => `{"format":1,"artifacts":[${artifacts}]}`
const withField = (field: string, text: string) => {
  const { [field]: _, ...rest } = engine as Record<string, unknown>
  return `${JSON.stringify(rest).slice(0, -1)},"${field}":${text}}`
}

/** Each has nearly 16 MB, or a fault that a schema says once for each item. */
const traps: [name: string, text: string, said: RegExp][] = [
  ['lists instead of artifacts', listOf(manyTimes('[]', 5_200_000)), /a list in it is too large/],
  ['lists in lists of artifacts', listOf(manyTimes(`[${manyTimes('0', 1000)}]`, 3900)), /too large: more than/],
  ['lists instead of chunks', listOf(withField('chunks', `[${manyTimes('[]', 5_000_000)}]`)), /too large/],
  ['as many bad chunks as there may be', listOf(withField('chunks', `[${manyTimes('[]', 65_000)}]`)), /chunks/],
  ['as many bad artifacts as there may be', listOf(manyTimes('[[],[],[],[]]', 10_000)), /^artifacts\.0 /],
  ['a list without end', '['.repeat(15_000_000), /levels deep/],
  ['a field without end', listOf(withField('x', `"${'"'.repeat(10)}\\`)), /JSON|Unexpected|Expected/i],
  ['more artifacts than there may be', listOf(manyTimes(JSON.stringify(engine), 10_001)), /Too big|<=10000/],
  ['many unknown fields', `{${Array.from({ length: 60_000 }, (_, at) => `"f${at}":0`).join()}}`, /format|Unrecognized/],
]

describe('a digest list', () => {
  it.each(traps)('with %s is refused at its first fault', (_, text, said) => {
    const begun = performance.now()
    const read = readDigests(Buffer.from(text))
    expect('problem' in read && read.problem).toMatch(said)
    // Of a busy computer: the slowest takes 0.4 s alone, and took a minute.
    expect(performance.now() - begun).toBeLessThan(8000)
  })

  it('is read where it is right, and letters in its texts count for nothing', () => {
    expect(readDigests(listOf(JSON.stringify(engine)))).toEqual({ value: [engine] })
    const odd = readDigests(listOf(JSON.stringify({ ...engine, id: '[[[[[[[[[[[["\\",,,' })))
    expect('problem' in odd && odd.problem).toMatch(/^artifacts\.0\.id /)
  })

  it('as a trap is refused in a file and in a folder', async () => {
    const trap = Buffer.from(listOf(manyTimes('[]', 5_200_000)))
    const bundle = made()
    bundle.documents.set('digests.json', trap)
    const said = /^digests\.json: a list in it is too large/
    const opened = await openContainer(await writtenParts(bundle))
    expect(opened).toMatchObject({ failure: { problem: expect.stringMatching(said) } })
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'catalog'))
    for (const name of ['bundle.json', 'digests.json'])
      writeFileSync(join(folder, name), bundle.documents.get(name) ?? '')
    expect(readBundle(folder)).toMatchObject({ failure: { problem: expect.stringMatching(said) } })
  })
})

describe('a header', () => {
  const header = { format: 1, name: 'ward', createdAt: '2026-11-20T00:00:00Z' }
  const named = (name: string) => readHeader(JSON.stringify({ ...header, publisher: { id: 'clinic', name } }))

  it('has a publisher’s name that nothing is hidden in', () => {
    expect(named('市立医院 City clinic')).toMatchObject({ value: { name: 'ward' } })
    for (const bad of ['Ministry \u202e of Health', 'City\u0007', 'City\u200bclinic', 'a\nb', '']) {
      expect(named(bad)).toMatchObject({ problem: expect.stringMatching(/^publisher\.name /) })
    }
  })

  it('is short', () => {
    expect(readHeader(' '.repeat(70_000))).toEqual({ problem: 'it is too large' })
  })
})
