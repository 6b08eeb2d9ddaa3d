// A measurement comes into an entry that a person wrote, and nothing that stood there is touched.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addMeasured } from '../../../../main/catalog/add-measured.ts'
import { readYaml } from '../../../../main/catalog/read-yaml.ts'
import { mostMeasured } from '../../../../shared/domain/entry/measured.ts'
import { modelEntry } from '../../../../shared/domain/entry/model-entry.ts'
import { measuredCase } from '../../../support/evidence-cases.ts'
import { repositoryRoot } from '../../../support/repository-files.ts'

const folder = join(repositoryRoot, 'resources/catalog/models')
const files = [
  ...readdirSync(folder).map((name) => join(folder, name)),
  join(repositoryRoot, 'resources/entry-examples/example-model.yaml'),
]
const read = (text: string) => {
  const found = readYaml('model.yaml', text, modelEntry)
  if (!found.ok) throw new Error(JSON.stringify(found.failure))
  return found.value
}
const add = (text: string, form: string, measured = measuredCase()) => {
  const added = addMeasured('model.yaml', text, { form, measured })
  if (!added.ok) throw new Error(JSON.stringify(added.failure))
  return added.value
}
const certificate = (place: number) => place.toString(16).padStart(64, '0')

describe('a measurement', () => {
  it.each(files)('is added to each form of %s, twice, by lines alone', (file) => {
    const text = readFileSync(file, 'utf8')
    for (const { id } of read(text).variants) {
      let now = text
      for (const place of [1, 2]) {
        const added = add(now, id, measuredCase({ certificate: certificate(place) }))
        if (added.is !== 'added') throw new Error(JSON.stringify(added))
        expect(withoutAdded(now, added.text)).toBe(now)
        now = added.text
      }
      const before = read(text)
      const after = read(now)
      const form = after.variants.find((one) => one.id === id)
      const were = before.variants.find((one) => one.id === id)?.measured ?? []
      expect(form?.measured?.map((one) => one.certificate)).toEqual([
        ...were.map((one) => one.certificate),
        ...[certificate(1), certificate(2)],
      ])
      const others = (entry: typeof before) => ({
        ...entry,
        variants: entry.variants.map(({ measured: _, ...one }) => one),
      })
      expect(others(after)).toEqual(others(before))
    }
  })

  it('of the same certificate stands there once', () => {
    const text = readFileSync(join(folder, 'rackside-tiny.yaml'), 'utf8')
    const [form] = read(text).variants
    const added = add(text, form?.id ?? '')
    if (added.is !== 'added') throw new Error(added.is)
    expect(add(added.text, form?.id ?? '')).toEqual({ is: 'there' })
  })

  it('says why it cannot be added', () => {
    const text = readFileSync(join(folder, 'rackside-tiny.yaml'), 'utf8')
    expect(add(text, 'no-such')).toEqual({ is: 'not-added', why: 'no-such-form' })
    const [form] = read(text).variants
    const { variants, ...entry } = read(text)
    const full = Array.from({ length: mostMeasured }, (_, place) => measuredCase({ certificate: certificate(place) }))
    const many = { ...entry, variants: variants.map((one) => ({ ...one, measured: full })) }
    expect(add(JSON.stringify(many), form?.id ?? '')).toEqual({ is: 'not-added', why: 'full' })
    expect(add(JSON.stringify({ ...entry, variants }), form?.id ?? '')).toEqual({ is: 'not-added', why: 'one-line' })
    expect(addMeasured('x.yaml', 'kind: app', { form: 'x', measured: measuredCase() })).toMatchObject({ ok: false })
  })
})

/** The longer text without the lines that the shorter one has not: what is left is the shorter one, where nothing else changed. */
function withoutAdded(shorter: string, longer: string): string {
  const [before, after] = [shorter.split('\n'), longer.split('\n')]
  let at = 0
  while (before[at] === after[at]) at += 1
  return [...after.slice(0, at), ...after.slice(at + after.length - before.length)].join('\n')
}
