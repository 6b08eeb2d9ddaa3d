// Results of canaries on the disk: read back, listed newest first, and which one later ones are compared with.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canariesIn } from '../../../../main/store/canaries.ts'
import { canaryResultAt } from '../../../support/canary-results.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const by = { acceptedAt: '2026-11-24T08:00:00.000Z', who: 'li' }
const place = { host: 'h', port: 22, deployment: 'ward-model' }

describe('results of canaries', () => {
  it('are read as they were saved, by this console and by the next one', () => {
    const folder = temporaryFolder()
    const canaries = canariesIn(folder)
    expect([canaries.list(), canaries.read('canary-00000001')]).toEqual([[], { ok: true, value: null }])
    const result = canaryResultAt(1)
    expect(canaries.save(result).ok).toBe(true)
    expect(canaries.read(result.canaryId)).toEqual({ ok: true, value: result })
    expect(canariesIn(folder).list()).toEqual(canaries.list())
  })

  it('are listed newest first, without their questions, and without one that is damaged', () => {
    const folder = temporaryFolder()
    for (const at of [2, 9, 5]) canariesIn(folder).save(canaryResultAt(at))
    writeFileSync(join(folder, 'canaries', 'canary-00000005.json'), '{')
    const heads = canariesIn(folder).list()
    expect(heads.map(({ canaryId }) => canaryId)).toEqual(['canary-00000009', 'canary-00000002'])
    expect(heads[0]).toMatchObject({ asked: 1, failed: 0 })
    expect(heads[0]).not.toHaveProperty('questions')
  })

  it('are compared with the one that was accepted last, of the same model asked the same', () => {
    const canaries = canariesIn(temporaryFolder())
    const [one, two] = [canaryResultAt(1), canaryResultAt(2)]
    const other = canaryResultAt(3, { set: 'basic' })
    for (const each of [one, two, other]) canaries.save(each)
    expect(canaries.baselineFor(two)).toEqual({ ok: true, value: undefined })
    canaries.accept(one, by)
    canaries.accept(other, by)
    expect(canaries.baselineFor(canaryResultAt(7))).toEqual({ ok: true, value: one })
    canaries.accept(two, by)
    expect(canaries.baselineFor(canaryResultAt(7))).toEqual({ ok: true, value: two })
    expect(canaries.list().map(({ accepted }) => accepted)).toEqual([true, true, undefined])
  })

  it('say how a service is by the newest that was not cut short', () => {
    const canaries = canariesIn(temporaryFolder())
    canaries.save(canaryResultAt(1))
    canaries.save(canaryResultAt(2, { end: 'stopped', verdict: 'failed' }))
    expect(canaries.newestOf(place)?.canaryId).toBe('canary-00000002')
    expect(canaries.newestSaying(place)?.canaryId).toBe('canary-00000001')
    expect(canaries.newestOf({ ...place, deployment: 'other' })).toBeUndefined()
  })
})
