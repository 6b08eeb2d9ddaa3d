// Terminals of a real sshd: a shell that is typed into and resized, its exit, a link that is cut, a console that is killed,
// an sshd with no session left. Nothing of the shell, nor of ours, may stay behind.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CallContext, type Core, ownContext } from '../../main/core/context.ts'
import { listRecordings } from '../../main/core/terminal/kept.ts'
import { closeTerminal, resizeTerminal, typeKeys } from '../../main/core/terminal/keys.ts'
import { openTerminal } from '../../main/core/terminal/open.ts'
import type { TerminalEnd, TerminalEvent } from '../../shared/domain/terminal.ts'
import { startChild } from '../support/child-program.ts'
import { bareAppliance, canRunLab, inside, type LabAppliance, lab, labNeeds } from '../support/lab.ts'
import { labCore, labTarget } from '../support/lab-core.ts'
import { removeAfterLastLook } from '../support/last-look.ts'
import { needs } from '../support/needs.ts'

const child = `
import { openTerminal } from './main/core/terminal/open.ts'
import { typeKeys } from './main/core/terminal/keys.ts'
import { labCore, labTarget } from './tests/support/lab-core.ts'
const [, , appliance, folder] = process.argv
const one = JSON.parse(appliance)
const core = labCore(one, folder)
const context = ownContext(core, 'li')
for await (const event of openTerminal(context, { target: labTarget(one), size: { columns: 80, rows: 24 } })) {
  if (event.event === 'open') await typeKeys(core, { terminalId: event.terminalId, keys: 'sleep 4321\\r' })
  if (event.event === 'shown' && event.text.includes('4321')) console.log('typed')
}
`

/** Reads as a window does. */
class Window {
  readonly events: TerminalEvent[] = []
  readonly ended: Promise<unknown>
  readonly #core: Core
  readonly #left = new AbortController()

  constructor(core: Core, appliance: LabAppliance) {
    this.#core = core
    const context: CallContext = ownContext(core, 'li')
    const input = { target: labTarget(appliance), size: { columns: 80, rows: 24 } }
    const read = async () => {
      for await (const event of openTerminal(context, input, this.#left.signal)) this.events.push(event)
    }
    this.ended = read()
  }

  text(): string {
    return this.events.map((one) => (one.event === 'shown' ? one.text : '')).join('')
  }

  id(): string {
    const [first] = this.events
    return first?.event === 'open' ? first.terminalId : ''
  }

  end(): TerminalEnd | undefined {
    return this.events.flatMap((one) => (one.event === 'end' ? [one.end] : []))[0]
  }

  async prompt(): Promise<void> {
    await expect.poll(() => this.text(), { timeout: 30_000, interval: 50 }).toMatch(/[$#] $/)
  }

  async type(keys: string): Promise<void> {
    expect(await typeKeys(this.#core, { terminalId: this.id(), keys })).toEqual({ ok: true, value: {} })
  }

  async shows(what: RegExp): Promise<void> {
    await expect.poll(() => this.text(), { timeout: 30_000, interval: 50 }).toMatch(what)
  }

  async leave(): Promise<void> {
    this.#left.abort()
    await this.ended
  }
}

describe('a terminal of a real sshd', () => {
  let appliance: LabAppliance
  let core: Core
  const folder = mkdtempSync(join(tmpdir(), 'rackside-lab-terminal-'))

  /** Processes with a terminal of their own, but for the machine's own. */
  const onTerminals = async () => {
    const lines = (await inside(appliance, 'ps', '-eo', 'tty=,args=')).split('\n').map((line) => line.trim())
    return lines.filter((line) => /^pts\//.test(line))
  }
  const nothingLeft = (seconds: number) =>
    expect.poll(onTerminals, { timeout: seconds * 1000, interval: 250 }).toEqual([])

  beforeAll(async () => {
    if (!canRunLab) return
    appliance = await bareAppliance()
    core = labCore(appliance, folder)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(async () => {
    if (canRunLab) await core.sessions.closeAll()
    removeAfterLastLook(folder)
  })

  it("is the login's own shell, as large as its window, without this computer's environment", async () => {
    process.env['LC_RACKSIDE_TEST'] = 'leaked'
    const window = new Window(core, appliance)
    await window.prompt()
    await window.type('stty size; id -un; echo $TERM [$LC_RACKSIDE_TEST]\r')
    await window.shows(/24 80\r\nops\r\nxterm-256color \[\]/)
    expect(resizeTerminal(core, { terminalId: window.id(), size: { columns: 132, rows: 43 } }).ok).toBe(true)
    await window.type('stty size\r')
    await window.shows(/43 132/)
    await window.type('exit 7\r')
    await window.ended
    expect(window.end()).toMatchObject({ reason: 'exited', exitCode: 7 })
    await nothingLeft(5)
    delete process.env['LC_RACKSIDE_TEST']
    const listed = await listRecordings(core)
    expect(listed).toMatchObject({ ok: true, value: [{ state: 'whole', user: 'ops', end: { reason: 'exited' } }] })
  })

  it('that is closed, or whose window is gone, takes along what runs in it', async () => {
    for (const how of ['closed', 'left'] as const) {
      const window = new Window(core, appliance)
      await window.prompt()
      await window.type('sleep 4321\r')
      await expect.poll(onTerminals, { timeout: 10_000 }).toContainEqual(expect.stringContaining('sleep 4321'))
      if (how === 'left') await window.leave()
      else closeTerminal(core, { terminalId: window.id() })
      await window.ended
      await nothingLeft(5)
    }
  })

  it('of which the link is cut says so, and nothing of it is left once the network is back', async () => {
    const window = new Window(core, appliance)
    await window.prompt()
    await window.type('sleep 4321\r')
    await window.shows(/sleep 4321/)
    await lab('fault', appliance.name, 'cut')
    const cutAt = performance.now()
    await window.ended
    expect(window.end()).toMatchObject({ reason: 'link-lost' })
    expect((performance.now() - cutAt) / 1000).toBeLessThan(25)
    await lab('fault', appliance.name, 'uncut')
    await nothingLeft(60)
  })

  it('of a console that is killed is gone with it', async () => {
    const home = mkdtempSync(join(tmpdir(), 'rackside-lab-terminal-'))
    const killed = await startChild(child, [JSON.stringify(appliance), home])
    expect(await killed.line()).toBe('typed')
    await expect.poll(onTerminals, { timeout: 10_000 }).toContainEqual(expect.stringContaining('sleep 4321'))
    killed.kill('SIGKILL')
    await killed.ended
    await nothingLeft(10)
    const listed = await listRecordings(labCore(appliance, home))
    expect(listed).toMatchObject({ ok: true, value: [{ state: 'unproven', end: null }] })
    removeAfterLastLook(home)
  })

  it('is refused where sshd has no session left, and what is at work there goes on', async () => {
    const setting = '/etc/ssh/sshd_config.d/10-one-session.conf'
    await inside(appliance, 'sh', '-c', `echo MaxSessions 1 >${setting}; systemctl reload ssh; sleep 1`)
    const narrow = labCore(appliance, join(folder, 'narrow'))
    const first = new Window(narrow, appliance)
    await first.prompt()
    await expect(new Window(narrow, appliance).ended).rejects.toMatchObject({
      data: { kind: 'usage', problem: 'no-session-left' },
    })
    await first.type('echo still $((40+2))\r')
    await first.shows(/still 42/)
    await first.leave()
    await narrow.sessions.closeAll()
    await inside(appliance, 'sh', '-c', `rm ${setting}; systemctl reload ssh; sleep 1`)
  })

  it('that floods waits for its reader, and its record ends it at 50 MB', async () => {
    const window = new Window(core, appliance)
    await window.prompt()
    const before = process.memoryUsage().rss
    let most = before
    const look = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss)
      window.events.splice(1, Math.max(0, window.events.length - 20))
    }, 100)
    await window.type('yes | head -c 200M\r')
    await window.ended
    clearInterval(look)
    expect(window.end()).toMatchObject({ reason: 'record-full' })
    expect(most - before).toBeLessThan(150 * 1024 * 1024)
    await nothingLeft(10)
  })
})
