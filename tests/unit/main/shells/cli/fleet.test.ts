// The fleet command: how its line is read, what is shown before it is approved, and with which code it ends.
import { describe, expect, it } from 'vitest'
import { type ConsoleClient, clientInProcess } from '../../../../../main/core/link/console-client.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { FleetInvocation } from '../../../../../main/shells/cli/fleet-arguments.ts'
import { rolloutLines } from '../../../../../main/shells/cli/fleet-show.ts'
import { runFleet } from '../../../../../main/shells/cli/fleet-verb.ts'
import { type Failure, fail, ok } from '../../../../../shared/domain/failure.ts'
import type { Plan } from '../../../../../shared/domain/plan.ts'
import type { Rollout, RolloutMember } from '../../../../../shared/domain/rollout.ts'
import type { Language } from '../../../../../shared/words/words.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { planCase, planFor } from '../../../../support/plan-cases.ts'
import { type Fate, pretendFleet } from '../../../../support/pretend-fleet.ts'
import { withInstaller } from '../../../../support/root-steps.ts'

const rest = '--solution ward --from /bundle'
const read = (line: string) => readCommandLine(line.split(' '))
const fleetLine = (line: string): FleetInvocation => {
  const got = read(line)
  if (!got.ok || got.value.verb !== 'fleet') throw new Error(JSON.stringify(got))
  return got.value
}

describe('a line about a fleet', () => {
  it('names appliances, or means all of them', () => {
    expect(fleetLine(`fleet w1 w2 ${rest} --canary w2 --soak 5 --limit-mbit 40 --yes`)).toMatchObject({
      ...{
        names: ['w1', 'w2'],
        canary: 'w2',
        soakSeconds: 5,
        limitMbit: 40,
        yes: true,
        solution: 'ward',
        from: '/bundle',
        rules: {},
      },
    })
    expect(fleetLine(`fleet --all ${rest}`)).toMatchObject({ names: 'all', canary: undefined, yes: false })
  })

  it.each([
    [`fleet ${rest}`, 'no-appliance-named'],
    [`fleet w1 --all ${rest}`, 'one-word-too-many'],
    ['fleet w1 --solution ward', 'solution-and-folder-needed'],
    [`fleet w1 ${rest} --identity k`, 'option-elsewhere'],
    [`fleet w1 ${rest} --soak long`, 'soak-seconds'],
    [`fleet w1 ${rest} --limit-mbit 0`, 'limit-mbit'],
    [`plan ward ${rest} --window 22:00-05:00`, 'option-elsewhere'],
    [`setup ward ${rest} --all`, 'option-elsewhere'],
    ['demo --even-if-busy', 'option-elsewhere'],
    ...['22:00', '22:00-25:00', '22:00-05:00/weekend', '22:00-05:00-06:00', '22:00-05:00/sat/sun', '9:00-10:00'].map(
      (window) => [`setup ward ${rest} --window ${window}`, 'not-a-window'],
    ),
  ])('"%s" is refused (%s)', (line, problem) => {
    expect(read(line)).toMatchObject({ failure: { kind: 'usage', problem } })
  })

  it('keeps to a window and to who waits, as a setup does', () => {
    const rules = { window: { from: '22:00', to: '05:00', days: ['sat', 'sun'] }, evenIfBusy: true }
    for (const verb of ['fleet', 'setup']) {
      const line = read(`${verb} w1 ${rest} --window 22:00-05:00/sat,sun --even-if-busy`)
      expect(line).toMatchObject({ value: { verb, rules } })
    }
    expect(read(`fleet ssh://ops@h ${rest}`)).toMatchObject({ failure: { kind: 'appliance-unknown' } })
  })
})

type Played = {
  line?: string
  fates?: Record<string, Fate>
  answer?: boolean
  others?: RolloutMember[]
  seconds?: number
  /** What each appliance's plan is. */
  plan?: Plan
}

/** Runs the command over four appliances whose runs are played. */
async function play({
  line = `fleet w1 w2 w3 w4 ${rest} --yes`,
  fates = {},
  answer,
  others = [],
  seconds = 60,
  plan: played = planFor(planCase('bare-cpu-server').facts),
}: Played) {
  const fleet = pretendFleet(4, fates)
  const asked: object[] = []
  const inner = clientInProcess({ core: fleet.core, caller: { by: 'console', operator: 'li' } })
  const saved = ['w1', 'w2', 'w3', 'w4'].map((name) => ({
    name,
    demo: false,
    ...(name === 'w4' && { watchOnly: true }),
  }))
  const plan = async (input: object) => {
    asked.push(input)
    const [kept] = fleet.core.rollouts.all()
    if (kept !== undefined) kept.rollout = { ...kept.rollout, members: [...kept.rollout.members, ...others] }
    return ok(fleet.now())
  }
  const client = {
    desk: { openBundle: async () => ok({ bundleId: 'bundle-1' }) },
    product: {
      appliances: { list: async () => ok(saved) },
      setup: { readPlan: async () => ok(played) },
      rollouts: { plan, apply: inner.product.rollouts.apply, cancel: inner.product.rollouts.cancel },
    },
  } as unknown as ConsoleClient
  const said: string[] = []
  const results: unknown[] = []
  const left: number[] = []
  const terminal = {
    ...{ say: (text: string) => void said.push(text), tick: () => undefined, complain: () => undefined },
    ...{ prompt: () => undefined, echo: () => undefined, leave: (code: number) => void left.push(code) },
    ...{ result: (value: unknown) => void results.push(value), confirm: async () => answer },
  }
  const running = runFleet({ client, terminal, words: wordsOf('en') }, fleetLine(line))
  await fleet.clock.advance(seconds * 1000)
  return { running, fleet, asked, said, results, left }
}

describe('a fleet', () => {
  it('that is healthy ends with 0, each appliance told on its way', async () => {
    const { running, said, results, fleet } = await play({})
    expect(await running).toEqual(ok(0))
    expect(fleet.begun).toEqual(['w1', 'w2', 'w3', 'w4'])
    expect(said.filter((line) => line.startsWith('w3'))).toEqual(['w3: Begun', 'w3: Healthy'])
    expect(said.at(-1)).toBe('Done: 4 of 4 healthy.')
    expect(results).toMatchObject([{ rolloutId: fleet.rolloutId, state: 'done', members: { length: 4 } }])
  })

  it.each([undefined, false])('is not begun without approval (answered: %s)', async (answer) => {
    const { running, fleet, said } = await play({
      line: `fleet w1 w2 w3 w4 ${rest}`,
      ...(answer === false && { answer }),
    })
    expect([await running, fleet.begun]).toEqual([fail({ kind: 'approval-needed' }), []])
    expect(said[1]).toBe('4 to change in 4 rings, at most 1 at the same time; 0 with nothing to do; 0 left out')
  })

  it('says before its approval what the plans take over, with the names of all', async () => {
    const from = { id: 'acme', name: 'Acme Health', fingerprint: `SHA256:${'a'.repeat(43)}` }
    const plan = { ...planFor(planCase('bare-cpu-server').facts), takeovers: [{ from, what: ['notes'] }] }
    const { said } = await play({ plan, line: `fleet w1 w2 w3 w4 ${rest}` })
    const lines = said.filter((line) => line.includes('Takes over notes from Acme Health (acme)'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^w1; w2; w3; w4: /)
  })

  it('runs nothing as root that --yes alone would approve unseen', async () => {
    const plan = withInstaller(planFor(planCase('bare-cpu-server').facts))
    const refused = await play({ plan })
    const outcome = await refused.running
    const acts = outcome.ok || outcome.failure.kind !== 'root-not-allowed' ? [] : outcome.failure.acts
    expect([acts.length, refused.fleet.begun]).toEqual([1, []])
    expect(refused.said.join('\n')).toContain('sh ./driver.run --full --install')
    const allowed = await play({ plan, line: `fleet w1 w2 w3 w4 ${rest} --yes --allow-root ${acts[0]}` })
    expect(await allowed.running).toEqual(ok(0))
  })

  const failed: Failure = { kind: 'step-failed', step: 'image.x', detail: 'no' }
  const unreachable: Failure = { kind: 'host-unreachable', host: 'h', port: 22, reason: 'timeout' }
  const leftOut: RolloutMember = { name: 'w5', demo: false, stand: { state: 'left-out', failure: unreachable } }
  it.each([
    ['one that failed', { fates: { w2: failed } }, 55, 'Stopped'],
    ['one that is degraded', { fates: { w2: 'degraded' as const } }, 70, 'Stopped'],
    ['one that was left out', { others: [leftOut] }, 11, 'Done'],
    [
      'one that was left out, and one that is down',
      { others: [leftOut], fates: { w4: 'down' as const } },
      71,
      'Stopped',
    ],
  ])('with %s ends with the code of that', async (_, played, code, end) => {
    const { running, said } = await play(played)
    expect([await running, said.at(-1)]).toEqual([ok(code), expect.stringContaining(end)])
  })

  it('of all are those that may be set up', async () => {
    const { running, asked } = await play({ line: `fleet --all ${rest} --yes` })
    await running
    expect(asked).toMatchObject([{ appliances: ['w1', 'w2', 'w3'] }])
  })

  it('is cancelled by Ctrl-C, and left at once by a second one', async () => {
    const { running, fleet, left, said } = await play({
      fates: { w2: { seconds: 900, verdict: 'healthy' } },
      seconds: 10,
    })
    process.emit('SIGINT')
    process.emit('SIGINT')
    await fleet.clock.advance(1000)
    expect([await running, fleet.begun, left]).toEqual([ok(3), ['w1', 'w2'], [130]])
    expect(said.at(-1)).toContain('Cancelled: 1 of 4')
  })
})

const shown: Record<Language, string[]> = {
  en: [
    'Rollout: ward on 4 appliances',
    '2 to change in 2 rings, at most 1 at the same time; 1 with nothing to do; 1 left out',
    'Ring 1, the canary: alone, and the others only if it is healthy',
    '  demo  lab: 3 to change, 1.86 GiB to send',
    'Ring 2',
    '  radiology: 3 to change, 1.86 GiB to send; interrupts ward-model',
    'Nothing to do: icu',
    'Left out',
    '  er: There is no Docker Engine on the server. Install Docker Engine, or use a bundle with its packages for this system, then run this again.',
  ],
  'zh-CN': [
    '批量部署：在 4 台一体机上部署 ward',
    '2 台需变更，分 2 批，同时最多 1 台；1 台无需操作；1 台未纳入',
    '第 1 批（先行验证）：单独进行，确认正常后才继续',
    '  演示  lab：3 项变更，需传输 1.86 GiB',
    '第 2 批',
    '  radiology：3 项变更，需传输 1.86 GiB；会中断 ward-model',
    '无需操作：icu',
    '未纳入',
    '  er：服务器上没有 Docker Engine。 请先安装 Docker Engine，或使用含有适合本系统安装包的离线包，再重新执行。',
  ],
}

describe.each(['en', 'zh-CN'] as Language[])('the plan of a fleet in %s', (language) => {
  it('shows each ring with its appliances, who is interrupted, who has nothing to do, who is left out and why', () => {
    const plan = { id: 'plan-0000000000000001', changed: 3, unchanged: 7, uploadBytes: 2e9, interrupts: ['ward-model'] }
    const members: RolloutMember[] = [
      { name: 'radiology', demo: false, ring: 2, plan, stand: { state: 'planned' } },
      { name: 'lab', demo: true, ring: 1, plan: { ...plan, interrupts: [] }, stand: { state: 'planned' } },
      { name: 'icu', demo: false, plan, stand: { state: 'nothing-to-do' } },
      { name: 'er', demo: false, stand: { state: 'left-out', failure: { kind: 'engine-missing' } } },
    ]
    const rollout = { solution: 'ward', places: 1, members } as unknown as Rollout
    expect(rolloutLines(rollout, wordsOf(language))).toEqual(shown[language])
  })
})
