// A service is replaced, and at any second of it the console, the link, the power or the engine is gone: with no console
// the old one or the new one is in service soon, and the same command again ends as if nothing had happened.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { installedState, journalFaults } from '../support/installed-state.ts'
import {
  artifactsFolder,
  bareAppliance,
  type CliRun,
  canRunLab,
  during,
  inside,
  type LabAppliance,
  lab,
  labNeeds,
  pause,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { otherBundle, removeOtherBundles } from '../support/other-bundle.ts'
import { consoleKilled, engineKilled, powerCut, type Strike } from '../support/setup-strikes.ts'
import { chanceOf, count, ofSeed, sampleOf } from '../support/sweep.ts'

const soakSeconds = 5
/** As the issue has it: whatever happens, and with no console. */
const inServiceWithinMs = (soakSeconds + 30) * 1000

const linkSilent: Strike = {
  what: 'cuts of the link',
  make: async ({ name }) => void (await lab('fault', name, 'cut')),
  heal: async ({ name }) => void (await lab('fault', name, 'uncut')),
}

type Case = {
  readonly strike: Strike
  readonly second: number
  readonly isBroken: boolean
  readonly words: readonly string[]
  readonly name: string
}

/** Of a successor that is proven beside the old one, and of one that starts when that has stopped. */
const ways = [
  { how: 'beside', words: [] },
  { how: 'after', words: ['--stop-first'] },
]

/** Each second from the first word of the replacement to past its end. */
function struckReplacements(): Case[] {
  const at = (name: string, strike: Strike, seconds: number, isBroken = false) =>
    ways.flatMap(({ how, words }) =>
      Array.from({ length: seconds }, (_, second): Case => {
        const by = `${isBroken ? 'one that does not start' : 'a good one'} ${how} it`
        return { strike, second, isBroken, words, name: `${name} in second ${second} of a replacement by ${by}` }
      }),
    )
  return [
    ...at('the console killed', consoleKilled, 11),
    ...at('the link silent', linkSilent, 11),
    ...at('the power cut', powerCut, 11),
    ...at('the engine killed', engineKilled, 11),
    ...at('the console killed', consoleKilled, 4, true),
    ...at('the power cut', powerCut, 4, true),
  ]
}

describe(`a replacement that is broken off ${ofSeed}`, () => {
  let appliance: LabAppliance
  /** The bundle in service and the other one; what is there with each. */
  const versions: { folder: string; state: string[] }[] = []
  let broken = ''
  const console = new TestConsole()
  const setup = (folder: string, ...words: readonly string[]) =>
    console.setup(appliance, folder, '--soak', String(soakSeconds), ...words)

  beforeAll(async () => {
    if (!canRunLab) return
    const folder = await artifactsFolder()
    appliance = await bareAppliance()
    broken = otherBundle(folder, '"--metrics", "--no-such-flag"')
    const folders = [folder, otherBundle(folder, '"--metrics", "--threads-http", "2"')]
    // Twice: what each leaves for going back to it is there then.
    for (const one of [...folders, ...folders]) {
      const { code, errors } = await setup(one).ended
      expect(code, errors).toBe(0)
      versions.push({ folder: one, state: await installedState(appliance) })
    }
    versions.splice(0, 2)
    versions.reverse()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeOtherBundles()
  })

  it.each(sampleOf(struckReplacements(), 1))('$name', async ({ strike, second, isBroken, words, name }: Case) => {
    const [old, next] = versions as [(typeof versions)[0], (typeof versions)[0]]
    if (JSON.stringify(await installedState(appliance)) !== JSON.stringify(old.state)) {
      await setup(old.folder).ended
      expect(await installedState(appliance)).toEqual(old.state)
    }
    await inside(appliance, 'sh', '-c', 'rm -f /var/lib/rackside/journal/*')
    const replacing = setup(isBroken ? broken : next.folder, ...words)
    await begun(replacing)
    await pause(second * 1000 + chanceOf(name).below(1000))
    await strike.make?.(appliance, replacing)
    const struckAt = performance.now()
    if (strike === powerCut) await strike.heal?.(appliance)
    await expect.poll(inService, { timeout: inServiceWithinMs, interval: 500 }).toBe(true)
    expect(performance.now() - struckAt).toBeLessThan(inServiceWithinMs)
    if (strike !== powerCut) await strike.heal?.(appliance)
    count(strike.what)
    await replacing.ended
    await expect.poll(isAtRest, { timeout: inServiceWithinMs, interval: 500 }).toBe(true)
    const wanted = isBroken ? old : next
    const { code, json, errors } = await setup(wanted.folder).ended
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    expect(await installedState(appliance)).toEqual(wanted.state)
    expect((await journalFaults(appliance)).filter((fault) => !isBroken || !fault.includes('again by'))).toEqual([])
    if (!isBroken) versions.reverse()
  })

  /** The unit that replaces is at work. */
  function begun(run: CliRun): Promise<void> {
    const unit = 'systemctl is-active --quiet rackside-container.clinic-model.service'
    const waiting = `n=0; until ${unit}; do n=$((n + 1)); [ $n -lt 600 ] || exit 1; sleep 0.05; done`
    return during(run, inside(appliance, 'sh', '-c', waiting))
  }

  /** By whatever container: it takes requests, and streams a token. */
  async function inService(): Promise<boolean> {
    const ask = `curl --silent --fail --max-time 2 --data '{"messages":[{"role":"user","content":"?"}],"max_tokens":1}'`
    const answer = await inside(appliance, 'sh', '-c', `${ask} http://127.0.0.1:8400/v1/chat/completions`)
    return answer.includes('"choices"') && !(await replacingNow())
  }

  async function replacingNow(): Promise<boolean> {
    return (await inside(appliance, 'systemctl', 'is-active', 'rackside-container.clinic-model.service')) === 'active\n'
  }

  async function isAtRest(): Promise<boolean> {
    return !(await replacingNow()) && (await inService())
  }
})
