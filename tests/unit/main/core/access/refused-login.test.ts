// A page that stays open beside a login that no longer works: it goes on asking, and the appliance hears nothing
// of it (P9). What a person does is tried at once.
import { describe, expect, it, onTestFinished } from 'vitest'
import { stopWatches } from '../../../../../main/core/watches.ts'
import type { Target } from '../../../../../shared/contract/contract.ts'
import { type Failure, fail } from '../../../../../shared/domain/failure.ts'
import { pretendClock } from '../../../../support/pretend-clock.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { wholeBundle } from '../../../../support/whole-bundle.ts'

const refused: Failure = { kind: 'login-refused', host: 'ward', port: 22, user: 'ops', methodsOffered: ['password'] }
const address = { host: 'ward', port: 22, user: 'ops' }
const spelled: Target = { by: 'address', address, credentialId: 'password-old' }
const named: Target = { by: 'name', name: 'ward' }

async function wardThatRefuses() {
  const time = pretendClock()
  const { core, dialled, clientAs } = pretendCore(async () => fail(refused), undefined, time)
  onTestFinished(() => stopWatches(core))
  const { product, desk } = clientAs('admin')
  await product.appliances.save({ name: 'ward', target: spelled })
  return { time, core, dialled, product, desk, clientAs }
}

describe('a login that the appliance refuses', () => {
  it('is tried once in an hour by a page that polls, detects and watches (P9)', async () => {
    const { time, dialled, product } = await wardThatRefuses()
    for (let minute = 0; minute < 60; minute += 1) {
      // The page is opened anew every minute: nobody reloads more.
      const leave = new AbortController()
      const watched = await product.observe.watch({ target: named }, { signal: leave.signal })
      const first = await watched.next()
      expect(first.value).toMatchObject({ link: 'lost', failure: { kind: 'login-refused' } })
      expect(await product.appliances.status({ target: named })).toEqual(fail(refused))
      expect(await product.appliances.detect({ target: named })).toEqual(fail(refused))
      expect(await product.setup.lastRun({ target: named })).toEqual(fail(refused))
      leave.abort()
      await time.advance(60_000)
    }
    expect(dialled).toHaveLength(1)
  })

  it('is tried at once when a person looks, saves, proves or sets up', async () => {
    const { dialled, product, desk } = await wardThatRefuses()
    const bundle = await desk.openBundle({ folder: wholeBundle() })
    if (!bundle.ok) throw new Error('no bundle')
    const { bundleId } = bundle.value
    const dials = async (act: () => Promise<unknown>) => {
      await product.appliances.status({ target: named })
      const before = dialled.length
      await act().catch(() => undefined)
      return dialled.length - before
    }
    expect(await dials(() => product.appliances.detect({ target: named }))).toBe(0)
    expect(await dials(() => product.appliances.detect({ target: spelled }))).toBe(1)
    expect(await dials(() => product.appliances.status({ target: spelled }))).toBe(1)
    expect(await dials(() => product.appliances.retry({ target: named }))).toBe(0)
    expect(await dials(() => product.appliances.status({ target: named }))).toBe(0)
    await product.appliances.retry({ target: named })
    expect(dialled.length).toBe(4)
    expect(await dials(() => product.setup.propose({ target: named, bundleId }))).toBe(1)
    expect(await dials(() => product.setup.plan({ target: named, bundleId, solution: 'ward' }))).toBe(1)
    expect(await dials(async () => (await product.setup.prove({ target: named })).next())).toBe(1)
    const saveAndLook = async () => {
      await product.appliances.save({ name: 'ward', target: spelled })
      await product.appliances.status({ target: named })
    }
    expect(await dials(saveAndLook)).toBe(1)
  })
})
