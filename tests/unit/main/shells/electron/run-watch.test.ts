// What the shell knows of the runs, and what it says about them while its windows are closed.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { readRuns, runsHere } from '../../../../../main/core/link/own-runs.ts'
import { background } from '../../../../../main/shells/electron/background.ts'
import { watchRuns } from '../../../../../main/shells/electron/run-watch.ts'
import { runsText } from '../../../../../main/shells/electron/run-words.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { ConsoleRun } from '../../../../../shared/domain/run.ts'
import { wordsOf } from '../../../../../shared/words/language.ts'
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

describe('watching runs', () => {
  it('keeps what it knew when there is no answer, and looks no more once it is stopped', async () => {
    const answers = [[run], undefined, [ended], [run]]
    const seen: (readonly ConsoleRun[])[] = []
    const watch = watchRuns({
      read: async () => answers.shift(),
      pause: () => new Promise(() => undefined),
      onLook: (runs) => seen.push(runs),
    })
    await nextTurn()
    expect(await watch.look()).toEqual([run])
    expect(await watch.look()).toEqual([ended])
    watch.stop()
    await watch.look()
    expect(seen).toEqual([[run], [run], [ended]])
  })

  it('goes on without an answer that does not come in time, or that is an error', async () => {
    const clientWith = (runs: () => Promise<unknown>) => ({
      client: async () => ({ product: { setup: { runs } } }) as unknown as ConsoleClient,
    })
    const hanging = clientWith(() => new Promise(() => undefined))
    const waited: number[] = []
    const pause = async (milliseconds: number) => void waited.push(milliseconds)
    expect(await readRuns(hanging, pause)).toBeUndefined()
    expect(waited).toEqual([3000])
    const forEver = () => new Promise<void>(() => undefined)
    expect(
      await readRuns(
        clientWith(async () => Promise.reject(new Error('gone'))),
        forEver,
      ),
    ).toBeUndefined()
    expect(
      await readRuns(
        clientWith(async () => ok([run])),
        forEver,
      ),
    ).toEqual([run])
  })

  it('counts the runs that end with this process: none where another one runs the core', () => {
    expect(runsHere({ owner: () => true }, [run, ended, other])).toBe(2)
    expect(runsHere({ owner: () => false }, [run])).toBe(0)
  })

  it('says in one line where they are', () => {
    expect(runsText([], words)).toBe('No setup is going on')
    expect(runsText([ended, run], words)).toBe('Setting up clinic on ward:22')
    expect(runsText([run, other], words)).toBe('2 setups are going on')
    expect(runsText([ended], words)).toBe('clinic on ward:22: setup ended')
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
    hidden.follow([run])
    hidden.enter('hide', [run])
    hidden.follow([ended])
    hidden.follow([ended])
    await hidden.leave()
    hidden.follow([ended])
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
    hidden.enter('hide', [run])
    hidden.enter('minimize', [run])
    expect(acts).toEqual(['minimize', 'The setup goes on: Rackside stays minimized.', 'minimize'])
  })
})
