// Mail against a receiver on this computer: by TLS, by STARTTLS or not at all, and nothing in it but one mail.
import { afterEach, describe, expect, it } from 'vitest'
import { deliver } from '../../../../main/alerts/deliver.ts'
import { alertChannel, type WayOf } from '../../../../shared/domain/alert-channel.ts'
import { hostile, outgoing, sendTools } from '../../../support/alert-messages.ts'
import { type MailReceiver, receiveMail } from '../../../support/mail-receiver.ts'
import { needs } from '../../../support/needs.ts'
import { testCertificate } from '../../../support/test-certificate.ts'

const certificate = testCertificate()
const open: MailReceiver[] = []
const receiver = async (...given: Parameters<typeof receiveMail>) => {
  const made = await receiveMail(...given)
  open.push(made)
  return made
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const wayTo = (port: number, more: Partial<WayOf<'smtp'>> = {}): WayOf<'smtp'> => ({
  ...{ kind: 'smtp', host: '127.0.0.1', port, security: 'none' },
  ...{ from: 'rackside@hospital.example', to: ['it@hospital.example', 'night@hospital.example'] },
  ...more,
})
const withLogin = { user: 'ward', credentialId: 'p', ca: certificate?.cert } as const

describe('a mail', () => {
  it('arrives at everybody once, in any language', async () => {
    const { port, mails } = await receiver()
    expect(await deliver(wayTo(port), outgoing, sendTools())).toEqual({ ok: true })
    expect(mails).toHaveLength(1)
    const [mail] = mails
    expect(mail?.to).toEqual(['RCPT TO:<it@hospital.example>', 'RCPT TO:<night@hospital.example>'])
    expect(mail?.data).toContain('Message-ID: <alert-1-fired-1@hospital.example>')
    const body = Buffer.from(mail?.data.split('\n\n')[1] ?? '', 'base64').toString('utf8')
    expect(body).toContain('当前值：92 °C')
  })

  it.for(['starttls', 'tls'] as const)('with a login goes by %s', async (security, context) => {
    needs(context, certificate !== undefined, 'openssl is not installed')
    const made = await receiver({ certificate, byTls: security === 'tls' })
    const sent = await deliver(
      wayTo(made.port, { security, ...withLogin }),
      outgoing,
      sendTools({ password: 'hunter2' }),
    )
    expect([sent, made.mails.map(({ isTls }) => isTls)]).toEqual([{ ok: true }, [true]])
    const login = Buffer.from('\u0000ward\u0000hunter2').toString('base64')
    expect(made.lines).toContain(`AUTH PLAIN ${login}`)
  })

  it('does not go where STARTTLS is asked for and not offered: no login is said', async () => {
    const made = await receiver()
    const way = wayTo(made.port, { security: 'starttls', ...withLogin })
    const sent = await deliver(way, outgoing, sendTools({ password: 'hunter2' }))
    expect([sent.ok, made.mails, made.lines.filter((line) => line.startsWith('AUTH'))]).toEqual([false, [], []])
  })

  it('does not go to a server whose certificate nobody knows', async (context) => {
    needs(context, certificate !== undefined, 'openssl is not installed')
    const made = await receiver({ certificate })
    const way = wayTo(made.port, { security: 'starttls', user: 'ward', credentialId: 'p' })
    const sent = await deliver(way, outgoing, sendTools({ password: 'hunter2' }))
    expect(sent).toMatchObject({ ok: false, problem: 'not-trusted' })
    expect([made.mails, made.lines.filter((line) => line.startsWith('AUTH'))]).toEqual([[], []])
  })

  it('is one mail to these people, whatever an appliance calls itself', async () => {
    const { port, mails, lines } = await receiver()
    expect(await deliver(wayTo(port), hostile, sendTools())).toEqual({ ok: true })
    expect([mails.length, lines.filter((line) => line.startsWith('RCPT')).length]).toEqual([1, 2])
    expect(mails[0]?.data.split('\n\n')[0]).not.toMatch(/^Bcc/im)
  })

  it('that is refused is told by its number, not by what the server says', async () => {
    const { port } = await receiver({ refuses: 'RCPT' })
    expect(await deliver(wayTo(port), outgoing, sendTools())).toEqual({
      ...{ ok: false, problem: 'refused', detail: 'SMTP 550' },
    })
  })

  it('is not tried for longer than it may take', async () => {
    const { createServer } = await import('node:net')
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    expect(await deliver(wayTo(port), outgoing, sendTools({}, { deadlineMs: 200 }))).toMatchObject({
      problem: 'too-slow',
    })
    silent.close()
  })
})

describe('the settings of a mail', () => {
  const channel = (way: object) =>
    alertChannel.safeParse({ id: 'mail', atLeast: 'info', list: 'first', language: 'en', way }).success
  it('have no login in clear, and no address that is more than one', () => {
    expect(channel(wayTo(25))).toBe(true)
    expect(channel(wayTo(25, { user: 'ward', credentialId: 'p' }))).toBe(false)
    for (const bad of ['a@b\r\nBcc: c@d', 'a@b,c@d', 'a <a@b>', '"a\n"@b', '@b', 'a@']) {
      expect([bad, channel({ ...wayTo(25), to: [bad] }), channel({ ...wayTo(25), from: bad })]).toEqual([
        bad,
        false,
        false,
      ])
    }
    for (const bad of ['127.0.0.1\r\n', 'a b', 'user@host', '-x', '']) {
      expect([bad, channel({ ...wayTo(25), host: bad })]).toEqual([bad, false])
    }
  })
})
