// The tab of a terminal: nothing connects before a person wants it, keys go to the shell that was opened, several pasted lines
// are shown first, the keyboard gets out, and each end is said.
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { Terminal } from '../../renderer/features/terminal/terminal.tsx'
import type { TerminalEvent } from '../../shared/domain/terminal.ts'
import { answers, type Script } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { recordings, shows, terminalBefore, terminalKept, terminalRefused } from './gallery/scripted-terminal.ts'
import { handStream } from './hand-stream.ts'
import { show } from './show.tsx'

const name = 'Radiology-01'
const terminalId = 'terminal-0123456789abcdef'
const open: TerminalEvent = { event: 'open', terminalId, recordingId: 'recorded-0123456789abcdef', user: 'ops' }

beforeAll(() => {
  // jsdom measures no letters: xterm.js asks a canvas, and takes what its own elements say instead.
  HTMLCanvasElement.prototype.getContext = () => null
})

function showTab(terminal: Script['terminal']) {
  const list = answers([applianceNamed(name, '10.78.0.11')])
  const shown = show(<Terminal name={name} />, { window: about, appliances: { list }, terminal: terminal ?? {} })
  // As a real one: its calls are another object each time somebody asks for them.
  const { product } = shown.link.calls
  Object.defineProperty(shown.link.calls, 'product', { get: () => new Proxy(product, {}) })
  return shown
}

async function opened(...events: TerminalEvent[]) {
  const stream = handStream<TerminalEvent>()
  const typed = { type: answers({}), resize: answers({}), close: answers({}) }
  const shown = showTab({ ...terminalBefore, ...typed, open: stream.call })
  fireEvent.click(await screen.findByRole('button', { name: 'Open terminal' }))
  await waitFor(() => expect(stream.open()).toBe(1))
  await act(async () => stream.give(open, ...events))
  await screen.findByText(/^Open as ops on Radiology-01/)
  return { ...shown, ...stream, box: await screen.findByRole('textbox', { name: /terminal/i }) }
}

const asked = ({ link }: ReturnType<typeof showTab>, call: string) =>
  link.asked.filter((one) => one.call === call).map(({ input }) => input)

function paste(box: HTMLElement, text: string): void {
  fireEvent.paste(box, { clipboardData: { getData: () => text } })
}

describe('a terminal', () => {
  it('is not opened before somebody wants it, who is told whose rights it has and that it is recorded', async () => {
    const tab = showTab(terminalBefore)
    expect(await screen.findByText(/the shell of the login ops on Radiology-01/)).toBeTruthy()
    expect(screen.getByText(/is recorded in the folder of this console and kept for 90 days/)).toBeTruthy()
    expect(screen.getByText(/does not undo what is changed here/)).toBeTruthy()
    expect(asked(tab, 'terminal.open')).toEqual([])
  })

  it('is opened once, however often the page is drawn', async () => {
    const tab = await opened(shows('$ '))
    fireEvent.click(screen.getByRole('checkbox', { name: 'For screen readers' }))
    act(() => tab.link.setState({ state: 'lost', sinceMs: 0 }))
    act(() => tab.link.setState({ state: 'open' }))
    expect(asked(tab, 'terminal.open')).toEqual([{ target: { by: 'name', name }, size: expect.anything() }])
    expect(tab.open()).toBe(1)
  })

  it('is typed into by its id, and by nothing that the server sent', async () => {
    const tab = await opened(shows('\u001b[6n\u001b[c\u001b]11;?\u0007$ '))
    paste(tab.box, 'uptime')
    await waitFor(() => expect(asked(tab, 'terminal.type')).toEqual([{ terminalId, keys: 'uptime' }]))
  })

  it('shows several lines before they are pasted, and types none of them unless that is wanted', async () => {
    const tab = await opened(shows('$ '))
    paste(tab.box, 'cd /tmp\r\nrm -rf \u001b[201~*\n')
    expect(await screen.findByText('Paste 2 lines?')).toBeTruthy()
    expect(document.querySelector('.rs-terminal-pasted')?.textContent).toBe('cd /tmp\nrm -rf [201~*\n')
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(asked(tab, 'terminal.type')).toEqual([])
    paste(tab.box, 'one\ntwo')
    fireEvent.click(await screen.findByRole('button', { name: 'Paste all of it' }))
    await waitFor(() => expect(asked(tab, 'terminal.type')).toEqual([{ terminalId, keys: 'one\rtwo' }]))
  })

  it('lets the keyboard out by Ctrl+F6, and keeps other keys from the page', async () => {
    const tab = await opened(shows('$ '))
    const heard = vi.fn()
    addEventListener('keydown', heard)
    tab.box.focus()
    fireEvent.keyDown(tab.box, { key: 'k', code: 'KeyK', keyCode: 75, ctrlKey: true })
    expect(heard).not.toHaveBeenCalled()
    await waitFor(() => expect(asked(tab, 'terminal.type')).toEqual([{ terminalId, keys: '\u000b' }]))
    fireEvent.keyDown(tab.box, { key: 'F6', code: 'F6', keyCode: 117, ctrlKey: true })
    expect(document.activeElement?.textContent).toBe('Close terminal')
    removeEventListener('keydown', heard)
  })

  it('that has ended says why, types nothing more, and is opened anew only by a press', async () => {
    const tab = await opened(shows('$ '))
    await act(async () => tab.give({ event: 'end', end: { reason: 'link-lost', seconds: 61 } }))
    await act(async () => tab.end())
    expect(await screen.findByText('Ended: the connection to the server was lost.')).toBeTruthy()
    paste(tab.box, 'x')
    act(() => tab.link.setState({ state: 'lost', sinceMs: 0 }))
    act(() => tab.link.setState({ state: 'open' }))
    expect([asked(tab, 'terminal.type'), asked(tab, 'terminal.open').length]).toEqual([[], 1])
    fireEvent.click(screen.getByRole('button', { name: 'Open a new one' }))
    await waitFor(() => expect(asked(tab, 'terminal.open')).toHaveLength(2))
  })

  it('is closed by its button, and left with its tab', async () => {
    const tab = await opened(shows('$ '))
    fireEvent.click(screen.getByRole('button', { name: 'Close terminal' }))
    await waitFor(() => expect(asked(tab, 'terminal.close')).toEqual([{ terminalId }]))
  })

  it('that is refused says why', async () => {
    showTab(terminalRefused)
    fireEvent.click(await screen.findByRole('button', { name: 'Open terminal' }))
    expect((await screen.findByTestId('failure')).textContent).toContain('opens no further session')
  })

  it('that was recorded is shown as text, with what a terminal would obey as letters', async () => {
    showTab(terminalKept)
    const [, broken] = await screen.findAllByRole('button', { name: /^Show the terminal of/ })
    expect(screen.getByText(/changed or damaged, /)).toBeTruthy()
    fireEvent.click(broken as HTMLElement)
    const text = (await screen.findByTestId('playback')).textContent
    expect(text).toContain('␛]0;I am root␇ops@radiology-01')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
    expect(screen.getByText('The record is: changed or damaged.')).toBeTruthy()
    expect(recordings.length).toBe(screen.getAllByRole('row').length - 1)
  })
})
