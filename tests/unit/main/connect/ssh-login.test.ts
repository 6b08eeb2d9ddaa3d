// P9: one attempt and no second one after a refusal; a question we have no answer to gets none. The server asks in
// several rounds, wants two things one after the other, or something else the next time.
import type { AuthContext, KeyboardAuthContext } from 'ssh2'
import ssh2 from 'ssh2'
import { describe, expect, it } from 'vitest'
import type { Login } from '../../../../main/connect/ssh-login.ts'
import { command, Secret } from '../../../../shared/domain/command.ts'
import { connectTo, generateKeyPair, startFakeSsh } from '../../../support/fake-ssh-server.ts'

type Asked = { readonly prompt: string; readonly echo: boolean; readonly right: string }

const password: Asked = { prompt: 'Password: ', echo: false, right: 'pw' }
const code: Asked = { prompt: 'Verification code: ', echo: false, right: '123456' }
const ward: Asked = { prompt: 'Ward: ', echo: true, right: 'icu' }

const key = { kind: 'key' as const, privateKey: new Secret(generateKeyPair().private) }
const secrets = (...texts: string[]) => texts.map((text) => new Secret(text))
const answersOnly = (...texts: string[]): Login => ({ kind: 'answers', answers: { texts: secrets(...texts) } })
const withAnswers = (login: Login, ...texts: string[]): Login => ({ ...login, answers: { texts: secrets(...texts) } })
const passwordLogin: Login = { kind: 'password', password: new Secret('pw') }

/** Asks these rounds; notes every answer that comes. */
function asking(rounds: readonly (readonly Asked[])[], before: ('publickey' | 'password')[] = []) {
  const said: string[] = []
  const missing = new Set<string>(before)
  const ask = (attempt: KeyboardAuthContext, at: number): void => {
    const round = rounds[at]
    if (round === undefined) {
      attempt.accept()
      return
    }
    attempt.prompt(
      round.map(({ prompt, echo }) => ({ prompt, echo })),
      (answers) => {
        said.push(...answers)
        if (round.every(({ right }, which) => answers[which] === right)) ask(attempt, at + 1)
        else attempt.reject(['keyboard-interactive'])
      },
    )
  }
  const left = () => (missing.size > 0 ? [...missing] : ['keyboard-interactive']) as 'publickey'[]
  /** A key is asked about first and proven then. */
  const onlyAskedAbout = (attempt: AuthContext) => attempt.method === 'publickey' && attempt.signature === undefined
  const onePart = (attempt: AuthContext): void => {
    const wrong = attempt.method === 'password' && attempt.password !== 'pw'
    if (!wrong) missing.delete(attempt.method)
    if (rounds.length === 0 && missing.size === 0) attempt.accept()
    else attempt.reject(left(), !wrong)
  }
  const onAuthentication = (attempt: AuthContext): void => {
    if (missing.has(attempt.method)) {
      if (onlyAskedAbout(attempt)) attempt.accept()
      else onePart(attempt)
    } else if (attempt.method === 'keyboard-interactive' && missing.size === 0 && rounds.length > 0) ask(attempt, 0)
    else attempt.reject(left())
  }
  return { said, onAuthentication }
}

async function login(with_: Login, rounds: readonly (readonly Asked[])[], before?: ('publickey' | 'password')[]) {
  const { said, onAuthentication } = asking(rounds, before)
  const server = await startFakeSsh({ onAuthentication })
  const connected = await connectTo(server, { login: with_ })
  const failure = connected.ok ? undefined : connected.failure
  return { outcome: failure ?? 'in', said, server, tried: server.authentications }
}

const questions = (...asked: Asked[]) => ({
  kind: 'login-questions',
  host: '127.0.0.1',
  port: expect.any(Number),
  user: 'ops',
  questions: asked.map(({ prompt, echo }) => ({ text: prompt.trim(), hidden: !echo })),
})

describe('a server that asks', () => {
  it('several things at once gets no answer, and the questions are known (P9)', async () => {
    const { outcome, said, tried, server } = await login(passwordLogin, [[ward, code]])
    expect(outcome).toEqual(questions(ward, code))
    expect([said, tried]).toEqual([[], ['none', 'keyboard-interactive']])
    await expect.poll(server.openLinks).toBe(0)
  })

  it('lets in who answers them in their order', async () => {
    const { outcome, said } = await login(answersOnly('icu', '123456'), [[ward, code]])
    expect([outcome, said]).toEqual(['in', ['icu', '123456']])
  })

  it('a password and then a code gets the password, and the code once there is one', async () => {
    const rounds = [[password], [code]]
    const asked = await login(passwordLogin, rounds)
    expect([asked.outcome, asked.said]).toEqual([questions(code), ['pw']])
    const answered = await login(withAnswers(passwordLogin, '123456'), rounds)
    expect([answered.outcome, answered.said]).toEqual(['in', ['pw', '123456']])
  })

  it('in more rounds than there are answers says what is still asked', async () => {
    const { outcome, said } = await login(answersOnly('pw'), [[password], [code, ward]])
    expect([outcome, said]).toEqual([questions(code, ward), ['pw']])
  })

  it('something else than before gets no answer', async () => {
    const given: Login = { kind: 'answers', answers: { texts: secrets('123456'), questions: ['Ward:'] } }
    const { outcome, said } = await login(given, [[code]])
    expect([outcome, said]).toEqual([questions(code), []])
  })

  it('and takes a wrong answer for a refusal is not asked again (P9)', async () => {
    const { outcome, tried } = await login(answersOnly('wrong'), [[code]])
    expect(outcome).toMatchObject({ kind: 'login-refused', methodsOffered: ['keyboard-interactive'] })
    expect(tried).toEqual(['none', 'keyboard-interactive'])
  })

  it('with texts that no terminal should see is shown them clean and short', async () => {
    const nasty = { prompt: `\u001b[2J\u202eCode${'x'.repeat(500)}`, echo: false, right: '1' }
    const { outcome } = await login(passwordLogin, [[nasty, code]])
    const text = typeof outcome !== 'string' && outcome.kind === 'login-questions' ? outcome.questions[0]?.text : ''
    expect(text).toMatch(/^\[2JCodex+ \[cut\]$/)
    expect(text?.length).toBeLessThan(220)
  })
})

describe('a server that wants two things', () => {
  it('key and code lets in who has both, and says what is missing of who has only the key', async () => {
    const asked = await login(key, [[code]], ['publickey'])
    expect([asked.outcome, asked.said]).toEqual([questions(code), []])
    const answered = await login(withAnswers(key, '123456'), [[code]], ['publickey'])
    expect([answered.outcome, answered.said]).toEqual(['in', ['123456']])
  })

  it('password and code never gets the password as a code', async () => {
    const { outcome, said } = await login(passwordLogin, [[code]], ['password'])
    expect([outcome, said]).toEqual([questions(code), []])
  })

  it('key and password takes the password from the answers, and asks for it without', async () => {
    const asked = await login(key, [], ['publickey', 'password'])
    expect(asked.outcome).toEqual(questions({ prompt: 'Password:', echo: false, right: '' }))
    expect((await login(withAnswers(key, 'pw'), [], ['publickey', 'password'])).outcome).toBe('in')
  })

  it('key and password never gets the answer to something else as the password', async () => {
    const answers = { texts: secrets('123456'), questions: ['Verification code:'] }
    const missing = questions({ prompt: 'Password:', echo: false, right: '' })
    const { outcome, tried } = await login({ ...key, answers }, [], ['publickey', 'password'])
    expect([outcome, tried.includes('password')]).toEqual([missing, false])
    const alone = await login({ kind: 'answers', answers }, [], ['password'])
    expect([alone.outcome, alone.tried]).toEqual([missing, ['none']])
    const right = { texts: secrets('pw'), questions: ['Password:'] }
    expect((await login({ ...key, answers: right }, [], ['publickey', 'password'])).outcome).toBe('in')
  })

  it('and refuses the first never hears the second (P9)', async () => {
    const { outcome, tried } = await login(withAnswers(passwordLogin, '1'), [[code]], ['publickey'])
    expect(outcome).toMatchObject({ kind: 'login-refused', methodsOffered: ['publickey'] })
    expect(tried).toEqual(['none'])
  })
})

describe('a connection whose login took answers', () => {
  it('sends its uploads over the same link: nobody can answer a second time', async () => {
    const { onAuthentication } = asking([[code]])
    const server = await startFakeSsh({ onAuthentication })
    const connected = await connectTo(server, { login: answersOnly('123456') })
    if (!connected.ok) throw new Error(JSON.stringify(connected.failure))
    const put = await connected.value.run(command('true'), { as: 'login', deadlineSeconds: 5 })
    expect([put.ok, server.dials()]).toEqual([true, 1])
  })
})

describe('what is asked of a server (P10)', () => {
  it('is seen by the fake one when it is forwarding, so that no test of this house could hide it', async () => {
    const server = await startFakeSsh({ forwardsExpected: true })
    const client = new ssh2.Client()
    const { host, port, user } = server.address
    client.on('error', () => undefined)
    await new Promise<void>((resolve) => {
      client.once('ready', () => resolve())
      client.connect({ host, port, username: user, password: 'fake-password' })
    })
    await new Promise((resolve) => client.forwardIn('127.0.0.1', 0, resolve))
    await new Promise((resolve) => client.exec('true', { x11: true }, resolve))
    client.end()
    expect(server.forwardsAsked).toEqual(['tcpip-forward', 'x11'])
  })
})
