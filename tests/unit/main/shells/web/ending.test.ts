// Ctrl-C and the other signals, with and without a run going on.
import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { endsInTime, type Stopped, untilEnded } from '../../../../../main/shells/web/ending.ts'

async function signalled(signals: readonly [string, number][], goesOn: Stopped | 'nothing') {
  const emitter = new EventEmitter()
  const time = { now: 0 }
  const warnings: Stopped[] = []
  let ended = false
  const stops = async () => goesOn
  const warn = (stopped: Stopped) => void warnings.push(stopped)
  const until = untilEnded({ signals: emitter, clock: () => time.now, stops, warn })
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
    expect(await signalled([['SIGINT', 1000]], 'nothing')).toEqual({ ended: true, warnings: [], left: 0 })
  })

  it('comes with the second Ctrl-C while a run goes on, after one warning', async () => {
    expect(await signalled([['SIGINT', 1000]], 'run')).toEqual({ ended: false, warnings: ['run'], left: 3 })
    const twice = await signalled(
      [
        ['SIGINT', 1000],
        ['SIGINT', 2000],
      ],
      'run',
    )
    expect(twice).toEqual({ ended: true, warnings: ['run'], left: 0 })
  })

  it('says it of a rollout too, which goes on between its rings', async () => {
    const warned = { ended: false, warnings: ['rollout'], left: 3 }
    expect(await signalled([['SIGINT', 1000]], 'rollout')).toEqual(warned)
  })

  it('takes a Ctrl-C that arrives twice, by way of npm, for one', async () => {
    const together = await signalled(
      [
        ['SIGINT', 1000],
        ['SIGINT', 1010],
      ],
      'run',
    )
    expect(together).toEqual({ ended: false, warnings: ['run'], left: 3 })
  })

  it.each(['SIGTERM', 'SIGHUP'])('comes with %s, whatever goes on', async (signal) => {
    expect(await signalled([[signal, 1000]], 'rollout')).toEqual({ ended: true, warnings: [], left: 0 })
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
