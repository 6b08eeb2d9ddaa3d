// The console is killed while it stores what it measures: what is lost are the seconds since the last commit, nothing
// counts twice, and nothing is in the wrong place.
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openHistory } from '../../../main/store/history/history.ts'
import { startChild } from '../../support/child-program.ts'
import { begin } from '../../support/history-rig.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const series = Array.from({ length: 40 }, (_, at) => `accelerator/nvidia ${at}/power`)

/** One sample a second of a clock that runs much faster, but never for an hour: then single samples go. Says how far it is. */
const measuring = `
import { openHistory } from './main/store/history/history.ts'
const [folder, first, ...names] = process.argv.slice(2)
let second = Number(first)
const clock = () => (second - Number(first)) * 1000
const history = openHistory({ folder, nowMs: () => ${begin} + second * 1000, clock })
const layout = history.layout('ward', names)
function some() {
  for (let count = 0; count < 7; count++) {
    second += 1
    history.add(layout, ${begin} + second * 1000, names.map((_, at) => second + at))
  }
  process.stdout.write(second + '\\n', () => setTimeout(some, 3))
}
some()
`

describe('a console that is killed while it measures', () => {
  it('has lost no more than the last seconds, however often that happens', async () => {
    const folder = temporaryFolder()
    let reached = 0
    const kept = new Set<number>()
    for (const milliseconds of [40, 300, 90, 700, 10, 500]) {
      const child = await startChild(measuring, [folder, String(reached), ...series])
      const first = Number(await child.line())
      await sleep(milliseconds)
      child.kill('SIGKILL')
      let said = first
      for (let line = await child.line().catch(() => ''); line !== ''; line = await child.line().catch(() => '')) {
        said = Number(line)
      }
      await child.ended
      const stored = storedSeconds(folder, reached, said + 20)
      // Seven more may have been measured than said; what came after the last commit is lost.
      expect(stored.at(-1)).toBeGreaterThanOrEqual(said - 6)
      expect(stored).toEqual(Array.from({ length: stored.length }, (_, at) => reached + 1 + at))
      for (const second of stored) kept.add(second)
      reached = said + 20
    }
    const total = ask(folder, series[0] ?? '', { from: 0, to: reached, width: 10 })
    expect(total.n.reduce((sum, n) => sum + n, 0)).toBe(kept.size)
    expect(total.sum.reduce((sum, one) => sum + one, 0)).toBe([...kept].reduce((sum, one) => sum + one, 0))
  })
})

function ask(folder: string, name: string, { from, to, width }: { from: number; to: number; width: number }) {
  const history = openHistory({ folder, nowMs: () => begin + to * 1000, clock: () => 0 })
  const range = { fromMs: begin + from * 1000 + 1, toMs: begin + to * 1000, width }
  const [answer] = history.ask({ appliance: 'ward', series: [name], ...range }).series
  history.close()
  if (answer === undefined) throw new Error('nothing is there')
  return answer
}

/** Each second says itself: its value is its time, and another series says the same. */
function storedSeconds(folder: string, from: number, to: number): number[] {
  const [one, other] = [0, 39].map((at) => ask(folder, series[at] ?? '', { from, to, width: to - from }))
  expect(one?.last.map((value) => value + 39)).toEqual(other?.last)
  expect(one?.atMs).toEqual(one?.last.map((value) => begin + value * 1000))
  return one?.last ?? []
}
