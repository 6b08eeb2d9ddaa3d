// The recorder in real shells: what it writes is what a console reads later, torn frames and all, and its ring never
// grows beyond its size.
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { recorderSpec } from '../../../../main/core/recorder/recorder-spec.ts'
import { type RecordedTick, ringReader } from '../../../../main/observe/ring-reader.ts'
import { command } from '../../../../shared/domain/command.ts'
import { readHost } from '../../../../shared/facts/host-sample.ts'
import { type Probe, toolProbe } from '../../../../shared/facts/probe.ts'
import { recorderReadScript } from '../../../../shared/facts/recorder-look.ts'
import { recorderScript, segmentBytes } from '../../../../shared/facts/recorder-script.ts'
import { realShells } from '../../../support/real-shells.ts'
import { finished, killGroup, movedTo, startShell } from '../../../support/shell-appliance.ts'
import { programFolder } from '../../../support/shell-process.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const probes: readonly Probe[] = [
  toolProbe('quick', command('fake-quick'), 5),
  toolProbe('slow', command('fake-slow'), 5),
  toolProbe('not-there', command('fake-that-is-nowhere'), 5),
]
const nonce = 'nonceOfTheConsole123'
const limitBytes = 3 * segmentBytes

type Shell = readonly [string, ...string[]]
type Place = { readonly folder: string; readonly ring: string; readonly path: string; readonly shell: Shell }

function makePlace(shell: Shell): Place {
  const folder = temporaryFolder()
  const quick = programFolder('fake-quick', 'echo quick')
  const slow = programFolder('fake-slow', 'sleep 0.3; echo slow')
  const ring = join(folder, 'rackside', 'recorder', 'ring')
  mkdirSync(ring, { recursive: true })
  return { folder, ring, path: `${quick}:${slow}:${process.env['PATH']}`, shell }
}

function startRecorder({ folder, path, shell }: Place) {
  const text = movedTo(folder, recorderScript(probes, { intervalSeconds: 1, limitBytes }))
  return startShell(text, path, shell)
}

/** TERM, as systemd ends a unit: every process of it. */
async function endRecorder(child: ReturnType<typeof startRecorder>): Promise<string> {
  const over = finished(child)
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  // What a shell says of a child that somebody ended.
  return (await over).stderr.replace(/^Terminated\n/gm, '')
}

async function read(place: Place, fromSeconds = 0): Promise<{ ticks: RecordedTick[]; whole: boolean }> {
  const text = movedTo(place.folder, recorderReadScript({ nonce, fromSeconds }).text)
  const { stdout } = await finished(startShell(text, place.path, place.shell))
  const reader = ringReader(nonce)
  const ticks: RecordedTick[] = []
  // In small pieces: a mark is cut anywhere.
  const bytes = Buffer.from(stdout)
  for (let at = 0; at < bytes.length; at += 37) ticks.push(...reader.push(bytes.subarray(at, at + 37)))
  return { ticks, whole: reader.ended() && reader.clock() !== undefined }
}

async function until(holds: () => boolean): Promise<void> {
  for (let look = 0; look < 150 && !holds(); look += 1) await sleep(100)
  expect(holds()).toBe(true)
}

const sizeOf = (ring: string) => readdirSync(ring).reduce((sum, name) => sum + statSync(join(ring, name)).size, 0)

describe.each(realShells.map((shell) => [shell.join(' '), shell] as const))('the recorder in %s', (_, shell) => {
  it('is read like a watch: each tick whole, with its time and its own answers, through a power cut', async () => {
    const place = makePlace(shell)
    const first = startRecorder(place)
    await until(() => readdirSync(place.ring).some((name) => statSync(join(place.ring, name)).size > 1500))
    expect(await endRecorder(first)).toBe('')
    const [file = ''] = readdirSync(place.ring)
    // The power went in the middle of a frame.
    const whole = readFileSync(join(place.ring, file), 'utf8')
    const frame = whole.slice(whole.lastIndexOf(' tick ') - 33)
    appendFileSync(join(place.ring, file), frame.slice(0, 120))
    const second = startRecorder(place)
    await until(() =>
      readdirSync(place.ring).some(
        (name) => name.startsWith('0000000002-') && statSync(join(place.ring, name)).size > 1000,
      ),
    )
    await endRecorder(second)

    const { ticks, whole: isWhole } = await read(place)
    expect(isWhole).toBe(true)
    expect(ticks.length).toBeGreaterThan(2)
    for (const { tick, seconds, hundredths } of ticks) {
      const { host } = readHost(tick.hostText, undefined)
      expect([host.memoryTotalBytes.state, host.loadAverage?.state]).toEqual(['known', 'known'])
      expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(120)
      expect(hundredths).toBeGreaterThan(0)
      const said = Object.fromEntries(tick.answers.map(({ id, stdout }) => [id, stdout]))
      expect(said).toMatchObject({ quick: 'quick\n', slow: 'slow\n' })
    }
    const times = ticks.map(({ hundredths }) => hundredths)
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
    expect(readdirSync(place.ring).filter((name) => name.endsWith('.gz'))).toHaveLength(1)
    expect(readdirSync(join(place.folder, 'run')).filter((name) => name.startsWith('rackside-facts'))).toEqual([])

    const newer = await read(place, Math.floor(Date.now() / 1000) + 3600)
    expect(newer.whole).toBe(true)
    expect(newer.ticks.length).toBeGreaterThan(0)
    expect(newer.ticks.length).toBeLessThan(ticks.length)
  }, 60_000)

  it('takes the oldest files away before the ring is larger than its size', async () => {
    const full = makePlace(shell)
    for (const number of [1, 2, 3, 4]) {
      const file = join(full.ring, `000000000${number}-1764200000.frames.gz`)
      writeFileSync(file, '')
      truncateSync(file, segmentBytes - 1000)
    }
    const child = startRecorder(full)
    onTestFinished(() => killGroup(child))
    await until(() => readdirSync(full.ring).some((name) => name.startsWith('0000000005-')))
    expect(sizeOf(full.ring)).toBeLessThanOrEqual(limitBytes)
    expect(readdirSync(full.ring).some((name) => name.startsWith('0000000001-'))).toBe(false)
    await endRecorder(child)
  }, 60_000)
})

describe('the text of the recorder', () => {
  it('is one word of a command, and the same every time', () => {
    const made = () => recorderScript(probes, { intervalSeconds: 10, limitBytes })
    expect(made()).toBe(made())
    expect(made().length).toBeLessThan(30_000)
    expect(recorderSpec({ sha256: () => '' }).script.length).toBeLessThan(30_000)
  })
})
