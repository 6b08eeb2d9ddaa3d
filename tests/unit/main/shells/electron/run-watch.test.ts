// What the shell knows of the runs, and what it says about them while its windows are closed.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { type AtWork, endsHere, readWork } from '../../../../../main/core/link/own-runs.ts'
import { background } from '../../../../../main/shells/electron/background.ts'
import { watchRuns } from '../../../../../main/shells/electron/run-watch.ts'
import { workText } from '../../../../../main/shells/electron/run-words.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { Rollout } from '../../../../../shared/domain/rollout.ts'
import type { ConsoleRun } from '../../../../../shared/domain/run.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { settingUp } from '../../../../support/set-up-purpose.ts'

const run: ConsoleRun = {
  planId: 'plan-1',
  address: { user: 'li', host: 'ward', port: 22 },
  purpose: settingUp('clinic'),
  startedAt: '2026-11-22T08:00:00.000Z',
  state: 'running',
}
const other: ConsoleRun = { ...run, planId: 'plan-2' }
const ended: ConsoleRun = { ...run, state: 'done' }
const { desktop: words } = wordsOf('en')
const work = (...runs: ConsoleRun[]): AtWork => ({ runs, rollouts: [] })
const rollout = { members: [], state: 'running' } as unknown as Rollout

describe('watching runs', () => {
  it('keeps what it knew when there is no answer, and looks no more once it is stopped', async () => {
    const answers = [work(run), undefined, work(ended), work(run)]
    const seen: AtWork[] = []
    const watch = watchRuns({
      read: async () => answers.shift(),
      pause: () => new Promise(() => undefined),
      onLook: (now) => seen.push(now),
    })
    await nextTurn()
    expect(await watch.look()).toEqual(work(run))
    expect(await watch.look()).toEqual(work(ended))
    watch.stop()
    await watch.look()
    expect(seen).toEqual([work(run), work(run), work(ended)])
  })

  it('goes on without an answer that does not come in time, or that is an error', async () => {
    const clientWith = (runs: () => Promise<unknown>) => ({
      client: async () =>
        ({
          product: { setup: { runs }, rollouts: { list: async () => ok([rollout, { ...rollout, state: 'done' }]) } },
        }) as unknown as ConsoleClient,
    })
    const hanging = clientWith(() => new Promise(() => undefined))
    const waited: number[] = []
    const pause = async (milliseconds: number) => void waited.push(milliseconds)
    expect(await readWork(hanging, pause)).toBeUndefined()
    expect(waited).toEqual([3000])
    const forEver = () => new Promise<void>(() => undefined)
    expect(
      await readWork(
        clientWith(async () => Promise.reject(new Error('gone'))),
        forEver,
      ),
    ).toBeUndefined()
    expect(
      await readWork(
        clientWith(async () => ok([run])),
        forEver,
      ),
    ).toEqual({ runs: [run], rollouts: [rollout] })
  })

  it('counts the runs that end with this process: none where another one runs the core', () => {
    expect(endsHere({ owner: () => true }, work(run, ended, other)).runs).toBe(2)
    expect(endsHere({ owner: () => false }, work(run)).runs).toBe(0)
  })

  it('says in one line where they are', () => {
    expect(workText(work(), words)).toBe('No setup is going on')
    expect(workText(work(ended, run), words)).toBe('Setting up clinic on ward:22')
    expect(workText(work(run, other), words)).toBe('2 setups are going on')
    expect(workText(work(ended), words)).toBe('clinic on ward:22: setup ended')
    expect(workText({ runs: [ended], rollouts: [rollout] }, words)).toBe('A rollout is going on')
  })
})

function inBackground(trays: boolean) {
  const acts: string[] = []
  const tray = {
    show: ({ state }: { state: string }) => void acts.push(`tray: ${state}`),
    remove: () => void acts.push('tray removed'),
  }
  const hidden = background({
    platform: { tray: () => (trays ? tray : undefined), notify: (title, body) => void acts.push(`${title}: ${body}`) },
    words,
    trayIcon: 'tray.png',
    windows: {
      hide: () => void acts.push('hide'),
      minimize: () => void acts.push('minimize'),
      bringBack: async () => void acts.push('bring back'),
    },
    quit: () => void acts.push('quit'),
  })
  return { hidden, acts }
}

describe('the background', () => {
  it('is an icon that follows the run and tells its end, until the window is back', async () => {
    const { hidden, acts } = inBackground(true)
    hidden.follow(work(run))
    hidden.enter('hide', work(run))
    hidden.follow(work(ended))
    hidden.follow(work(ended))
    await hidden.leave()
    hidden.follow(work(ended))
    expect(acts).toEqual([
      'tray: Setting up clinic on ward:22',
      'hide',
      'The setup goes on: Rackside stays in the tray.',
      'tray: clinic on ward:22: setup ended',
      'clinic on ward:22: setup ended: Open Rackside',
      'tray removed',
      'bring back',
    ])
  })

  it('is a minimized window where no icon can be had, and says so once', () => {
    const { hidden, acts } = inBackground(false)
    hidden.enter('hide', work(run))
    hidden.enter('minimize', work(run))
    expect(acts).toEqual(['minimize', 'The setup goes on: Rackside stays minimized.', 'minimize'])
  })
})
