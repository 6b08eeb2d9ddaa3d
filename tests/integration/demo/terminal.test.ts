// A terminal of a demo appliance through the contract: what is typed and shown, what is recorded of it and what is not, how
// it ends, and what the audit and the command line tell of it.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forgetAppliance } from '../../../main/core/appliances.ts'
import { drillDemo } from '../../../main/core/demo/demo.ts'
import type { TerminalEvent } from '../../../shared/domain/terminal.ts'
import { recordsIn } from '../../support/audit-records.ts'
import { type DemoCore, demoCore, makeDemo, must } from '../../support/demo-core.ts'

const size = { columns: 100, rows: 30 }

/** Reads a terminal as a window does, and keeps what came. */
class Window {
  readonly events: TerminalEvent[] = []
  readonly ended: Promise<unknown>
  readonly #left = new AbortController()
  readonly #one: DemoCore

  constructor(one: DemoCore, target: { by: 'name'; name: string }) {
    this.#one = one
    const reading = async () => {
      const { signal } = this.#left
      const events = await one.client.product.terminal.open({ target, size }, { signal })
      for await (const event of events) this.events.push(event)
    }
    this.ended = reading()
  }

  id(): string {
    const [first] = this.events
    return first?.event === 'open' ? first.terminalId : ''
  }

  text(): string {
    return this.events.map((one) => (one.event === 'shown' ? one.text : '')).join('')
  }

  end(): Extract<TerminalEvent, { event: 'end' }> | undefined {
    return this.events.flatMap((one) => (one.event === 'end' ? [one] : []))[0]
  }

  async type(keys: string): Promise<void> {
    must(await this.#one.client.product.terminal.type({ terminalId: this.id(), keys }))
  }

  shows(what: string): Promise<unknown> {
    return expect.poll(() => this.text(), { timeout: 10_000 }).toContain(what)
  }

  async leave(): Promise<void> {
    this.#left.abort()
    await this.ended
  }
}

async function demoNamed(one: DemoCore) {
  const { demo } = await makeDemo(one.core)
  return { demo, target: { by: 'name' as const, name: demo.name } }
}

const auditOf = (one: DemoCore) =>
  recordsIn(join(one.folder, 'audit.jsonl')).filter(({ act, ends }) => ends === undefined && act.startsWith('terminal'))

describe('a terminal of a demo appliance', () => {
  it('shows what is typed and answered, and leaves a whole record of what was shown, and none of keys', async () => {
    const one = demoCore()
    const { target } = await demoNamed(one)
    const { terminal } = one.client.product
    const window = new Window(one, target)
    await window.shows('[demo]$ ')
    await window.type('npu-smi info\r')
    await window.shows('910')
    await window.type('rm -rf /\r')
    await window.shows('demo: no such command: rm')
    must(await terminal.resize({ terminalId: window.id(), size: { columns: 120, rows: 40 } }))
    await window.type('exit\r')
    await window.ended
    expect(window.end()).toMatchObject({ end: { reason: 'exited', exitCode: 0 } })

    const [listed] = must(await terminal.recordings({}))
    expect(listed).toMatchObject({ who: 'li', appliance: target.name, demo: true, state: 'whole' })
    const piece = must(await terminal.recording({ recordingId: listed?.recordingId ?? '', from: 0 }))
    const [head, ...events] = (piece?.text ?? '')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(head).toMatchObject({ version: 2, width: 100, height: 30, env: { TERM: 'xterm-256color' } })
    expect(events.flatMap(([, kind, text]) => (kind === 'o' ? [text] : [])).join('')).toBe(window.text())
    expect(events).toContainEqual([expect.any(Number), 'r', '120x40'])
    const folder = join(one.folder, 'terminals')
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0)

    const [asked, begun, ended] = auditOf(one)
    expect([asked?.act, begun?.act, ended?.act]).toEqual(['terminal-open', 'terminal-begin', 'terminal-end'])
    expect(begun).toMatchObject({ demo: true, input: { appliance: target.name, recordingId: listed?.recordingId } })
    expect(begun?.input).toMatchObject({ machineId: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(ended?.input).toMatchObject({ reason: 'exited', digest: listed?.end?.digest, bytes: listed?.storedBytes })
    expect(JSON.stringify(auditOf(one))).not.toContain(window.id())
  })

  it('of which the window is gone, ends at once, as does one that is closed', async () => {
    const one = demoCore()
    const { target } = await demoNamed(one)
    const { terminal } = one.client.product
    const left = new Window(one, target)
    await left.shows('$ ')
    await left.leave()
    expect(await terminal.type({ terminalId: left.id(), keys: 'x' })).toMatchObject({
      failure: { kind: 'usage', problem: 'terminal-gone' },
    })
    const closed = new Window(one, target)
    await closed.shows('$ ')
    must(await terminal.close({ terminalId: closed.id() }))
    await closed.ended
    expect(closed.end()).toMatchObject({ end: { reason: 'closed' } })
    const reasons = must(await terminal.recordings({})).map(({ end }) => end?.reason)
    expect(reasons.toSorted()).toEqual(['closed', 'left'])
  })

  it('ends with its link, and says so', async () => {
    const one = demoCore()
    const { demo, target } = await demoNamed(one)
    const window = new Window(one, target)
    await window.shows('$ ')
    must(await drillDemo(one.core, { name: demo.name, drill: 'cut-link', on: true }))
    await window.ended
    expect(window.end()).toMatchObject({ end: { reason: 'link-lost' } })
  })

  it('is refused as the third of an appliance, and of an appliance that is not there any more', async () => {
    const one = demoCore()
    const { target } = await demoNamed(one)
    const windows = [new Window(one, target), new Window(one, target)]
    for (const window of windows) await window.shows('$ ')
    const third = new Window(one, target)
    await expect(third.ended).rejects.toMatchObject({
      data: { kind: 'usage', problem: 'terminals-open', other: 'appliance' },
    })
    for (const window of windows) await window.leave()
    must(forgetAppliance(one.core, target.name))
    await expect(new Window(one, target).ended).rejects.toMatchObject({ data: { kind: 'appliance-unknown' } })
  })
})
