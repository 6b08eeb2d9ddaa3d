// @vitest-environment jsdom
// The monitor: figures of now, old ones as old, gaps as gaps. Canvases are not drawn here: what a chart is given
// and what it says is what counts; how it looks is the gallery's.
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { usePreferences } from '../../renderer/app/preferences.ts'
import { Monitor } from '../../renderer/features/observe/monitor.tsx'
import type { Failure } from '../../shared/domain/failure.ts'
import { unreadable } from '../../shared/domain/reading.ts'
import type { Sample, WatchItem } from '../../shared/domain/sample.ts'
import { answers, flows } from './gallery/pretend-console.ts'
import { gibibyte, reportOf } from './gallery/scripted-facts.ts'
import { type Faults, sampleAt, samplesOf } from './gallery/scripted-samples.ts'
import { show } from './show.tsx'

const opened: string[] = []
vi.mock('../../renderer/ui/chart/open-chart.ts', () => ({
  openChart: (_place: HTMLElement, { line }: { line: string }) => {
    opened.push(line)
    return () => opened.splice(opened.indexOf(line), 1)
  },
}))
// jsdom has no canvas: the heat strip draws nothing.
HTMLCanvasElement.prototype.getContext = () => null

const report = reportOf({ vendor: 'ascend', product: '910B4', count: 2, memoryBytes: 32 * gibibyte })
const cut: Failure = { kind: 'link-lost', host: '10.78.0.11', port: 22, during: 'watching' }

const ofServer = [
  ...['host/cpu', 'host/disk-busy', 'host/disk-read', 'host/disk-written', 'host/load', 'host/memory-used'],
  ...['host/network-received', 'host/network-sent', 'host/swap-used', 'host/temperature'],
]

/** A watch whose items a test sends one by one. */
function pretendWatch() {
  const waiting: WatchItem[] = []
  let wake = () => {}
  let ended = false
  async function* items(): AsyncGenerator<WatchItem, void> {
    while (!ended) {
      const next = waiting.shift()
      if (next !== undefined) yield next
      else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  }
  const send = (item: WatchItem) =>
    act(async () => {
      waiting.push(item)
      wake()
    })
  const end = () =>
    act(async () => {
      ended = true
      wake()
    })
  return { watch: flows(items), send, end }
}

async function showMonitor(recent: readonly Sample[]) {
  const { watch, ...rest } = pretendWatch()
  const { link } = show(<Monitor target={{ by: 'name', name: 'radiology-01' }} />, {
    observe: { recent: answers([...recent]), watch },
  })
  if (recent.length > 0) await screen.findAllByRole('region', { name: /NPU/ })
  return { link, ...rest }
}

/** Samples of the last seconds up to now. */
function lately(seconds: number, faults: Faults = {}) {
  return samplesOf(report, seconds, { startMs: Date.now() - seconds * 1000 + 500, faults })
}

const card = (name: string) => within(screen.getByRole('region', { name }))

describe('the monitor', () => {
  beforeEach(() => void opened.splice(0))

  it('draws utilization and memory of every accelerator and of the server', async () => {
    await showMonitor(lately(20))
    expect([...opened].sort()).toEqual([
      ...ofServer,
      ...['memory ascend 0', 'memory ascend 1', 'utilization ascend 0', 'utilization ascend 1'],
    ])
  })

  it('says in words what each chart shows, with its gaps', async () => {
    await showMonitor(lately(20, { missing: (second) => second > 5 && second < 10 }))
    const chart = card('NPU 1').getByRole('img', { name: /^NPU 1, Utilization over the last 5 min: now \d+ %/ })
    expect(chart.getAttribute('aria-label')).toContain('gaps: 1')
  })

  it('shows an unreadable value as unreadable with the reason, and says nothing of a zero', async () => {
    await showMonitor(lately(20, { unreadable: { 'ascend 1': 0 } }))
    expect(card('NPU 1').getByRole('img', { name: /Could not be read: npu-smi/ })).toBeTruthy()
    expect(
      card('NPU 1').getByRole('img', { name: 'NPU 1, Utilization over the last 5 min: no known values' }),
    ).toBeTruthy()
    expect(card('NPU 1').queryByText('0 %')).toBeNull()
  })

  it('says since when there is no data and why, and that it is tried again', async () => {
    const { send } = await showMonitor(lately(20))
    await send({ link: 'lost', sinceMs: Date.now() - 5000, failure: cut })
    const live = within(screen.getByTestId('live-state'))
    await live.findByText('Data interrupted')
    expect(live.getByText(/was lost\./)).toBeTruthy()
    expect(screen.getByTestId('live-state').textContent).toContain('Tries again by itself')
    await send({ link: 'up', sample: sampleAt(report, 99, { startMs: Date.now() - 99_000 }) })
    await live.findByText('Live')
  })

  it('greys a value that is older than three seconds and says its age', async () => {
    await showMonitor(samplesOf(report, 20, { startMs: Date.now() - 32_000 }))
    await waitFor(() => expect(card('NPU 0').getAllByText(/^1[23] s old/).length).toBe(2))
    expect(screen.getByTestId('live-state').querySelector('[data-state=stale]')).toBeTruthy()
  })

  it('names the vendor whose tool says nothing, while the server is watched on', async () => {
    await showMonitor(lately(20, { silentFrom: 15 }))
    // In the reader's own clock, and no other form of a time.
    expect(await screen.findByText(/^Ascend: npu-smi has not answered since (\d+ \w+, )?\d\d:\d\d$/)).toBeTruthy()
    expect(card('NPU 0').getAllByRole('img', { name: /Could not be read: npu-smi has not answered/ })).toHaveLength(2)
  })

  it('says it in the language of its reader, and shows what a tool said itself as it came', async () => {
    const { send } = await showMonitor(lately(20, { silentFrom: 15 }))
    act(() => usePreferences.getState().chooseLanguage('zh-CN'))
    expect(await screen.findByText(/^Ascend：npu-smi 自 (\d+月\d+日 )?\d\d:\d\d 起没有响应$/)).toBeTruthy()
    const next = sampleAt(report, 99, { startMs: Date.now() - 99_000, faults: { silentFrom: 0 } })
    await send({ link: 'up', sample: { ...next, silent: [{ silence: 'said', vendor: 'ascend', why: 'dcmi: -8008' }] } })
    expect(await screen.findByText('Ascend：dcmi: -8008')).toBeTruthy()
  })

  it('does not say that it tries again by itself where a refusal stands, and lets a person say when (P9)', async () => {
    const { send, link } = await showMonitor(lately(20))
    const refused = { kind: 'login-refused', host: '10.78.0.11', port: 22, user: 'ops' } as const
    await send({ link: 'lost', sinceMs: Date.now() - 5000, failure: { ...refused, methodsOffered: [] } })
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(screen.getByTestId('live-state').textContent).not.toContain('by itself')
    const target = { by: 'name', name: 'radiology-01' }
    expect(link.asked).toContainEqual({ call: 'appliances.retry', input: { target } })
  })

  it('offers to go on when the console has ended the watch', async () => {
    const { link, end } = await showMonitor(lately(20))
    await end()
    fireEvent.click(await screen.findByRole('button', { name: 'Watch again' }))
    await waitFor(() => expect(link.asked.filter(({ call }) => call === 'observe.watch')).toHaveLength(2))
  })

  it('asks for what it missed when the window hears from the console again', async () => {
    const { link } = await showMonitor(lately(20))
    act(() => link.setState({ state: 'lost', sinceMs: Date.now() }))
    await screen.findByText('Data interrupted')
    act(() => link.setState({ state: 'open' }))
    await waitFor(() => expect(link.asked.filter(({ call }) => call === 'observe.recent')).toHaveLength(2))
  })

  it('shows the same as a table, with a dash for what is not known', async () => {
    // In the middle of a row's half minute: at its beginning the newest row has no sample yet.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-22T08:00:20Z') })
    onTestFinished(() => void vi.useRealTimers())
    await showMonitor(lately(20, { unreadable: { 'ascend 1': 0 } }))
    fireEvent.click(screen.getByText('Table'))
    const table = within(await screen.findByTestId('monitor-table'))
    expect(table.getAllByRole('columnheader').map((head) => head.textContent)).toEqual([
      ...['Time', 'NPU 0', 'NPU 1', 'Processors'],
    ])
    const [, newest] = table.getAllByRole('row')
    const cells = newest === undefined ? [] : within(newest).getAllByRole('cell')
    expect(cells[0]?.textContent).toMatch(/^\d+ %$/)
    expect(cells[1]?.textContent).toBe('–')
    expect(opened).toEqual([])
  })

  it('has no lines for what a server does not have, or an older script did not measure', async () => {
    await showMonitor(lately(20, { bareHost: true }))
    expect(opened.filter((line) => line.startsWith('host/')).sort()).toEqual(['host/cpu', 'host/memory-used'])
    const server = within(screen.getByRole('region', { name: 'Server' }))
    expect(server.getAllByRole('region').map((one) => one.getAttribute('aria-label'))).toEqual([
      'Processors',
      'Main memory',
    ])
  })

  it('says how fast the network is, and no figure where its counter was begun anew', async () => {
    const { send } = await showMonitor(lately(20))
    expect(card('Network').getAllByText(/^[\d.]+ (K|M)iB\/s$/)).toHaveLength(2)
    const next = sampleAt(report, 20, { startMs: Date.now() - 19_000 })
    const gap = unreadable('a counter was begun anew')
    const host = { ...next.host, networkReceivedBytesPerSecond: gap, networkSentBytesPerSecond: gap }
    await send({ link: 'up', sample: { ...next, host } })
    await waitFor(() => expect(card('Network').queryAllByText(/^[\d.]+ (K|M)iB\/s$/)).toEqual([]))
    expect(card('Network').getAllByRole('img', { name: /begun anew/ })).toHaveLength(2)
  })

  it('has the server as a table too, each figure in its own unit', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-22T08:00:20Z') })
    onTestFinished(() => void vi.useRealTimers())
    await showMonitor(lately(20))
    fireEvent.click(screen.getByText('Table'))
    fireEvent.click(within(await screen.findByTestId('live-monitor')).getByText('Server'))
    const table = within(await screen.findByTestId('monitor-table'))
    expect(table.getAllByRole('columnheader').map((head) => head.textContent)).toEqual([
      ...['Time', 'Processors, Utilization', 'Processors, Load, 1 min', 'Processors, Temperature'],
      ...['Main memory, In use', 'Main memory, Swap', 'Network, Received', 'Network, Sent'],
      ...['Disks, Read', 'Disks, Written', 'Disks, Busiest disk'],
    ])
    const [, newest] = table.getAllByRole('row')
    const cells = newest === undefined ? [] : within(newest).getAllByRole('cell')
    const units = cells.map((cell) => cell.textContent?.replace(/^[\d.]+ ?/, ''))
    expect(units).toEqual(['%', '', '°C', 'GiB', 'MiB', 'MiB/s', 'MiB/s', 'KiB/s', 'KiB/s', '%'])
  })

  it('waits for the first sample without showing a figure', async () => {
    await showMonitor([])
    expect(screen.getByText('Waiting for the first sample')).toBeTruthy()
    expect(screen.queryByText(/[1-9]\d* %$/, { selector: '.rs-line-value *' })).toBeNull()
  })

  it('says that there is no accelerator, and still watches the server', async () => {
    const { send } = await showMonitor([])
    const bare = { ...report, devices: unreadable('none') }
    await send({ link: 'up', sample: sampleAt(bare, 5, { startMs: Date.now() - 5000 }) })
    expect(await screen.findByText('No accelerator answers on this server.')).toBeTruthy()
    expect([...opened].sort()).toEqual(ofServer)
    expect(screen.queryByText('Utilization of every accelerator')).toBeNull()
  })
})
