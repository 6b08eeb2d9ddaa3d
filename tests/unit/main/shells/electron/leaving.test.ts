// Closing, quitting and loading again: what is decided, and in which order it happens.
import { describe, expect, it } from 'vitest'
import { closesFreely, decideClosing, reloadsByItself } from '../../../../../main/shells/electron/decisions.ts'
import { keepAwake } from '../../../../../main/shells/electron/keep-awake.ts'
import { type LeaveParts, leaveTaking } from '../../../../../main/shells/electron/leave-taking.ts'

describe('closing a window', () => {
  it('needs no decision while others are open, nor on macOS', () => {
    expect(closesFreely('linux', 1)).toBe(true)
    expect(closesFreely('darwin', 0)).toBe(true)
    expect(closesFreely('win32', 0)).toBe(false)
  })

  it('quits where nothing goes on; else it hides where a tray shows it, and minimizes elsewhere', () => {
    expect(decideClosing({ ends: false, tray: true })).toBe('quit')
    expect(decideClosing({ ends: true, tray: true })).toBe('hide')
    expect(decideClosing({ ends: true, tray: false })).toBe('minimize')
  })
})

describe('a page that breaks', () => {
  it('is loaded again by itself three times a minute', () => {
    expect(reloadsByItself([], 0)).toBe(true)
    expect(reloadsByItself([0, 1000], 2000)).toBe(true)
    expect(reloadsByItself([0, 1000, 2000], 3000)).toBe(false)
    expect(reloadsByItself([0, 1000, 2000], 60_000)).toBe(true)
  })
})

describe('sleep', () => {
  it('is held off once while it is needed, and let go once', () => {
    const acts: string[] = []
    const awake = keepAwake(() => {
      acts.push('hold')
      return () => acts.push('release')
    })
    for (const needed of [false, true, true, false, false, true]) awake.need(needed)
    expect(acts).toEqual(['hold', 'release', 'hold'])
  })
})

const nothing = { runs: 0, rollouts: 0, waiting: 0 }

function leave(parts: Partial<LeaveParts>) {
  const acts: string[] = []
  const leaving = leaveTaking({
    endsHere: async () => nothing,
    confirm: async ({ runs, rollouts, waiting }) => {
      acts.push(`ask ${runs} ${rollouts} ${waiting}`)
      return true
    },
    close: async () => void acts.push('close'),
    pause: () => new Promise(() => undefined),
    exit: (code) => acts.push(`exit ${code}`),
    ...parts,
  })
  return { leaving, acts }
}

describe('quitting', () => {
  it('closes the console and ends, without a question when no run goes on', async () => {
    const { leaving, acts } = leave({})
    await leaving.ask()
    expect(acts).toEqual(['close', 'exit 0'])
  })

  it('asks during a run, and stays when the answer is to keep running', async () => {
    const { leaving, acts } = leave({ endsHere: async () => ({ ...nothing, runs: 2 }), confirm: async () => false })
    await leaving.ask()
    expect([acts, leaving.state()]).toEqual([[], 'staying'])
  })

  it('asks between the rings of a rollout too', async () => {
    const { leaving, acts } = leave({ endsHere: async () => ({ runs: 0, rollouts: 1, waiting: 4 }) })
    await leaving.ask()
    expect(acts).toEqual(['ask 0 1 4', 'close', 'exit 0'])
  })

  it('asks once however often it is told, and ends once', async () => {
    const { leaving, acts } = leave({ endsHere: async () => ({ ...nothing, runs: 1 }) })
    await Promise.all([leaving.ask(), leaving.ask()])
    await leaving.ask()
    expect(acts).toEqual(['ask 1 0 0', 'close', 'exit 0'])
  })

  it('does not wait for the answer when somebody insists', async () => {
    let answer: (go: boolean) => void = () => undefined
    const confirm = () =>
      new Promise<boolean>((resolve) => {
        answer = resolve
      })
    const { leaving, acts } = leave({ endsHere: async () => ({ ...nothing, runs: 1 }), confirm })
    const asked = leaving.ask()
    await leaving.leave(0)
    answer(true)
    await asked
    expect(acts).toEqual(['close', 'exit 0'])
  })

  it('ends although the console breaks or hangs while it closes', async () => {
    const broken = leave({ close: async () => Promise.reject(new Error('broken')) })
    await broken.leaving.leave(0)
    const hanging = leave({ close: () => new Promise(() => undefined), pause: async () => undefined })
    await hanging.leaving.leave(0)
    expect([broken.acts, hanging.acts]).toEqual([['exit 0'], ['exit 0']])
  })
})
