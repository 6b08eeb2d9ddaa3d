// What a page is served, over real links: the console's calls and those of its window, with refusals and
// streams as they are; and what does not speak the language of the link is shown the door.
import { once } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { received, refuse } from '../../../main/core/refusal.ts'
import { type Failure, fail, ok } from '../../../shared/domain/failure.ts'
import { usualPolicy } from '../../../shared/domain/operator.ts'
import {
  type LinkKind,
  linkTo,
  openChannel,
  openSocket,
  type PageClient,
  pageOf,
  played,
} from '../../support/page-links.ts'
import { pretendCore } from '../../support/pretend-core.ts'

const kinds: LinkKind[] = ['a WebSocket', 'a message channel']
const address = { host: '10.78.0.11', port: 22, user: 'ops' }
const target = { by: 'address', address, credentialId: 'key-none' } as const
const planId = 'plan-00000000000000aa'

async function readAll(stream: Promise<AsyncIterable<unknown>>): Promise<unknown[]> {
  const items: unknown[] = []
  for await (const item of await stream) items.push(item)
  return items
}

/** The same calls as any caller makes them, and what came back. */
async function answersOf(product: PageClient['product']): Promise<unknown> {
  const untyped = product as unknown as Record<string, Record<string, (input: object) => Promise<unknown>>>
  return {
    save: await received('save', product.appliances.save({ name: '门诊一号', target })),
    list: await received('list', product.appliances.list({})),
    unknown: await received('detect', product.appliances.detect({ target: { by: 'name', name: 'nobody' } })),
    extra: await received('list', untyped['appliances']?.['list']?.({ command: 'reboot' }) ?? Promise.resolve()),
    apply: await received('apply', readAll(product.setup.apply({ planId, target }))),
    follow: await received('follow', readAll(product.setup.follow({ planId }))),
    runs: await received('runs', product.setup.runs({})),
    bundle: await received('propose', product.setup.propose({ target, bundleId: 'bundle-none' })),
    forget: await received('forget', product.appliances.forget({ name: '门诊一号' })),
  }
}

describe.each(kinds)('over %s', (kind) => {
  it('everything answers as it does in the process itself', async () => {
    const inProcess = await answersOf(pretendCore().clientAs('admin').product as PageClient['product'])
    const { client } = await linkTo(pageOf(pretendCore().clientAs('admin')), kind)
    const overLink = await answersOf(client.product)
    expect(overLink).toEqual(inProcess)
    expect(overLink).toMatchObject({
      save: { value: { ok: true } },
      extra: { ok: false, failure: { kind: 'input-invalid' } },
      apply: { ok: false, failure: { kind: 'plan-unknown' } },
      bundle: { value: { ok: false, failure: { kind: 'bundle-unknown' } } },
    })
  })

  it('a refusal in the middle of a stream arrives as it was, after the items before it', async () => {
    const lost: Failure = { kind: 'link-lost', host: 'a', port: 22, during: 'facts' }
    const server = pageOf(
      played({
        setup: {
          follow: async function* () {
            yield { event: 'waiting-for-lock', holder: 'li' }
            throw refuse(lost)
          },
        },
      }),
    )
    const { client } = await linkTo(server, kind)
    const seen: unknown[] = []
    const read = async () => {
      for await (const event of await client.product.setup.follow({ planId })) seen.push(event)
    }
    expect(await received('follow', read())).toEqual(fail(lost))
    expect(seen).toEqual([{ event: 'waiting-for-lock', holder: 'li' }])
  })

  it('a bug arrives as one, without a word about what is inside', async () => {
    const boom = async () => {
      throw new TypeError('the password is hunter2')
    }
    const { client } = await linkTo(pageOf(played({ appliances: { list: boom } })), kind)
    const answer = client.product.appliances.list({})
    await expect(answer).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    await expect(answer).rejects.not.toThrow(/hunter2/)
  })

  it('the window answers for its shell, and there is no desk', async () => {
    const server = pageOf(played({}), { chooseBundle: async () => ok({ bundleId: 'bundle-7' }) })
    const { client } = await linkTo(server, kind)
    expect(await client.window.chooseBundle({})).toEqual(ok({ bundleId: 'bundle-7' }))
    const other = client as unknown as { desk: { openBundle(input: object): Promise<unknown> } }
    await expect(other.desk.openBundle({ folder: '/' })).rejects.toThrow()
  })

  it('the window does nothing by itself for whoever has to sign in', async () => {
    const state = async () => ok({ named: true, signedIn: null, why: 'idle', policy: usualPolicy })
    const opened: string[] = []
    const openWindow = async () => {
      opened.push('a window')
      return ok({ address: null })
    }
    const { client } = await linkTo(pageOf(played({ operators: { state } }), { openWindow }), kind)
    expect(await received('window.openWindow', client.window.openWindow({}))).toEqual({
      ...{ ok: false, failure: { kind: 'sign-in-needed', why: 'idle' } },
    })
    expect(opened).toEqual([])
  })

  it.each([
    ['offerPassword', { password: 'hunter2'.repeat(200) }],
    ['offerPassword', { password: 'hunter2', more: 1 }],
    ['offerKey', { privateKey: 'hunter2'.repeat(3000) }],
  ] as const)('a secret that is refused (%s) is not said again', async (name, input) => {
    const { client } = await linkTo(pageOf(played({})), kind)
    const refused = await received(`window.${name}`, client.window[name](input as never))
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'input-invalid' } })
    expect(JSON.stringify(refused)).not.toContain('hunter2')
  })
})

const nonsense = [
  ['no JSON', '{"i":"1"'],
  ['no envelope', '7'],
  ['a call without an address', '{"i":"1"}'],
  ['another address', '{"i":"1","p":{"u":"http://elsewhere/x"}}'],
  ['headers of its own', '{"i":"1","p":{"u":"/product/appliances/list","h":{"content-type":"multipart/form-data"}}}'],
  ['a stream towards us', '{"i":"1","t":3,"p":{"e":"message","d":1}}'],
  ['a number for an id', '{"i":1,"p":{"u":"/x"}}'],
] as const

describe('who sends', () => {
  it.each(nonsense)('%s is cut off, and nothing is said on the console', async (_what, text) => {
    const said = vi.spyOn(console, 'error')
    const server = pageOf(played({}))
    const socket = await openSocket(server)
    socket.send(text)
    expect((await once(socket, 'close'))[0]).toBe(1008)
    const port = openChannel(server)
    port.postMessage(text)
    await once(port, 'close')
    expect(said).not.toHaveBeenCalled()
  })

  it('bytes, an object or a message too large is cut off', async () => {
    const server = pageOf(played({}))
    const binary = await openSocket(server)
    binary.send(Buffer.from('{}'))
    expect((await once(binary, 'close'))[0]).toBe(1008)
    const large = await openSocket(server)
    large.send(`{"i":"1","p":{"u":"/product/appliances/list","b":"${'x'.repeat(300_000)}"}}`)
    expect((await once(large, 'close'))[0]).toBe(1009)
    for (const what of [{ i: '1', p: { u: '/x' } }, `"${'x'.repeat(300_000)}"`]) {
      const port = openChannel(server)
      port.postMessage(what)
      await once(port, 'close')
    }
  })

  it('a call that is not there gets an answer, and the link goes on', async () => {
    const socket = await openSocket(pageOf(played({})))
    socket.send('{"i":"1","p":{"u":"/product/no/such"}}')
    expect(JSON.parse(String((await once(socket, 'message'))[0]))).toMatchObject({ i: '1', p: { s: 404 } })
  })

  it('for a stream without a number gets a refusal instead of a stream without end', async () => {
    const socket = await openSocket(pageOf(played({ setup: { follow: async function* () {} } })))
    socket.send(`{"i":"1","p":{"u":"/product/setup/follow","b":{"json":{"planId":"${planId}"}}}}`)
    const answer = JSON.parse(String((await once(socket, 'message'))[0]))
    expect(answer.p.b.json).toMatchObject({ code: 'REFUSED', data: { kind: 'input-invalid', call: 'flow' } })
  })
})
