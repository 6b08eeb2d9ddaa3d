// Where a run is, as a stream of which only the newest counts: a slow reader misses what is past, never the end.
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runsInProgress } from '../../../../../main/core/runs/progress.ts'
import type { RunProgress } from '../../../../../shared/domain/run.ts'

const at = (doneBytes: number): RunProgress => ({
  run: 'run-20261120T080000Z-0badcafe',
  step: 'artifact.x',
  doneBytes,
  totalBytes: 100,
  sentBytes: doneBytes,
})

async function readAll(stream: AsyncIterable<RunProgress>): Promise<number[]> {
  const seen: number[] = []
  for await (const one of stream) seen.push(one.doneBytes)
  return seen
}

describe('the progress of a run', () => {
  it('reaches a reader that keeps up piece by piece, and ends with the run', async () => {
    const runs = runsInProgress()
    const ticker = runs.begin('plan-1')
    const reading = readAll(runs.follow('plan-1'))
    for (const done of [1, 2, 3]) {
      ticker.show(at(done))
      await sleep(1)
    }
    ticker.end()
    expect(await reading).toEqual([1, 2, 3])
  })

  it('gives a slow reader only the newest', async () => {
    const runs = runsInProgress()
    const ticker = runs.begin('plan-1')
    const stream = runs.follow('plan-1')
    ticker.show(at(1))
    expect((await stream.next()).value?.doneBytes).toBe(1)
    for (let done = 2; done <= 50; done++) ticker.show(at(done))
    expect((await stream.next()).value?.doneBytes).toBe(50)
    ticker.show(at(51))
    ticker.end()
    expect((await stream.next()).value?.doneBytes).toBe(51)
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('does not tell the same thing twice, nor wait once it ended', async () => {
    const runs = runsInProgress()
    const ticker = runs.begin('plan-1')
    const readers = [readAll(runs.follow('plan-1')), readAll(runs.follow('plan-1'))]
    ticker.show(at(7))
    await sleep(1)
    ticker.end()
    expect(await Promise.all(readers)).toEqual([[7], [7]])
    expect(await readAll(runs.follow('plan-1'))).toEqual([])
  })

  it('of a plan that nobody applies ends at once', async () => {
    expect(await readAll(runsInProgress().follow('plan-2'))).toEqual([])
  })

  it('ends for a reader that goes away, while the run goes on', async () => {
    const runs = runsInProgress()
    const ticker = runs.begin('plan-1')
    const leaving = new AbortController()
    const reading = readAll(runs.follow('plan-1', leaving.signal))
    ticker.show(at(1))
    await sleep(1)
    leaving.abort()
    expect(await reading).toEqual([1])
    expect(ticker.signal.aborted).toBe(false)
    expect(await readAll(runs.follow('plan-1', AbortSignal.abort()))).toEqual([])
  })
})

describe('cancelling', () => {
  it('reaches the run of that plan, and says whether there was one', () => {
    const runs = runsInProgress()
    const [one, other] = [runs.begin('plan-1'), runs.begin('plan-2')]
    expect(runs.cancel('plan-1')).toBe(true)
    expect([one.signal.aborted, other.signal.aborted]).toEqual([true, false])
    one.end()
    expect(runs.cancel('plan-1')).toBe(false)
  })
})
