// Results of benchmarks on the disk: read back, listed newest first, and only so many kept.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { benchesIn } from '../../../../main/store/benches.ts'
import { benchResultAt } from '../../../support/bench-results.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

describe('results of benchmarks', () => {
  it('are read as they were saved, and null where there are none', () => {
    const benches = benchesIn(temporaryFolder())
    expect([benches.list(), benches.read('bench-00000001')]).toEqual([[], { ok: true, value: null }])
    const result = benchResultAt(1)
    expect(benches.save(result).ok).toBe(true)
    expect(benches.read(result.benchId)).toEqual({ ok: true, value: result })
  })

  it('are listed newest first, without their levels, and without one that is damaged', () => {
    const folder = temporaryFolder()
    const benches = benchesIn(folder)
    for (const at of [2, 9, 5]) benches.save(benchResultAt(at))
    writeFileSync(join(folder, 'benches', 'bench-00000005.json'), '{')
    expect(benches.list().map(({ benchId }) => benchId)).toEqual(['bench-00000009', 'bench-00000002'])
    expect(benches.list()[0]).not.toHaveProperty('levels')
    expect(benches.read('bench-00000005')).toMatchObject({ failure: { kind: 'state-unwritable' } })
  })

  it('are kept until there are 300 newer ones', () => {
    const folder = temporaryFolder()
    const benches = benchesIn(folder)
    for (let at = 1; at <= 302; at++) benches.save(benchResultAt(at))
    const names = readdirSync(join(folder, 'benches')).filter((name) => name.endsWith('.json'))
    expect(names).toHaveLength(300)
    expect(benches.read('bench-00000002')).toEqual({ ok: true, value: null })
  })
})
