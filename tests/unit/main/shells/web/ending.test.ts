// Ctrl-C and the other signals, with and without a run going on.
import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { endsInTime, untilEnded } from '../../../../../main/shells/web/ending.ts'

async function signalled(signals: readonly [string, number][], runs: boolean) {
  const emitter = new EventEmitter()
  const time = { now: 0 }
  let warnings = 0
  let ended = false
  const runGoesOn = async () => runs
  const until = untilEnded({ signals: emitter, clock: () => time.now, runGoesOn, warn: () => void warnings++ })
  void until.then(() => {
    ended = true
  })
  for (const [signal, at] of signals) {
    time.now = at
    emitter.emit(signal)
    await new Promise(setImmediate)
  }
  return { ended, warnings, left: emitter.eventNames().length }
}

describe('the end of the web shell', () => {
  it('comes with Ctrl-C where nothing goes on', async () => {
    expect(await signalled([['SIGINT', 1000]], false)).toEqual({ ended: true, warnings: 0, left: 0 })
  })

  it('comes with the second Ctrl-C while a run goes on, after one warning', async () => {
    expect(await signalled([['SIGINT', 1000]], true)).toEqual({ ended: false, warnings: 1, left: 3 })
    const twice = await signalled(
      [
        ['SIGINT', 1000],
        ['SIGINT', 2000],
      ],
      true,
    )
    expect(twice).toEqual({ ended: true, warnings: 1, left: 0 })
  })

  it('takes a Ctrl-C that arrives twice, by way of npm, for one', async () => {
    const together = await signalled(
      [
        ['SIGINT', 1000],
        ['SIGINT', 1010],
      ],
      true,
    )
    expect(together).toEqual({ ended: false, warnings: 1, left: 3 })
  })

  it.each(['SIGTERM', 'SIGHUP'])('comes with %s, whatever goes on', async (signal) => {
    expect(await signalled([[signal, 1000]], true)).toEqual({ ended: true, warnings: 0, left: 0 })
  })
})

describe('what is done at the end', () => {
  it('is waited for, and what goes wrong in it is not hidden', async () => {
    expect(await endsInTime(Promise.resolve('done'), 10_000)).toBe(true)
    await expect(endsInTime(Promise.reject(new Error('a defect')), 10_000)).rejects.toThrow('a defect')
  })

  it('does not keep the process for ever', async () => {
    expect(await endsInTime(new Promise(() => undefined), 20)).toBe(false)
  })
})
