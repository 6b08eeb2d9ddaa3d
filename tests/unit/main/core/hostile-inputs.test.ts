// Every call of both contracts with inputs that no page of ours would send: each is refused as data or answered, nothing
// crashes, nobody's rejection is left over, and a field that was not declared lets nothing happen (P23).
import { ORPCError } from '@orpc/server'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientInProcess } from '../../../../main/core/link/console-client.ts'
import { calls, named } from '../../../support/every-call.ts'
import { hostileInput } from '../../../support/hostile-inputs.ts'
import { pretendCore } from '../../../support/pretend-core.ts'
import { chanceOf, count, isFullSweep, ofSeed } from '../../../support/sweep.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const seed = chanceOf('hostile inputs').below(2 ** 31)
const runs = isFullSweep ? 1000 : 25
const patienceMilliseconds = 3000

/** Written or read under these names: by the test itself only in a folder of its own. */
const places = ['file', 'folder', 'files']

async function answerOf(client: object, path: string, input: unknown): Promise<'answered' | 'refused' | 'silent'> {
  const found = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], client)
  const asked = async () => {
    const answer = await (found as (input: unknown) => Promise<object>)(input)
    if (!(Symbol.asyncIterator in answer)) return 'answered' as const
    const items = (answer as AsyncIterable<unknown>)[Symbol.asyncIterator]()
    await Promise.race([items.next(), new Promise((resolve) => setTimeout(resolve, 50).unref())])
    await items.return?.()
    return 'answered' as const
  }
  let late: NodeJS.Timeout | undefined
  const silent = new Promise<'silent'>((resolve) => {
    late = setTimeout(() => resolve('silent'), patienceMilliseconds)
  })
  try {
    return await Promise.race([asked(), silent])
  } catch (error) {
    // What is refused is one of oRPC's own errors; whatever else is thrown is a bug.
    if (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR') return 'refused'
    throw error
  } finally {
    clearTimeout(late)
  }
}

describe(`an input that nobody of us would send ${ofSeed}`, { timeout: 120_000 }, () => {
  const leftOver: unknown[] = []
  const note = (reason: unknown) => void leftOver.push(reason)
  beforeAll(() => void process.on('unhandledRejection', note))
  afterAll(() => {
    process.off('unhandledRejection', note)
    expect(leftOver).toEqual([])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it.each(named(calls))('of %s is refused as data or answered, and never half taken', async (path, { input }) => {
    const { core, auditLines } = pretendCore()
    const client = clientInProcess({ core, caller: { by: 'person', operator: 'li' } })
    const folder = temporaryFolder()
    const at = { ...(input as Record<string, unknown>) }
    for (const name of places) if (typeof at[name] === 'string') at[name] = `${folder}/none`
    await fc.assert(
      fc.asyncProperty(hostileInput(at), async ({ input: hostile, added }) => {
        const before = auditLines().length
        const answer = await answerOf(client, path, hostile)
        expect(answer).not.toBe('silent')
        count(`inputs ${answer}`)
        if (added) expect([answer, auditLines().length]).toEqual(['refused', before])
      }),
      { seed, numRuns: runs },
    )
  })
})
