// Webhook and robots, each against a receiver on this computer: what arrives, how it is signed, and what goes wrong.
import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { deliver } from '../../../../main/alerts/deliver.ts'
import type { ChannelWay } from '../../../../shared/domain/alert-channel.ts'
import { hostile, outgoing, sendTools } from '../../../support/alert-messages.ts'
import { needs } from '../../../support/needs.ts'
import { testCertificate } from '../../../support/test-certificate.ts'
import { receiveWeb, type WebReceiver } from '../../../support/web-receiver.ts'

const certificate = testCertificate()
const open: WebReceiver[] = []
const receiver = async (...given: Parameters<typeof receiveWeb>) => {
  const made = await receiveWeb(...given)
  open.push(made)
  return made
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const robotWays = {
  wecom: { kind: 'wecom', keyId: 'k' },
  dingtalk: { kind: 'dingtalk', keyId: 'k', signId: 's' },
  feishu: { kind: 'feishu', keyId: 'k', signId: 's' },
} as const satisfies Record<string, ChannelWay>
const answers = {
  wecom: '{"errcode":0,"errmsg":"ok"}',
  dingtalk: '{"errcode":0}',
  feishu: '{"code":0,"msg":"success"}',
}
const robots = ['wecom', 'dingtalk', 'feishu'] as const

describe('a webhook', () => {
  it('gets one JSON with a signature over exactly its bytes, at the address with its token', async () => {
    const { origin, received } = await receiver(() => ({ status: 204 }))
    const way: ChannelWay = { kind: 'webhook', url: `${origin}/hooks/{token}?x=1` }
    const sent = await deliver(way, outgoing, sendTools({ token: 'to/ken', hmac: 'hunter2' }))
    expect(sent).toEqual({ ok: true })
    const [{ url, headers, body } = { url: '', headers: {}, body: '' }] = received
    expect(url).toBe('/hooks/to%2Fken?x=1')
    const signature = createHmac('sha256', 'hunter2').update(body).digest('hex')
    expect(headers).toMatchObject({ 'x-rackside-signature': `sha256=${signature}`, 'idempotency-key': outgoing.id })
    expect(JSON.parse(body)).toMatchObject({ title: outgoing.title, rule: 'temperature', severity: 'critical' })
    expect(received).toHaveLength(1)
  })

  it('is not sent on to where its receiver points', async () => {
    const other = await receiver(() => ({}))
    const { origin } = await receiver(() => ({ status: 307, headers: { location: other.origin } }))
    const sent = await deliver({ kind: 'webhook', url: origin }, outgoing, sendTools())
    expect(sent).toEqual({ ok: false, problem: 'refused', detail: 'HTTP 307' })
    expect(other.received).toEqual([])
  })

  it('asks no proxy of the environment', async () => {
    const proxy = await receiver(() => ({}))
    const { origin, received } = await receiver(() => ({}))
    const before = process.env['HTTP_PROXY']
    process.env['HTTP_PROXY'] = proxy.origin
    try {
      await deliver({ kind: 'webhook', url: origin }, outgoing, sendTools())
    } finally {
      if (before === undefined) delete process.env['HTTP_PROXY']
      else process.env['HTTP_PROXY'] = before
    }
    expect([proxy.received.length, received.length]).toEqual([0, 1])
  })

  it('that is not there, or says nothing, is told as that', async () => {
    const gone = await receiveWeb(() => ({}))
    await gone.close()
    expect(await deliver({ kind: 'webhook', url: gone.origin }, outgoing, sendTools())).toMatchObject({
      problem: 'unreachable',
      detail: 'ECONNREFUSED',
    })
    const { origin } = await receiver(() => undefined)
    const tools = sendTools({}, { deadlineMs: 200 })
    expect(await deliver({ kind: 'webhook', url: origin }, outgoing, tools)).toMatchObject({ problem: 'too-slow' })
  })

  it('is let go of when the console ends', async () => {
    const { origin } = await receiver(() => undefined)
    const end = new AbortController()
    const sending = deliver({ kind: 'webhook', url: origin }, outgoing, sendTools({}, { closing: end.signal }))
    setTimeout(() => end.abort(), 50)
    expect(await sending).toMatchObject({ ok: false })
  })

  it('has what an appliance calls itself as text in its JSON, and nothing of it in its head', async () => {
    const { origin, received } = await receiver(() => ({}))
    expect(await deliver({ kind: 'webhook', url: origin }, hostile, sendTools())).toEqual({ ok: true })
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ appliance: hostile.data['appliance'] })
    expect(JSON.stringify(received[0]?.headers)).not.toContain('Bcc')
  })

  it('is not sent where the certificate is nobody known', async (context) => {
    needs(context, certificate !== undefined, 'openssl is not installed')
    const { origin, received } = await receiver(() => ({}), certificate)
    const sent = await deliver({ kind: 'webhook', url: origin }, outgoing, sendTools())
    expect([sent, received]).toEqual([expect.objectContaining({ problem: 'not-trusted' }), []])
    expect(await deliver({ kind: 'webhook', url: origin, ca: certificate?.cert }, outgoing, sendTools())).toEqual({
      ok: true,
    })
  })
})

describe.each(robots)('the robot of %s', (kind) => {
  const send = async (message = outgoing, answer: string = answers[kind]) => {
    const made = await receiver(() => ({ body: answer }), certificate)
    const way: ChannelWay = { ...robotWays[kind], origin: made.origin, ca: certificate?.cert }
    const sent = await deliver(way, message, sendTools({ key: 'robot-key', sign: 'SECabc' }))
    return { sent, received: made.received[0] ?? { url: '', headers: {}, body: '{}' } }
  }

  it('gets the text', async (context) => {
    needs(context, certificate !== undefined, 'openssl is not installed')
    const { sent, received } = await send()
    expect(sent).toEqual({ ok: true })
    expect(received.url).toContain('robot-key')
    expect(received.body).toContain('accelerator is too hot')
    expect(received.body).toContain('当前值：92 °C')
  })

  it('calls nobody by the name of an appliance', async (context) => {
    needs(context, certificate !== undefined, 'openssl is not installed')
    const { sent, received } = await send(hostile)
    expect([sent.ok, /[<@]/.test(received.body)]).toEqual([true, false])
  })

  it('that says no in its answer has not taken it, and its key is not repeated', async (context) => {
    needs(context, certificate !== undefined, 'openssl is not installed')
    const said = JSON.stringify({ errcode: 93000, code: 93000, errmsg: 'bad key robot-key', msg: 'bad key robot-key' })
    const { sent } = await send(outgoing, said)
    expect(sent).toEqual({ ok: false, problem: 'refused', detail: '93000 bad key ***' })
    expect((await send(outgoing, 'hello')).sent).toMatchObject({ ok: false, problem: 'refused' })
  })
})

describe('a signature', () => {
  it('of DingTalk is over the time and the secret, with the secret (its documentation)', async (context) => {
    needs(context, certificate !== undefined, 'openssl is not installed')
    const made = await receiver(() => ({ body: answers.dingtalk }), certificate)
    const way: ChannelWay = { ...robotWays.dingtalk, origin: made.origin, ca: certificate?.cert }
    await deliver(way, outgoing, sendTools({ key: 'k', sign: 'SECabc' }))
    const asked = new URL(made.received[0]?.url ?? '', made.origin).searchParams
    const time = asked.get('timestamp') ?? ''
    expect(time).toBe(String(outgoing.atMs))
    expect(asked.get('sign')).toBe(createHmac('sha256', 'SECabc').update(`${time}\nSECabc`).digest('base64'))
  })

  it('of Feishu is over nothing, with the time and the secret (its documentation)', async (context) => {
    needs(context, certificate !== undefined, 'openssl is not installed')
    const made = await receiver(() => ({ body: answers.feishu }), certificate)
    const way: ChannelWay = { ...robotWays.feishu, origin: made.origin, ca: certificate?.cert }
    await deliver(way, outgoing, sendTools({ key: 'k', sign: 'SECabc' }))
    const { timestamp, sign } = JSON.parse(made.received[0]?.body ?? '{}') as Record<string, string>
    expect(timestamp).toBe(String(outgoing.atMs / 1000))
    expect(sign).toBe(createHmac('sha256', `${timestamp}\nSECabc`).update('').digest('base64'))
  })
})
