// Logs of real containers: lines as Docker stores them, long ones in pieces, a flood that waits for its reader, a link that
// is cut, a container that ends and starts anew. Nothing of ours runs on behind a reader that left.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Core } from '../../main/core/context.ts'
import { followLog } from '../../main/core/logs/follow.ts'
import { type LogEvent, type LogLine, longestLineBytes } from '../../shared/domain/log.ts'
import {
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  lab,
  labNeeds,
  processLines,
  TestConsole,
} from '../support/lab.ts'
import { labCore, labTarget } from '../support/lab-core.ts'
import { removeAfterLastLook } from '../support/last-look.ts'
import { needs } from '../support/needs.ts'

const image = `
set -e
folder=$(mktemp -d)
mkdir $folder/bin
cp /usr/bin/busybox $folder/bin/
for applet in sh sleep seq head tr; do ln -s busybox $folder/bin/$applet; done
tar -C $folder -c . | docker import - rackside-lab-writer
rm -r $folder`

/** Follows until it is left; keeps what came. */
class Reader {
  readonly events: LogEvent[] = []
  readonly ended: Promise<unknown>
  readonly #stop = new AbortController()

  constructor(core: Core, appliance: LabAppliance, container: string, more: object = {}) {
    const input = { target: labTarget(appliance), container, follow: true, tailLines: 10_000, ...more }
    const reading = async () => {
      for await (const event of followLog(core, input, this.#stop.signal)) this.events.push(event)
    }
    this.ended = reading()
  }

  lines(): LogLine[] {
    return this.events.flatMap((one) => (one.event === 'lines' ? one.lines : []))
  }

  texts(): string[] {
    return this.lines().map(({ text }) => text)
  }

  marks(): string[] {
    return this.events.flatMap(({ event }) => (event === 'lines' ? [] : [event]))
  }

  async until(seconds: number, isSo: () => boolean): Promise<void> {
    await expect.poll(isSo, { timeout: seconds * 1000, interval: 100 }).toBe(true)
  }

  async leave(): Promise<void> {
    this.#stop.abort()
    await this.ended
  }
}

describe('logs of a real engine', () => {
  let appliance: LabAppliance
  let core: Core
  const console = new TestConsole()
  const folder = mkdtempSync(join(tmpdir(), 'rackside-lab-logs-'))
  const made: string[] = []

  const shell = (text: string) => inside(appliance, 'sh', '-c', text)
  const write = async (name: string, script: string, ...words: string[]) => {
    made.push(name)
    const label = `rackside.deployment=${name}`
    await inside(
      appliance,
      ...['docker', 'run', '-d', '--name', `rackside-${name}`, '--label', label, ...words],
      ...['rackside-lab-writer', '/bin/sh', '-c', script],
    )
    return `rackside-${name}`
  }
  /** Ours, for the logs: each has a lease of its own. */
  const dialsLeft = async () => (await processLines(appliance)).filter((line) => line.includes('dial-stdio')).length

  beforeAll(async () => {
    if (!canRunLab) return
    appliance = await bareAppliance()
    await shell(image)
    core = labCore(appliance, folder)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterEach(async () => {
    for (const name of made.splice(0)) await inside(appliance, 'docker', 'rm', '-f', `rackside-${name}`)
  })
  afterAll(async () => {
    if (canRunLab) await core.sessions.closeAll()
    console.remove()
    removeAfterLastLook(folder)
  })

  it('has both streams with their times, long lines as one, and no control of a terminal', async () => {
    const script = `echo one; echo two >&2; printf 'a\\033]0;title\\007b\\n'; head -c 100000 /dev/zero | tr '\\0' x; echo; echo last; sleep 600`
    const container = await write('talker', script)
    const reader = new Reader(core, appliance, container)
    await reader.until(30, () => reader.texts().includes('last'))
    const lines = reader.lines()
    expect(lines.find(({ text }) => text === 'two')?.stream).toBe('stderr')
    expect(reader.texts()).toContain('a\u241b]0;title\u2407b')
    const long = lines.find(({ text }) => text.startsWith('xxx'))
    expect([long?.text.length, long?.cutBytes]).toEqual([longestLineBytes, 100_000 - longestLineBytes])
    expect(lines).toHaveLength(5)
    const [first] = lines
    expect(Math.abs((first?.atMs ?? 0) - Date.now())).toBeLessThan(120_000)
    await reader.leave()
  })

  it('is shown by the command, and told in its result', async () => {
    await write('teller', 'for i in $(seq 1 30); do echo line $i; done; sleep 600')
    await write('other', 'echo hello; sleep 600')
    const list = await console.run('logs', appliance)
    expect(list.json).toMatchObject({ sources: [{ deployment: 'other' }, { deployment: 'teller' }] })
    const { user, address, port, identityFile } = appliance
    const place = `ssh://${user}@${address}:${port}`
    const words = ['logs', place, 'teller', '--tail', '3', '--json', '--identity', identityFile]
    const shown = await console.startWords(...words).ended
    expect(shown.json, shown.errors).toMatchObject({
      container: 'rackside-teller',
      lines: [{ text: 'line 28' }, { text: 'line 29' }, { text: 'line 30', stream: 'stdout' }],
    })
  })

  it('goes on behind the last line after its link was cut, without a line twice or one that is missing', async () => {
    const container = await write('counter', 'i=0; while :; do i=$((i+1)); echo $i; sleep 0.05; done')
    const reader = new Reader(core, appliance, container)
    await reader.until(30, () => reader.texts().length > 40)
    await lab('fault', appliance.name, 'cut')
    await reader.until(60, () => reader.marks().includes('lost'))
    await lab('fault', appliance.name, 'uncut')
    const before = reader.texts().length
    await reader.until(60, () => reader.texts().length > before + 200)
    expect(reader.marks()).toEqual(['open', 'lost', 'open'])
    const numbers = reader.texts().map(Number)
    expect(numbers).toEqual(numbers.map((_, at) => at + 1))
    await reader.leave()
  })

  it('of a container that stops and starts goes on', async () => {
    const container = await write('sleeper', 'echo begin; sleep 600')
    const reader = new Reader(core, appliance, container)
    await reader.until(30, () => reader.texts().length === 1)
    await inside(appliance, 'docker', 'kill', container)
    await reader.until(30, () => reader.marks().at(-1) === 'stopped')
    await inside(appliance, 'docker', 'start', container)
    await reader.until(30, () => reader.texts().length === 2)
    expect(reader.marks()).toEqual(['open', 'stopped', 'open'])
    await reader.leave()
  })

  it('that floods costs this console little memory, and nothing runs on behind its reader', async () => {
    const container = await write('flood', 'line=$(head -c 400 /dev/zero | tr "\\0" y); while :; do echo $line; done')
    const before = await dialsLeft()
    const reader = new Reader(core, appliance, container, { tailLines: 0 })
    const used = () => process.memoryUsage().rss
    await reader.until(30, () => reader.lines().length > 1000)
    const [start, since, count] = [used(), Date.now(), reader.lines().length]
    let most = start
    while (Date.now() - since < 10_000) {
      await new Promise((resolve) => setTimeout(resolve, 200))
      most = Math.max(most, used())
      reader.events.splice(0, reader.events.length - 5)
    }
    expect(most - start, `of ${count} lines at first`).toBeLessThan(200 * 1024 * 1024)
    await reader.leave()
    await expect.poll(dialsLeft, { timeout: 35_000 }).toBeLessThanOrEqual(Math.max(before, 1))
  })
})
