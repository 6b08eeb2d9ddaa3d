// What happened while one looked elsewhere: the bell counts what was not read, the list says it by day, one press marks it,
// and a reload loses nothing. New ones are said once, in one line.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useReadNotes } from '../../renderer/console/notes/read-notes.ts'
import { notesByDay, startOfDay } from '../../renderer/features/notes/note-groups.ts'
import { ok } from '../../shared/domain/failure.ts'
import type { Notification } from '../../shared/domain/notification.ts'
import { answers, fails } from './gallery/pretend-console.ts'
import { about } from './gallery/scripted.ts'
import { burstOfNotes, severalNotes } from './gallery/scripted-notes.ts'
import { showApp } from './show.tsx'

const nowMs = new Date().setHours(16, 20, 0, 0)
const script = (notes: Notification[]) => ({ window: about, notifications: { list: answers(notes) } })
const bell = () => screen.getByTestId('bell')
const bellSays = (text: string) => waitFor(() => expect(bell().getAttribute('aria-label')).toBe(text))

async function openList() {
  fireEvent.click(bell())
  return screen.findByRole('dialog', { name: 'What happened' })
}

beforeEach(() => {
  localStorage.removeItem('rackside.notesRead')
  useReadNotes.setState({ ids: new Set() })
})

describe('the bell', () => {
  it('counts what was not read, without what was silenced, and says when there is nothing', async () => {
    showApp('/settings', script(severalNotes(nowMs)))
    await bellSays('11 notifications not read')
    expect(bell().textContent).toBe('11')
  })

  it('says that all is read where nothing happened, and the list teaches what will be there', async () => {
    showApp('/settings', script([]))
    await bellSays('Notifications: all read')
    const list = await openList()
    expect(await within(list).findByText('Nothing happened in the last 30 days')).toBeTruthy()
  })

  it('says that nothing is known where the console does not answer, never that all is read', async () => {
    showApp('/settings', { window: about, notifications: { list: fails({ kind: 'console-lost' }) } })
    await bellSays('Notifications: not known')
  })

  it('tells a screen reader of new ones in one line, and of none that were there before', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setInterval', 'setTimeout', 'Date'] })
    let notes = severalNotes(nowMs).slice(4)
    showApp('/settings', { window: about, notifications: { list: async () => ok(notes) } })
    await bellSays('7 notifications not read')
    const told = screen.getByTestId('bell-new')
    expect([told.getAttribute('role'), told.textContent]).toEqual(['status', ''])
    notes = severalNotes(nowMs)
    await vi.advanceTimersByTimeAsync(16_000)
    vi.useRealTimers()
    await waitFor(() => expect(told.textContent).toMatch(/^4 new notifications, the newest: Critical: Ascend 5/))
  })
})

describe('the list of what happened', () => {
  it('is by day, newest first, each with its place', async () => {
    showApp('/settings', script(severalNotes(nowMs)))
    await bellSays('11 notifications not read')
    const list = await openList()
    const headings = (await within(list).findAllByRole('heading', { level: 3 })).map((one) => one.textContent)
    expect(headings.slice(0, 2)).toEqual(['Today', 'Yesterday'])
    const rows = within(list).getAllByTestId('note')
    expect(rows).toHaveLength(12)
    expect(rows[1]?.textContent).toContain('Needs you Set up clinic-note: The vault is locked')
    expect(rows[4]?.textContent).toContain('demo-1 Demo')
  })

  it('is read by one press, also by the next page of this browser', async () => {
    const { link } = showApp('/settings', script(severalNotes(nowMs)))
    await bellSays('11 notifications not read')
    const list = await openList()
    fireEvent.click(await within(list).findByRole('button', { name: 'Mark all read' }))
    await bellSays('Notifications: all read')
    expect(within(list).getByTestId('notes-unread').textContent).toBe('All read')
    const kept = JSON.parse(localStorage.getItem('rackside.notesRead') ?? '[]')
    expect(kept).toEqual(severalNotes(nowMs).map(({ id }) => id))
    expect(
      link.asked
        .filter(({ call }) => call.startsWith('notifications.'))
        .every(({ call }) => call === 'notifications.list'),
    ).toBe(true)
  })

  it('leads to what it is about, which is then read', async () => {
    showApp('/settings', script(severalNotes(nowMs)))
    await bellSays('11 notifications not read')
    const list = await openList()
    fireEvent.click(within((await within(list).findAllByTestId('note'))[2] as HTMLElement).getByRole('button'))
    await waitFor(() => expect(location.hash).toBe('#/alerts?tab=channels'))
    await bellSays('10 notifications not read')
    expect(screen.queryByRole('dialog', { name: 'What happened' })).toBeNull()
  })

  it('has a burst as one line that opens', async () => {
    showApp('/settings', script(burstOfNotes(nowMs)))
    await bellSays('8 notifications not read')
    const list = await openList()
    const burst = await within(list).findByTestId('note-burst')
    expect(burst.textContent).toContain('6 alerts within 5 m 00 s')
    fireEvent.click(within(burst).getByRole('button', { name: 'Show them' }))
    expect(within(burst).getAllByTestId('note')).toHaveLength(6)
  })

  it('groups five of one kind close together, and neither four nor what is farther apart', () => {
    const [first] = burstOfNotes(nowMs)
    if (first === undefined) throw new Error('there is none')
    const at = (minutes: readonly number[]) =>
      notesByDay(
        minutes.map((one) => ({ ...first, id: `${one}`, atMs: nowMs - one * 60_000 })),
        startOfDay,
      ).flatMap(({ groups }) => groups.map((group) => group.length))
    expect(at([0, 5, 10, 15, 20])).toEqual([5])
    expect(at([0, 5, 10, 15])).toEqual([1, 1, 1, 1])
    expect(at([0, 5, 10, 15, 21])).toEqual([1, 1, 1, 1, 1])
  })
})
