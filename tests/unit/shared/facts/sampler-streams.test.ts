// Tools that go on answering by themselves, under the sampler's script in real shells: one that does, one whose loop
// ends at once, and one that stops answering.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { command } from '../../../../shared/domain/command.ts'
import { type Probe, toolProbe } from '../../../../shared/facts/probe.ts'
import { installed, makePlace, type Place, type RunningSampler, shells, startSampler } from './shells.ts'

const streaming = (id: string, deadlineSeconds = 2): Probe => ({
  ...toolProbe(id, command(`fake-${id}`), deadlineSeconds),
  stream: `exec fake-${id} stream`,
})
const probes = [streaming('cards'), streaming('cards-once'), streaming('cards-stuck'), streaming('cards-dead', 4)]
const calledOnce = 'index, used\n0, 0\n1, 0\n'

function addTools(place: Place): void {
  const add = (name: string, stream: string) =>
    place.addTool(
      `fake-${name}`,
      `here='${place.tools}/${name}'
case "$*" in stream) ;; *)
  echo call >>"$here.calls"
  case ${name} in cards-dead) [ ! -e "$here.streams" ] || { trap '' TERM; while :; do sleep 0.2; done; } ;; esac
  printf 'index, used\\n0, 0\\n1, 0\\n'
  exit ;;
esac
echo stream >>"$here.streams"; echo $$ >"$here.pid"; n=0
${stream}`,
    )
  const second = 'n=$((n + 1)); printf "0, $n\\n"; sleep 0.05; printf "1, $n\\n"; sleep 0.9'
  add('cards', `printf 'index, used\\n'; while :; do ${second}; done`)
  add('cards-once', 'echo "Option -lms is not recognized." >&2; exit 6')
  const hangs = `trap '' TERM; printf 'index, used\\n'; ${second}; ${second}; while :; do sleep 0.2; done`
  add('cards-stuck', hangs)
  add('cards-dead', hangs)
}

type Run = {
  readonly sampler: RunningSampler
  readonly texts: (tool: string) => string[]
  /** How often a tool was called, and how often its loop was started. */
  readonly starts: (tool: string) => { readonly calls: number; readonly streams: number }
  readonly livesNow: (tool: string) => boolean
  /** Whether the tool that streams lived when the sampler was ended. */
  readonly lived: boolean
  readonly leftovers: readonly string[]
}
const runs = new Map<string, Run>()

async function runOne(shell: readonly [string, ...string[]], place: Place): Promise<Run> {
  addTools(place)
  const sampler = startSampler(shell, probes, place)
  const read = (tool: string, kind: string) => {
    const file = join(place.tools, `${tool}.${kind}`)
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }
  const count = (tool: string, kind: string) => read(tool, kind).split('\n').length - 1
  const starts = (tool: string) => ({ calls: count(tool, 'calls'), streams: count(tool, 'streams') })
  const texts = (tool: string) => sampler.answers(tool).map(({ stdout }) => stdout)
  const livesNow = (tool: string) => {
    const stat = `/proc/${read(tool, 'pid').trim()}/stat`
    return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'utf8'))
  }
  await sampler.reached(9)
  const isSeen = () => starts('cards-stuck').calls >= 3 && starts('cards-dead').calls >= 2
  while (!isSeen() && sampler.ticks.length < 27) await sampler.reached(sampler.ticks.length + 1)
  await sampler.reached(sampler.ticks.length + 3)
  const lived = livesNow('cards')
  await sampler.end()
  return { sampler, texts, starts, livesNow, lived, leftovers: place.leftovers() }
}

// All shells at once: the runs mostly sleep.
beforeAll(async () => {
  const here = shells.filter((shell) => installed(shell[0]))
  const places = here.map(() => makePlace())
  await Promise.all(here.map(async (shell, at) => runs.set(shell.join(' '), await runOne(shell, places[at] as Place))))
  return () => {
    for (const place of places) place.remove()
  }
}, 60_000)

function runOf(context: TestContext, name: string): Run {
  return runs.get(name) ?? context.skip(`${name} is not installed`)
}

describe.each(shells.map((shell) => shell.join(' ')))('in %s', (name) => {
  it('starts a tool that goes on answering once, and gives its newest answer every second', (context) => {
    const { sampler, texts, starts, lived } = runOf(context, name)
    expect(texts('cards').length).toBeGreaterThanOrEqual(sampler.ticks.length - 4)
    // Never a half of one answer beside a half of another, and never an older one again.
    const values = texts('cards').map((text) =>
      Number(/^index, used\n0, (\d+)\n1, \1\n$/.exec(text)?.[1] ?? Number.NaN),
    )
    expect(values).toEqual([...new Set(values)].sort((one, other) => one - other))
    expect(starts('cards')).toEqual({ calls: 1, streams: 1 })
    expect(lived).toBe(true)
  })

  it('calls a tool whose loop ends at once every second instead', (context) => {
    const { texts, starts } = runOf(context, name)
    expect(starts('cards-once').streams).toBe(1)
    expect(starts('cards-once').calls).toBeGreaterThanOrEqual(3)
    expect(new Set(texts('cards-once'))).toEqual(new Set([calledOnce]))
  })

  it('ends a loop that stops answering, and calls the tool instead', (context) => {
    const { texts, starts, livesNow } = runOf(context, name)
    expect(texts('cards-stuck')).toContain('index, used\n0, 2\n1, 2\n')
    expect(texts('cards-stuck').at(-1)).toBe(calledOnce)
    expect(starts('cards-stuck').streams).toBe(1)
    expect(livesNow('cards-stuck')).toBe(false)
  })

  it('waits for neither the loop nor the call of a tool that hangs in both', (context) => {
    const { sampler, starts } = runOf(context, name)
    expect(starts('cards-dead')).toEqual({ calls: 2, streams: 1 })
    const gaps = sampler.times.slice(1).map((time, at) => time - (sampler.times[at] ?? 0))
    expect(Math.max(...gaps)).toBeLessThan(3500)
  })

  it('leaves no loop behind', async (context) => {
    const { livesNow, leftovers } = runOf(context, name)
    expect(leftovers).toEqual([])
    await expect.poll(() => livesNow('cards')).toBe(false)
  })
})
