// This computer as the appliance where it runs no Linux: a part of its facts where there is a way to them, marked as a
// part; and for everything else one refusal, before anything of ours is started.
import { describe, expect, it, onTestFinished } from 'vitest'
import { localOpening } from '../../../../main/core/access/opening.ts'
import type { CoreTools } from '../../../../main/core/core-tools.ts'
import { clientInProcess } from '../../../../main/core/link/console-client.ts'
import { closeCore, openCore } from '../../../../main/core/open-core.ts'
import { received } from '../../../../main/core/refusal.ts'
import { type Failure, fail } from '../../../../shared/domain/failure.ts'
import { partialPlatform } from '../../../../shared/domain/partial-platform.ts'
import { factsOf, partialCase, partialCases, sourcesOf } from '../../../support/partial-cases.ts'
import { bareFacts, madeFor, planFor } from '../../../support/plan-cases.ts'
import { realTools } from '../../../support/real-tools.ts'
import { settingUp } from '../../../support/set-up-purpose.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { wholeBundle } from '../../../support/whole-bundle.ts'

const target = { by: 'local' } as const
const elsewhere = [...partialPlatform.options, 'freebsd'] as const

function consoleOn(platform: string, name = 'mac-studio') {
  const folder = temporaryFolder()
  let asked = 0
  const systemSources: CoreTools['systemSources'] = async () => {
    asked += 1
    return sourcesOf(partialCase(name).told)
  }
  const core = openCore(folder, { ...realTools(folder), platform, systemSources })
  onTestFinished(() => closeCore(core))
  return { core, ...clientInProcess({ core, caller: { by: 'console', operator: 'li' } }), asked: () => asked }
}

type Client = ReturnType<typeof consoleOn>

/** The failure in a stream's first item, or the one that it was refused with. */
async function endOf(open: (signal: AbortSignal) => Promise<AsyncIterable<unknown>>): Promise<unknown> {
  const stop = new AbortController()
  const read = async () => {
    for await (const item of await open(stop.signal)) {
      const { failure, state } = item as { failure?: Failure; state?: string }
      if (failure === undefined && (state === 'ok' || state === 'skipped')) continue
      stop.abort()
      return failure
    }
    return undefined
  }
  const got = await received('stream', read())
  return got.ok ? got.value : got.failure
}

const failureOf = async (result: Promise<unknown>): Promise<unknown> =>
  (await (result as Promise<{ failure?: Failure }>)).failure

const refused: Record<string, (console: Client) => Promise<unknown>> = {
  doctor: ({ product }) => failureOf(product.appliances.doctor({ target })),
  status: ({ product }) => failureOf(product.appliances.status({ target })),
  record: ({ product }) => failureOf(product.recordings.record({ target })),
  'last run': ({ product }) => failureOf(product.setup.lastRun({ target })),
  watch: ({ product }) => endOf((signal) => product.observe.watch({ target }, { signal })),
  prove: ({ product }) => endOf((signal) => product.setup.prove({ target }, { signal })),
  'test of the way': ({ product }) => endOf((signal) => product.connect.test({ target }, { signal })),
  plan: async ({ product, desk }) => {
    const bundle = await desk.openBundle({ folder: wholeBundle() })
    if (!bundle.ok) throw new Error(JSON.stringify(bundle.failure))
    const { bundleId } = bundle.value
    const proposed = await failureOf(product.setup.propose({ target, bundleId }))
    expect(await failureOf(product.setup.plan({ target, bundleId, solution: 'ward' }))).toEqual(proposed)
    return proposed
  },
  apply: async ({ core, product, desk }) => {
    const bundle = await desk.openBundle({ folder: wholeBundle() })
    if (!bundle.ok) throw new Error(JSON.stringify(bundle.failure))
    const { address } = localOpening(core.tools.user)
    const plan = madeFor(planFor(bareFacts()), settingUp('ward', bundle.value.bundleId), address)
    core.state.savePlan(plan)
    return endOf((signal) => product.setup.apply({ planId: plan.id, target }, { signal }))
  },
}

describe('this computer, where it runs no Linux', () => {
  it.each(partialCases().map((one) => [one.name, one] as const))('%s: a detection gives a part', async (name, one) => {
    const { product, asked } = consoleOn(one.platform, name)
    const detected = await product.appliances.detect({ target })
    const { takenAt: _, ...facts } = factsOf(one)
    expect(detected).toMatchObject({ ok: true, value: { ...facts, partial: { platform: one.platform } } })
    expect(asked()).toBe(1)
  })

  it('gives the same under the name that it was saved by', async () => {
    const { product } = consoleOn('darwin')
    await product.appliances.save({ name: 'my-mac', target })
    const detected = await product.appliances.detect({ target: { by: 'name', name: 'my-mac' } })
    expect(detected).toMatchObject({ ok: true, value: { partial: { platform: 'darwin' } } })
  })

  it.each(elsewhere.flatMap((platform) => Object.keys(refused).map((act) => [platform, act] as const)))(
    'on %s: %s says that it needs Linux, and asks nothing',
    async (platform, act) => {
      const console = consoleOn(platform)
      expect(await refused[act]?.(console)).toEqual({ kind: 'linux-needed', platform })
      expect(console.asked()).toBe(0)
    },
  )

  it('of a system that has no way to a part says so too', async () => {
    const { product, asked } = consoleOn('freebsd')
    expect(await product.appliances.detect({ target })).toEqual(fail({ kind: 'linux-needed', platform: 'freebsd' }))
    expect(asked()).toBe(0)
  })

  it('is read by our own scripts where it runs Linux', async () => {
    const { core, asked } = consoleOn('linux')
    const opened = await core.sessions.open(localOpening(core.tools.user))
    expect(opened).toMatchObject({ ok: true })
    expect(asked()).toBe(0)
  })

  it('has no part in what is reached over SSH', async () => {
    const { product, asked } = consoleOn('darwin')
    const address = { host: '127.0.0.1', port: 1, user: 'ops' }
    const detected = await product.appliances.detect({ target: { by: 'address', address, credentialId: 'key-1' } })
    expect(detected).toMatchObject({ ok: false, failure: { kind: expect.not.stringMatching('linux-needed') } })
    expect(asked()).toBe(0)
  })
})
