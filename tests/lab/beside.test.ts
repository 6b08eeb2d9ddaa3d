// Where memory holds a service and its successor at once, the successor is proven beside it: somebody who asks all the
// time hardly notices, and notices nothing of a successor that is no good.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { installedState } from '../support/installed-state.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { otherBundle, removeOtherBundles } from '../support/other-bundle.ts'

/** Asks the model and the app until the file is gone; a line an answer: the second, whom, and whether it came. */
const asking = `touch /run/asking; rm -f /run/answers
while [ -e /run/asking ]; do
  for one in 8400/health 8410/healthz; do
    answer=ok; curl --silent --fail --max-time 1 -o /dev/null http://127.0.0.1:$one || answer=none
    printf '%s %s %s\\n' "$(date +%s.%N)" "$one" "$answer"
  done
  sleep 0.02
done >/run/answers 2>/dev/null </dev/null &`

describe('a replacement where there is memory for both', () => {
  let appliance: LabAppliance
  let bundle = ''
  const console = new TestConsole()

  beforeAll(async () => {
    if (!canRunLab) return
    bundle = await artifactsFolder()
    appliance = await bareAppliance()
    const { code, errors } = await console.setup(appliance, bundle).ended
    expect(code, errors).toBe(0)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeOtherBundles()
  })

  /** Each place with the longest time in seconds between two of its answers, and how often it gave none. */
  async function whileAsking(act: () => Promise<void>) {
    await inside(appliance, 'sh', '-c', asking)
    await act()
    await inside(appliance, 'sh', '-c', 'rm /run/asking; sleep 1.2')
    const lines = (await inside(appliance, 'cat', '/run/answers')).trim().split('\n')
    const of = (place: string) => {
      const own = lines.map((line) => line.split(' ')).filter(([, where]) => where === place)
      const answered = own.flatMap(([at, , answer]) => (answer === 'ok' ? [Number(at)] : []))
      const gaps = answered.slice(1).map((at, before) => at - (answered[before] ?? at))
      return { asked: own.length, missed: own.length - answered.length, gapSeconds: Math.max(...gaps) }
    }
    return { model: of('8400/health'), app: of('8410/healthz') }
  }

  const containers = () =>
    inside(appliance, 'docker', 'ps', '--all', '--format', '{{.Names}} {{.ID}} {{.Networks}} {{.Ports}}')

  it('has the service away for about a second, and its neighbours not at all', async () => {
    const better = otherBundle(bundle, '"--metrics", "--threads-http", "2"')
    const plan = await console.run('plan', appliance, '--solution', 'clinic-starter', '--from', better)
    expect(plan.json).toMatchObject({ downtimeSeconds: 10 })
    const seen = await whileAsking(async () => {
      const { code, json, errors } = await console.setup(appliance, better, '--soak', '2').ended
      expect(code, errors).toBe(0)
      expect(json).toMatchObject({ verdict: 'healthy' })
    })
    globalThis.console.log(`changed places: ${JSON.stringify(seen)}`)
    expect(seen.model.asked).toBeGreaterThan(50)
    expect(seen.model.gapSeconds).toBeLessThan(4)
    expect(seen.app.missed).toBe(0)
    expect(await inside(appliance, 'docker', 'network', 'ls', '--format', '{{.Name}}')).not.toContain('next')
    expect(await containers()).not.toMatch(/next|previous/)
  })

  it('interrupts nobody for a successor that does not start', async () => {
    const broken = otherBundle(bundle, '"--metrics", "--no-such-flag"')
    const before = await containers()
    const seen = await whileAsking(async () => {
      const { code, json } = await console.setup(appliance, broken, '--soak', '2').ended
      expect(code).not.toBe(0)
      expect(json).toMatchObject({ failure: { kind: 'step-failed', undone: true } })
    })
    globalThis.console.log(`broken successor: ${JSON.stringify(seen)}`)
    expect(seen.model).toMatchObject({ missed: 0 })
    expect(await containers()).toBe(before)
  })

  it('leaves what stopping first leaves', async () => {
    const settled = async () => (await installedState(appliance)).filter((line) => !line.startsWith('versions/'))
    const other = otherBundle(bundle, '"--metrics", "--threads-http", "3"')
    const beside = await console.setup(appliance, other, '--soak', '0').ended
    expect(beside.code, beside.errors).toBe(0)
    const after = await settled()
    await console.setup(appliance, bundle, '--soak', '0').ended
    const seen = await whileAsking(async () => {
      const stopped = await console.setup(appliance, other, '--soak', '0', '--stop-first').ended
      expect(stopped.code, stopped.errors).toBe(0)
    })
    globalThis.console.log(`stopped first: ${JSON.stringify(seen)}`)
    expect(await settled()).toEqual(after)
  })
})
