// A run that must not go on: the appliance is no longer as it was planned, the lock is somebody else's, or the
// person had enough, in the middle of whatever takes long.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Failure, fail } from '../../../../shared/domain/failure.ts'
import { apply, planAgain, short, start, stepsDone } from '../../../support/apply-run.ts'

describe('a run under its lock', () => {
  it('looks once more before it begins, and leaves everything alone where it is not as planned', async () => {
    const { plan, place } = start()
    const outdated: Failure = { kind: 'plan-outdated', differences: ['port 8400: available -> held by nginx'] }
    let lockedThen = ''
    const { end, events } = await apply(place, plan, {
      checkPremises: async () => {
        lockedThen = place.lockText()
        return fail(outdated)
      },
    })
    expect(end.failure).toEqual(outdated)
    expect(lockedThen).toContain('li')
    expect([stepsDone(events), place.engineWords(), place.lockText()]).toEqual([[], [], ''])
  })

  it('does no further step when it lost the lock, and does not clear it for whoever has it now', async () => {
    const { plan, place } = start()
    const other = JSON.stringify({ run: 'run-20261120T090000Z-00000009', who: 'wang', at: 'now' })
    let sent = 0
    const { end, events } = await apply(place, plan, {
      onProgress: () => {
        sent += 1
      },
      ask: async () => {
        // After the first artifact: the holder is gone, and somebody else came.
        if (sent === 1) {
          sent += 1
          await place.loseLock()
          writeFileSync(join(place.root, 'lock'), other)
        }
        return place.ask()
      },
    })
    expect(end.failure).toEqual({ kind: 'lock-lost', at: plan.steps[1]?.id })
    expect(stepsDone(events)).toEqual([`${plan.steps[0]?.id} done`])
    expect(place.lockText()).toBe(other)
    expect(place.journal().map(short).at(-1)).toBe('run-end failed')
  })
})

describe('a run whose bundle goes away', () => {
  const broken = (place: ReturnType<typeof start>['place']) => ({
    ...place,
    connection: { ...place.connection, put: () => Promise.reject(new Error('EIO')) },
  })

  it('ends with what is wrong with it, in the journal too', async () => {
    const { plan, place } = start()
    const gone: Failure = { kind: 'bundle-unusable', folder: '/media/stick', problem: 'it is missing' }
    const source = () => ({ read: () => (async function* () {})(), problem: () => gone })
    const { end, events } = await apply(broken(place), plan, { source })
    expect([end.failure, stepsDone(events)]).toEqual([gone, [`${plan.steps[0]?.id} failed`]])
    expect(place.journal().map(short).slice(-2)).toEqual([`step-end ${plan.steps[0]?.id} failed`, 'run-end failed'])
  })

  it('throws where the bundle has nothing to do with it', async () => {
    const { plan, place } = start()
    await expect(apply(broken(place), plan)).rejects.toThrow('EIO')
  })
})

describe('a run that is cancelled', () => {
  it('in the middle of a transfer does not wait for its end, and the next run goes on', async () => {
    const { plan, place } = start()
    const stop = new AbortController()
    const put = place.connection.put
    let begun = 0
    const hanging = {
      ...place.connection,
      put: (...words: Parameters<typeof put>) => {
        begun += 1
        if (begun !== 2) return put(...words)
        stop.abort()
        return new Promise<never>(() => undefined)
      },
    }
    const { end, events } = await apply({ ...place, connection: hanging }, plan, { signal: stop.signal })
    expect(end.failure).toEqual({ kind: 'cancelled', at: plan.steps[1]?.id })
    expect(stepsDone(events)).toEqual([`${plan.steps[0]?.id} done`, `${plan.steps[1]?.id} failed`])
    expect(place.journal().map(short).at(-1)).toBe('run-end cancelled')
    const again = await apply(place, await planAgain(place))
    expect(again.end.failure).toBeUndefined()
    expect(stepsDone(again.events)[0]).toBe(`${plan.steps[0]?.id} already`)
  })

  it('leaves a unit that takes long to itself after a while, and ends', async () => {
    const { plan, place } = start()
    const stop = new AbortController()
    const run = place.connection.run
    let left = false
    const slow = {
      ...place.connection,
      run: (...[what, options]: Parameters<typeof run>) => {
        if (!('text' in what) || !what.text.includes('systemd-run')) return run(what, options)
        stop.abort()
        return new Promise<Awaited<ReturnType<typeof run>>>((resolve) => {
          void options.stopped?.then(() => {
            left = true
            resolve(fail({ kind: 'cancelled', at: what.name }))
          })
        })
      },
    }
    const pauses: number[] = []
    const { end, events } = await apply({ ...place, connection: slow }, plan, {
      signal: stop.signal,
      pause: async (milliseconds) => void pauses.push(milliseconds),
    })
    const [unit] = plan.steps.filter(({ spec }) => spec.kind === 'image')
    expect(end.failure).toEqual({ kind: 'cancelled', at: unit?.id })
    expect([left, pauses, stepsDone(events).at(-1)]).toEqual([true, [20_000], `${unit?.id} failed`])
    expect(place.journal().map(short).at(-1)).toBe('run-end cancelled')
    expect(place.lockText()).toBe('')
  })

  it('while it waits for a service to get ready stops waiting', async () => {
    const { plan, place } = start()
    place.refuse(/^GET 8400/, { kind: 'http-failed', port: 8400, detail: 'refused' })
    const stop = new AbortController()
    let pauses = 0
    const { end } = await apply(place, plan, {
      signal: stop.signal,
      pause: async (milliseconds) => {
        pauses += 1
        if (pauses === 5) stop.abort()
        await place.pause()
        expect(milliseconds).toBeGreaterThan(0)
      },
    })
    expect(end.failure).toMatchObject({ kind: 'cancelled' })
    expect(pauses).toBe(5)
  })
})
