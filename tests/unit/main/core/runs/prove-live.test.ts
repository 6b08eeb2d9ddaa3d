// Proving an appliance while somebody watches: what they see is what the verdict says, and leaving ends it.

import { describe, expect, it } from 'vitest'
import { ownContext } from '../../../../../main/core/context.ts'
import { received } from '../../../../../main/core/refusal.ts'
import { proveLive } from '../../../../../main/core/runs/prove-live.ts'
import type { Connection, HttpRequest } from '../../../../../shared/domain/connection.ts'
import { type Failure, fail, ok } from '../../../../../shared/domain/failure.ts'
import type { ProofEvent } from '../../../../../shared/domain/proof-event.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'

const address = { host: '10.78.0.11', port: 22, user: 'ops' }
const target = { by: 'address', address, credentialId: 'key-1' } as const
const lost: Failure = { kind: 'link-lost', host: address.host, port: 22, during: 'facts' }

async function refusal(events: AsyncIterable<ProofEvent>): Promise<Failure | undefined> {
  const read = async () => {
    for await (const _ of events);
  }
  const got = await received('setup.prove', read())
  return got.ok ? undefined : got.failure
}

describe('watching a proof', () => {
  it('of an appliance that cannot be reached says why', async () => {
    expect(await refusal(proveLive(ownContext(pretendCore().core, 'ward'), target))).toMatchObject({
      kind: 'host-unreachable',
    })
    const connection = { run: async () => fail(lost), close: async () => undefined } as unknown as Connection
    expect(await refusal(proveLive(ownContext(pretendCore(async () => ok(connection)).core, 'ward'), target))).toEqual(
      lost,
    )
  })

  it('of an appliance nobody saved says so before anything is dialled', async () => {
    const { core, dialled } = pretendCore()
    expect(await refusal(proveLive(ownContext(core, 'ward'), { by: 'name', name: 'nowhere' }))).toMatchObject({
      kind: 'appliance-unknown',
    })
    expect(dialled).toEqual([])
  })

  it('ends at once for a reader that leaves, even while the appliance says nothing', async () => {
    const asked: HttpRequest[] = []
    const connection = {
      run: () => new Promise(() => undefined),
      http: async (request: HttpRequest) => {
        asked.push(request)
        return fail(lost)
      },
      close: async () => undefined,
    } as unknown as Connection
    const { core } = pretendCore(async () => ok(connection))
    const left = new AbortController()
    const events = proveLive(ownContext(core, 'ward'), target, left.signal)
    const next = events.next()
    left.abort()
    expect(await next).toEqual({ done: true, value: undefined })
    expect(asked).toEqual([])
  })
})
