// What has turns in CI gets them: each file is there, in one group of one table, and every group has its day.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  notToday,
  screensNotToday,
  turnsOfElectron,
  turnsOfLab,
  turnsOfProcesses,
} from '../../../../scripts/config/turns.ts'
import { repositoryRoot } from '../../../support/repository-files.ts'

const tables = [turnsOfLab, turnsOfElectron, turnsOfProcesses]
const files = tables.flat(2).map((one) => `tests/${one}.test.ts`)

describe('files by turns', () => {
  it('are all there, each once', () => {
    expect(files.filter((one) => !existsSync(join(repositoryRoot, one)))).toEqual([])
    expect(new Set(files).size).toBe(files.length)
  })

  it('have a number of groups that leaves halves and thirds inside of them their turn too', () => {
    for (const turns of [turnsOfLab, turnsOfProcesses]) {
      const days = Array.from({ length: 6 * turns.length }, (_, day) => day)
      for (const parts of [2, 3]) {
        const taken = days.filter((day) => day % turns.length === 0).map((day) => day % parts)
        expect(new Set(taken).size).toBe(parts)
      }
    }
  })

  it('leave out every second screen, another one the next day, and none that asks for a login or a key', () => {
    const names = readdirSync(join(repositoryRoot, 'tests/ui')).filter((name) => name.endsWith('.test.tsx'))
    const leftOn = (day: number) => screensNotToday(names.sort(), (place, parts = 2) => (place + day) % parts === 0)
    const [even, odd] = [leftOn(0), leftOn(1)]
    expect(even.filter((one) => odd.includes(one))).toEqual([])
    expect([...even, ...odd].length).toBeGreaterThan(names.length / 2)
    expect([...even, ...odd].filter((one) => /add-|vault|known-hosts|retrust|credentials/.test(one))).toEqual([])
    expect(screensNotToday(names, () => true)).toEqual([])
  })

  it('run one group a day in CI, and each group by its day', () => {
    const ran = new Set<string>()
    for (let day = 0; day < 55; day += 1) {
      for (const turns of tables) {
        const left = notToday(turns, (place, parts = 2) => (place + day) % parts === 0)
        const groups = turns.filter((group) => group.some((one) => !left.includes(`tests/${one}.test.ts`)))
        expect(groups).toHaveLength(1)
        for (const one of groups.flat()) ran.add(`tests/${one}.test.ts`)
      }
    }
    expect([...ran].sort()).toEqual([...files].sort())
  })
})
