// The logs of an appliance on its page: lines as they come, held still, searched, taken along, and the truth about a link
// that was lost.
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Logs } from '../../renderer/features/logs/logs.tsx'
import type { Failure } from '../../shared/domain/failure.ts'
import type { LogEvent } from '../../shared/domain/log.ts'
import { answers, fails, flows, type Script } from './gallery/pretend-console.ts'
import { about } from './gallery/scripted.ts'
import { lineAt, linesOf, logSources } from './gallery/scripted-logs.ts'
import { type HandStream, handStream } from './hand-stream.ts'
import { show } from './show.tsx'

const name = 'radiology-01'
const open: LogEvent = { event: 'open' }
const lost: Failure = { kind: 'link-lost', host: '10.78.0.11', port: 22, during: 'docker logs' }

/** jsdom has no layout: every part is so high that some lines are to be seen. */
const layout = ['clientHeight', 'clientWidth'] as const
const before = layout.map((side) => Object.getOwnPropertyDescriptor(Element.prototype, side))
beforeAll(() => {
  for (const side of layout) Object.defineProperty(Element.prototype, side, { configurable: true, get: () => 400 })
  Element.prototype.scrollTo = () => undefined
})
afterAll(() => {
  for (const [at, side] of layout.entries()) Object.defineProperty(Element.prototype, side, before[at] ?? {})
})

function showLogs(logs: Script['logs']) {
  return show(<Logs name={name} />, { window: about, logs: { sources: logSources, ...logs } })
}

async function showing(...events: LogEvent[]): Promise<HandStream<LogEvent> & ReturnType<typeof showLogs>> {
  const stream = handStream<LogEvent>()
  const shown = showLogs({ follow: stream.call })
  await screen.findByTestId('logs')
  await waitFor(() => expect(stream.open()).toBe(1))
  await act(async () => stream.give(...events))
  return { ...stream, ...shown }
}

const shownText = () => screen.getByTestId('log').textContent
const asked = ({ link }: ReturnType<typeof showLogs>) =>
  link.asked.filter(({ call }) => call === 'logs.follow').map(({ input }) => input)
const of = { target: { by: 'name', name }, container: 'rackside-qwen3-32b', follow: true }

describe('logs', () => {
  it('are asked for by the container that the appliance named, and shown as they come', async () => {
    const logs = await showing(
      open,
      linesOf(lineAt(0, 'first'), lineAt(1, 'second', { stream: 'stderr', cutBytes: 7 })),
    )
    await waitFor(() => expect(shownText()).toContain('first'))
    expect(shownText()).toMatch(/stderrsecond \[cut: 7 bytes more\]/)
    await act(async () => logs.give(linesOf(lineAt(2, 'third'))))
    await waitFor(() => expect(shownText()).toContain('third'))
    expect(asked(logs)).toEqual([{ ...of, tailLines: 200 }])
  })

  it('of a container are text, whatever it wrote (P45)', async () => {
    await showing(
      open,
      linesOf(lineAt(0, '<img src=x onerror=alert(1)> \u001b]8;;http://evil.example/\u0007link \u202egnp')),
    )
    await waitFor(() => expect(shownText()).toContain('<img src=x'))
    const log = screen.getByTestId('log')
    expect(log.querySelectorAll('img, a, script')).toHaveLength(0)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
    expect(log.textContent).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  })

  it('stand still while somebody reads, and go on with all that came', async () => {
    const logs = await showing(open, linesOf(lineAt(0, 'first')))
    await waitFor(() => expect(shownText()).toContain('first'))
    fireEvent.click(screen.getByRole('button', { name: 'Hold still' }))
    await act(async () => logs.give(linesOf(lineAt(1, 'second'), lineAt(2, 'third'))))
    expect(await screen.findByText(/Lines that came since: 2/)).toBeTruthy()
    expect(shownText()).not.toContain('second')
    fireEvent.click(screen.getByRole('button', { name: 'Go on' }))
    await waitFor(() => expect(shownText()).toContain('third'))
  })

  it('are searched: how many lines have the word, one after the other, the newest first', async () => {
    await showing(open, linesOf(lineAt(0, 'Error one'), lineAt(1, 'fine'), lineAt(2, 'an ERROR two')))
    await waitFor(() => expect(shownText()).toContain('two'))
    const box = screen.getByRole('searchbox', { name: 'Search what is shown' })
    fireEvent.change(box, { target: { value: 'error' } })
    expect(await screen.findByText('Lines: 2')).toBeTruthy()
    expect([...screen.getByTestId('log').querySelectorAll('mark')].map((one) => one.textContent)).toEqual([
      'Error',
      'ERROR',
    ])
    const current = () => document.querySelector('.rs-log-current')?.textContent
    fireEvent.keyDown(box, { key: 'Enter' })
    expect(await screen.findByText('2 of 2')).toBeTruthy()
    expect(current()).toContain('two')
    fireEvent.click(screen.getByRole('button', { name: 'Previous' }))
    expect(current()).toContain('one')
    fireEvent.click(screen.getByRole('button', { name: 'Previous' }))
    expect(current()).toContain('two')
  })

  it('say that the link was lost, and that it is back', async () => {
    await showing(
      open,
      linesOf(lineAt(0, 'first')),
      { event: 'lost', failure: lost },
      open,
      linesOf(lineAt(1, 'second')),
    )
    await waitFor(() => expect(shownText()).toContain('second'))
    expect(shownText()).toMatch(/first.*not read now.*The connection to 10\.78\.0\.11:22 was lost.*Read again.*second/)
  })

  it('go on behind the last line when the page has its console back', async () => {
    const logs = await showing(open, linesOf(lineAt(0, 'first')))
    await waitFor(() => expect(shownText()).toContain('first'))
    act(() => logs.link.setState({ state: 'lost', sinceMs: 0 }))
    await waitFor(() => expect(shownText()).toContain('lost its link to the console'))
    act(() => logs.link.setState({ state: 'open' }))
    await waitFor(() => expect(asked(logs)).toHaveLength(2))
    const place = linesOf(lineAt(0, 'first'))
    expect(asked(logs)[1]).toEqual({
      ...of,
      tailLines: 0,
      after: place.event === 'lines' ? place.place : undefined,
    })
  })

  it('that cannot be read say why, and are asked for again', async () => {
    let opened = 0
    const refusing = flows<LogEvent>(async function* () {
      opened += 1
      if (opened === 1) throw Object.assign(new Error('refused'), { data: lost })
      yield open
      yield linesOf(lineAt(0, 'now it works'))
      await new Promise(() => undefined)
    })
    showLogs({ follow: refusing })
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(shownText()).toContain('now it works'))
  })

  it('of another service and of another time are asked for anew', async () => {
    const logs = await showing(open)
    expect(await screen.findByText('It has written nothing in that time.')).toBeTruthy()
    fireEvent.mouseDown(screen.getByRole('combobox', { name: 'From before' }))
    fireEvent.click(await screen.findByText('Last hour'))
    await waitFor(() => expect(asked(logs)).toContainEqual({ ...of, tailLines: 10_000, sinceSeconds: 3600 }))
    fireEvent.mouseDown(screen.getByRole('combobox', { name: 'Service' }))
    fireEvent.click(await screen.findByText('qwen3-32b (rackside-qwen3-32b-previous): does not run'))
    await waitFor(() => expect(logs.open()).toBe(1))
    expect(asked(logs).at(-1)).toMatchObject({ container: 'rackside-qwen3-32b-previous' })
  })

  it('are copied as they are shown, with what was cut', async () => {
    const writeText = vi.fn(async (_text: string) => undefined)
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
    await showing(open, linesOf(lineAt(0, 'a', { cutBytes: 3 }), lineAt(1, 'b', { stream: 'stderr' })))
    await waitFor(() => expect(shownText()).toContain('b'))
    fireEvent.click(screen.getByRole('button', { name: 'Copy what is shown' }))
    expect(await screen.findByText('Copied')).toBeTruthy()
    expect(writeText).toHaveBeenCalledWith(
      '2026-11-22T08:40:00.000Z a [cut: 3 bytes more]\n2026-11-22T08:40:00.137Z stderr b\n',
    )
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined })
  })

  it('are not there where nothing is installed, and say why where they cannot be listed', async () => {
    showLogs({ sources: answers([]) })
    expect(await screen.findByText('Nothing writes here yet')).toBeTruthy()
    showLogs({ sources: fails({ kind: 'watch-only' }) })
    expect((await screen.findByTestId('failure')).dataset['kind']).toBe('watch-only')
  })
})
