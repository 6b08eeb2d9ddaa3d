// A kept console whose client cannot be prepared: that is an answer, not a loop and not the end of the process.
import { describe, expect, it, onTestFinished } from 'vitest'
import { type KeptConsole, keepConsole } from '../../../main/console-host/keep-console.ts'
import { type Console, openConsole } from '../../../main/console-host/open-console.ts'
import { received } from '../../../main/core/refusal.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const gone: Failure = { kind: 'bundle-unusable', folder: '/gone', problem: 'there is no such folder' }
const quietly = () => undefined

async function ownerIn(environment: NodeJS.ProcessEnv): Promise<Console> {
  const owner = await openConsole(environment)
  if (!owner.ok) throw new Error(owner.failure.kind)
  return owner.value
}

/** A guest whose every preparation but the first is as the test says, and the owner it is the guest of. */
async function guestWith(prepare: () => Promise<Result<unknown>>) {
  const environment = { RACKSIDE_HOME: temporaryFolder() }
  const owner = await ownerIn(environment)
  let prepared = 0
  const heard: (() => void)[] = []
  const kept = await keepConsole(environment, async () => {
    prepared += 1
    if (prepared === 1) return ok(undefined)
    for (const one of heard.splice(0)) one()
    return prepare()
  })
  if (!kept.ok) throw new Error(kept.failure.kind)
  const preparedAgain = new Promise<void>((resolve) => heard.push(resolve))
  return { owner, kept: kept.value, preparedAgain, prepared: () => prepared }
}

const clientOf = (kept: KeptConsole) => received('client', kept.client())

describe('a console that cannot be prepared', () => {
  it('is not opened again and again by a guest', async () => {
    const environment = { RACKSIDE_HOME: temporaryFolder() }
    const owner = await ownerIn(environment)
    let prepared = 0
    const kept = await keepConsole(environment, async () => {
      prepared += 1
      return fail(gone)
    })
    expect(kept).toEqual(fail(gone))
    // The link of the guest has ended by then: the owner has heard of it.
    await owner.close(quietly)
    expect(prepared).toBe(1)
  })

  it.each([
    ['fails', async () => fail(gone), gone],
    ['throws', () => Promise.reject(new Error('a bug')), { kind: 'internal', detail: 'Error: a bug' }],
  ] satisfies [string, () => Promise<Result<unknown>>, Failure][])(
    'because that %s after the owner has gone says so, and is tried again for the next who asks',
    async (_how, broken, failure) => {
      let prepare: () => Promise<Result<unknown>> = broken
      const { owner, kept, preparedAgain, prepared } = await guestWith(() => prepare())
      onTestFinished(() => kept.close(quietly))
      await owner.close(quietly, { now: true })
      await preparedAgain
      expect(await clientOf(kept)).toEqual(fail(failure))
      const before = prepared()
      expect(await clientOf(kept)).toEqual(fail(failure))
      expect(prepared()).toBe(before + 1)
      prepare = async () => ok(undefined)
      expect(await clientOf(kept)).toMatchObject({ ok: true })
      expect(kept.owner()).toBe(true)
    },
  )
})
