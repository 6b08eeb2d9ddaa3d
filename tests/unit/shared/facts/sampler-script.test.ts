// The sampler's script in real shells, with tools that do everything a vendor tool has been seen to do. The
// host's figures must come every second whatever the tools are up to.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, type TestContext } from 'vitest'
import { command } from '../../../../shared/domain/command.ts'
import { readHost } from '../../../../shared/facts/host-sample.ts'
import { type Probe, toolProbe } from '../../../../shared/facts/probe.ts'
import { samplerScript } from '../../../../shared/facts/sampler-script.ts'
import { installed, makePlace, nonce, type Place, type RunningSampler, shells, startSampler } from './shells.ts'

const probes: readonly Probe[] = [
  toolProbe('quick', command('fake-quick'), 5),
  toolProbe('slow', command('fake-slow'), 5),
  toolProbe('hang', command('fake-hang'), 1),
  toolProbe('garbage', command('fake-garbage'), 5),
  toolProbe('flood', command('fake-flood'), 5),
  toolProbe('not-there', command('fake-that-is-nowhere'), 5),
]

function addTools(place: Place): void {
  const count = (name: string) => `echo started >>'${place.tools}/${name}.starts'`
  place.addTool('fake-quick', `${count('quick')}; echo "it's quick"; echo oops >&2; exit 3`)
  place.addTool('fake-slow', `${count('slow')}; sleep 1.6; echo slow`)
  place.addTool('fake-hang', `${count('hang')}; trap '' TERM HUP INT; echo before; while :; do sleep 0.2; done`)
  place.addTool('fake-garbage', `printf '\\377\\376\\000|%s over|\\n\\n%s over\\n' x anothernonce12345678`)
  place.addTool('fake-flood', 'exec head -c 20000000 /dev/zero')
}

function starts(place: Place, name: string): number {
  const file = join(place.tools, `${name}.starts`)
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0
}

function lives(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

type Run = {
  readonly place: Place
  readonly sampler: RunningSampler
  readonly seconds: number
  readonly exitCode: number | null
}
const runs = new Map<string, Run>()
const tickCount = 9

async function runOne(shell: readonly [string, ...string[]]): Promise<Run> {
  const place = makePlace()
  addTools(place)
  const started = performance.now()
  const sampler = startSampler(shell, probes, place)
  await sampler.reached(tickCount)
  const seconds = (performance.now() - started) / 1000
  while (sampler.answers('slow').length < 3 && sampler.ticks.length < 3 * tickCount)
    await sampler.reached(sampler.ticks.length + 1)
  return { place, sampler, seconds, exitCode: await sampler.end() }
}

// All shells at once: the runs mostly sleep.
beforeAll(async () => {
  const here = shells.filter((shell) => installed(shell[0]))
  await Promise.all(here.map(async (shell) => runs.set(shell.join(' '), await runOne(shell))))
}, 40_000)

afterAll(() => {
  for (const { place } of runs.values()) place.remove()
})

function runOf(context: TestContext, name: string): Run {
  return runs.get(name) ?? context.skip(`${name} is not installed`)
}

/** Of a tool that takes so many milliseconds, at ticks of these times: every second one where they come in time. */
function mostAnswers(times: readonly number[], milliseconds: number): number {
  let [count, since] = [0, times[0] ?? 0]
  for (const time of times) {
    if (time - since < milliseconds) continue
    count += 1
    since = time
  }
  return count
}

describe.each(shells.map((shell) => shell.join(' ')))('in %s', (name) => {
  it('measures the host every second, whatever the tools do', (context) => {
    const { sampler, seconds } = runOf(context, name)
    expect(seconds).toBeGreaterThan(tickCount - 2)
    // A tool that hangs would cost its whole deadline in every tick; a busy machine costs less than that.
    expect(seconds).toBeLessThan(tickCount * 2)
    let counters = readHost('', undefined).counters
    for (const [at, { hostText }] of sampler.ticks.entries()) {
      const reading = readHost(hostText, counters)
      counters = reading.counters
      expect(reading.host.memoryUsedBytes.state).toBe('known')
      expect(reading.host.loadAverage?.state).toBe('known')
      expect(reading.host.cpuPercent.state).toBe(at === 0 ? 'unreadable' : 'known')
    }
  })

  it('gives the answers of a quick tool every second, exit code and complaint included', (context) => {
    const { sampler, place } = runOf(context, name)
    const answers = sampler.answers('quick')
    expect(answers.length).toBeGreaterThanOrEqual(tickCount - 2)
    for (const answer of answers)
      expect(answer).toMatchObject({
        state: 'answered',
        stdout: "it's quick\n",
        stderr: 'oops\n',
        exitCode: { state: 'known', value: 3 },
        damage: undefined,
      })
    expect(starts(place, 'quick') - answers.length).toBeLessThanOrEqual(1)
  })

  it('lets a slow tool answer at its own pace, and never starts it twice at a time', (context) => {
    const { sampler, place } = runOf(context, name)
    const answers = sampler.answers('slow')
    expect(answers.length).toBeGreaterThanOrEqual(3)
    expect(answers.length).toBeLessThanOrEqual(mostAnswers(sampler.times, 1600) + 1)
    for (const answer of answers) expect(answer).toMatchObject({ state: 'answered', stdout: 'slow\n' })
    expect(starts(place, 'slow') - answers.length).toBeLessThanOrEqual(1)
  })

  it('ends a tool that hangs, says so, and asks it again', (context) => {
    const { sampler, place } = runOf(context, name)
    const answers = sampler.answers('hang')
    expect(answers.length).toBeGreaterThanOrEqual(1)
    for (const answer of answers) expect(answer).toMatchObject({ state: 'timed-out', stdout: 'before\n' })
    expect(starts(place, 'hang') - answers.length).toBeLessThanOrEqual(1)
  })

  it('passes garbage through in its frame, bounds a flood, and looks for a missing tool only now and then', (context) => {
    const { sampler } = runOf(context, name)
    expect(sampler.answers('garbage')[0]?.stdout).toContain('anothernonce12345678 over')
    expect(sampler.answers('flood')[0]?.damage).toContain('too long')
    expect(sampler.answers('not-there')).toMatchObject([{ state: 'missing' }])
  })

  it('leaves nothing behind when its lease ends it', (context) => {
    const { place, exitCode } = runOf(context, name)
    expect(exitCode).toBe(143)
    expect(place.leftovers()).toEqual([])
  })

  it('leaves nothing behind however many signals end it, and whenever', async (context) => {
    runOf(context, name)
    const shell = shells.find((one) => one.join(' ') === name) ?? context.skip()
    const endings = Array.from({ length: 12 }, async (_, at) => {
      const place = makePlace()
      onTestFinished(() => place.remove())
      place.addTool('fake-quick', 'echo quick')
      const sampler = startSampler(shell, [toolProbe('quick', command('fake-quick'), 5)], place)
      await (at % 2 === 0 ? sampler.reached(1) : sleep(at * 5))
      await sampler.endByMany()
      return place.leftovers()
    })
    expect((await Promise.all(endings)).flat()).toEqual([])
  })
})

// Nine ticks of a second each are waited for.
describe('a tool that nobody can end', { timeout: 30_000 }, () => {
  it('is not started again, by this sampler or by the next one, and the host goes on', async () => {
    const place = makePlace()
    onTestFinished(() => place.remove())
    const pidFile = join(place.tools, 'pid')
    place.addTool(
      'fake-stuck',
      `echo started >>'${place.tools}/stuck.starts'; echo $$ >'${pidFile}'; trap '' TERM; while :; do sleep 0.2; done`,
    )
    // Like the real one, this `timeout` gives up in the end, and the tool lives on.
    place.addTool('timeout', '[ "$3" = 5 ] && exit 0; shift 3; "$@" & sleep 1; exit 137')
    const stuck = [toolProbe('stuck', command('fake-stuck'), 1)]
    const sampler = startSampler(['sh'], stuck, place)
    await sampler.reached(6)
    const pid = Number(readFileSync(pidFile, 'utf8'))
    onTestFinished(() => void process.kill(pid, 'SIGKILL'))
    expect(sampler.answers('stuck')[0]).toMatchObject({ state: 'timed-out' })
    const later = sampler.answers('stuck').at(-1)
    expect(later).toMatchObject({ state: 'still-hung', since: { state: 'known' } })
    await sampler.end()
    expect(lives(pid)).toBe(true)
    const next = startSampler(['sh'], stuck, place)
    await next.reached(3)
    expect(next.answers('stuck').at(-1)).toEqual(later)
    await next.end()
    expect(starts(place, 'stuck')).toBe(1)
    expect(readdirSync(place.records)).toEqual(['stuck'])
  })

  it('is left alone while even its `timeout` waits for it', async () => {
    const place = makePlace()
    onTestFinished(() => place.remove())
    place.addTool('fake-deaf', `echo started >>'${place.tools}/deaf.starts'; exec sleep 60`)
    place.addTool('timeout', '[ "$3" = 5 ] && exit 0; shift 3; "$@"')
    const sampler = startSampler(['sh'], [toolProbe('deaf', command('fake-deaf'), 1)], place)
    await sampler.reached(5)
    expect(sampler.answers('deaf')).toEqual([])
    expect(starts(place, 'deaf')).toBe(1)
    await sampler.end()
  })
})

describe('samplerScript', () => {
  it.each([
    ['a nonce that is not plain', [], 'a b; rm -rf /'],
    ['a probe id that is not plain', [{ id: 'x;y', shell: 'true', deadlineSeconds: 1 }], nonce],
  ])('throws on %s', (_what, list, word) => {
    expect(() => samplerScript(list, { nonce: word, privilege: 'root', intervalSeconds: 1 })).toThrow()
  })
})
