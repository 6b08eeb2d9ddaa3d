// Sets are taken from files that somebody names and from the import folder, by the digest of what is in them; the built-in one
// is first, and whatever is no set says why.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { setBounds } from '../../../../../shared/domain/evaluation-set.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { repositoryRoot } from '../../../../support/repository-files.ts'

const fixture = join(repositoryRoot, 'tests', 'fixtures', 'evaluation', 'sets', 'cmexam.csv')
const bytes = readFileSync(fixture)

function console() {
  const { core, folder, clientAs } = pretendCore()
  Object.assign(core.tools, { questionSets: join(repositoryRoot, 'resources', 'evaluation') })
  const place = join(folder, 'import')
  mkdirSync(place, { recursive: true })
  return { ...clientAs('admin'), place, folder }
}

describe('a set of questions', () => {
  it('that comes with the console is the first one', async () => {
    const { product } = console()
    expect(await product.evaluation.sets({})).toMatchObject({
      value: { sets: [{ name: 'smoke', items: 50, builtIn: true }], found: [] },
    })
  })

  it('is kept under the digest of its file, once, and its refused lines are told', async () => {
    const { desk, product } = console()
    const taken = await desk.openEvaluationSet({ file: fixture })
    const digest = createHash('sha256').update(bytes).digest('hex')
    expect(taken).toMatchObject({ value: { set: { digest, name: 'cmexam.csv', items: 4, inChinese: 4, refused: 6 } } })
    expect(taken).toMatchObject({ value: { refusals: expect.arrayContaining([{ line: 13, fault: 'no-options' }]) } })
    await desk.openEvaluationSet({ file: fixture })
    const { value } = (await product.evaluation.sets({})) as unknown as { value: { sets: { name: string }[] } }
    expect(value.sets.map(({ name }) => name)).toEqual(['smoke', 'cmexam.csv'])
  })

  it('that lies in the import folder is found by an id, and taken by it', async () => {
    const { product, place } = console()
    writeFileSync(join(place, 'site.csv'), bytes)
    writeFileSync(join(place, 'notes.txt'), 'nothing')
    // A link could lead anywhere.
    symlinkSync(fixture, join(place, 'link.csv'))
    const sets = await product.evaluation.sets({})
    expect(sets).toMatchObject({ value: { found: [{ name: 'site.csv', bytes: bytes.length }] } })
    const foundId = sets.ok ? (sets.value.found[0]?.foundId ?? '') : ''
    expect(await product.evaluation.takeSet({ foundId })).toMatchObject({ value: { set: { name: 'site.csv' } } })
    const unknown = await product.evaluation.takeSet({ foundId: 'found-0000000000000000' })
    expect(unknown).toMatchObject({ failure: { problem: 'no-such-set' } })
  })

  it.each([
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'set-not-text'],
    ['text in GBK', Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), 'set-not-text'],
    ['another table', Buffer.from('a,b\n1,2\n'), 'set-unknown-form'],
    ['a set without answers', Buffer.from('Question,Options,Answer\nq,"A a\nB b",\n'), 'set-no-items'],
  ])('is none where it is %s', async (_what, content, problem) => {
    const { desk, folder } = console()
    const file = join(folder, 'brought.csv')
    writeFileSync(file, content)
    expect(await desk.openEvaluationSet({ file })).toMatchObject({ failure: { kind: 'usage', problem } })
  })

  it('that cannot be taken is named without its path', async () => {
    const { desk, folder, product, place } = console()
    const gone = await desk.openEvaluationSet({ file: join(folder, 'none.csv') })
    expect(gone).toMatchObject({ failure: { word: 'none.csv' } })
    const file = join(place, 'large.csv')
    writeFileSync(file, '')
    truncateSync(file, setBounds.bytes + 1)
    const sets = await product.evaluation.sets({})
    const foundId = sets.ok ? (sets.value.found[0]?.foundId ?? '') : ''
    const taken = await product.evaluation.takeSet({ foundId })
    expect(taken).toMatchObject({ failure: { problem: 'set-too-large', word: 'large.csv' } })
    for (const one of [gone, taken]) expect(JSON.stringify(one)).not.toContain(folder)
  })

  it('that is not there, or no file, cannot be read', async () => {
    const { desk, folder } = console()
    for (const file of [join(folder, 'none.csv'), folder]) {
      expect(await desk.openEvaluationSet({ file })).toMatchObject({ failure: { problem: 'file-unreadable' } })
    }
  })
})
