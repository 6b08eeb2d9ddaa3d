// Signing in, with a clock that the test moves: names that are locked, windows that nobody touches, sign-ins that have
// lasted as long as one may, and what ends them early.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ConsoleClient, clientInProcess } from '../../../../../main/core/link/console-client.ts'
import { openCore } from '../../../../../main/core/open-core.ts'
import { received } from '../../../../../main/core/refusal.ts'
import type { Failure, Result } from '../../../../../shared/domain/failure.ts'
import type { SessionKey } from '../../../../../shared/domain/operator.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'

const passphrase = 'correct horse battery'
const minute = 60_000

async function begun() {
  let nowMs = Date.parse('2026-11-20T08:00:00.000Z')
  const now = () => new Date(nowMs).toISOString()
  const pretend = pretendCore(undefined, undefined, { now })
  const as = (sessionKey?: SessionKey, core = pretend.core): ConsoleClient =>
    clientInProcess({ core, caller: { by: 'person', operator: 'li', sessionKey } })
  const pass = (milliseconds: number) => {
    nowMs += milliseconds
  }
  const failureOf = async (answer: Promise<Result<unknown>>): Promise<Failure | undefined> => {
    const got = await received('call', answer)
    if (!got.ok) return got.failure
    return got.value.ok ? undefined : got.value.failure
  }
  const signIn = async (name = 'wang', typed = passphrase, kind: 'window' | 'command' = 'window') => {
    const answer = await as().desk.signIn({ name, passphrase: typed, kind })
    if (!answer.ok) throw new Error(answer.failure.kind)
    return answer.value.sessionKey
  }
  const refused = (name: string, typed: string) =>
    failureOf(as().desk.signIn({ name, passphrase: typed, kind: 'window' }))
  expect(await failureOf(as().desk.beginOperators({ name: 'wang', passphrase }))).toBe(undefined)
  return { ...pretend, as, failureOf, signIn, refused, pass }
}

const list = (client: ConsoleClient) => client.product.appliances.list({})

describe('a console', () => {
  it('asks nobody until operators are named, and everybody from then on', async () => {
    const { core } = pretendCore()
    const person = clientInProcess({ core, caller: { by: 'person', operator: 'li' } })
    expect(await list(person)).toMatchObject({ ok: true })
    expect(await person.product.operators.state({})).toMatchObject({ value: { named: false, signedIn: null } })
    await person.desk.beginOperators({ name: 'wang', passphrase })
    expect(await received('', list(person))).toMatchObject({ failure: { kind: 'sign-in-needed', why: 'never' } })
  })

  it('knows who signed in, also after it was started anew', async () => {
    const { as, signIn, core, folder } = await begun()
    const key = await signIn()
    expect(await list(as(key))).toMatchObject({ ok: true })
    expect(await as(key).product.operators.state({})).toMatchObject({ value: { signedIn: { name: 'wang' } } })
    expect(await list(as(key, openCore(folder, core.tools)))).toMatchObject({ ok: true })
  })

  it('keeps no passphrase and no session key', async () => {
    const { signIn, folder } = await begun()
    const key = await signIn()
    const kept =
      readFileSync(join(folder, 'operators.json'), 'utf8') + readFileSync(join(folder, 'audit.jsonl'), 'utf8')
    expect([kept.includes(passphrase), kept.includes(key)]).toEqual([false, false])
  })

  it('lets nobody in where the file of its operators is damaged', async () => {
    const { signIn, folder, core, as, failureOf } = await begun()
    const key = await signIn()
    const { writeFileSync } = await import('node:fs')
    writeFileSync(join(folder, 'operators.json'), '{', { mode: 0o600 })
    const again = openCore(folder, core.tools)
    expect(await failureOf(list(as(key, again)))).toMatchObject({ kind: 'state-unwritable' })
    expect(
      await failureOf(as(undefined, again).desk.signIn({ name: 'wang', passphrase, kind: 'window' })),
    ).toMatchObject({
      kind: 'state-unwritable',
    })
  })
})

describe('wrong passphrases', () => {
  it('lock a name after five, for 300 seconds, also for the right one and after a new start', async () => {
    const { refused, pass, folder, core, as, failureOf } = await begun()
    for (let tries = 0; tries < 5; tries += 1)
      expect(await refused('wang', 'wrong')).toEqual({ kind: 'sign-in-refused' })
    expect(await refused('wang', passphrase)).toEqual({ kind: 'sign-in-locked', seconds: 300 })
    pass(299_000)
    const again = as(undefined, openCore(folder, core.tools))
    const late = failureOf(again.desk.signIn({ name: 'wang', passphrase, kind: 'window' }))
    expect(await late).toEqual({ kind: 'sign-in-locked', seconds: 1 })
    pass(1000)
    expect(await refused('wang', passphrase)).toBe(undefined)
  })

  it('do not add up with a right one between them', async () => {
    const { refused } = await begun()
    for (let tries = 0; tries < 4; tries += 1) await refused('wang', 'wrong')
    expect(await refused('wang', passphrase)).toBe(undefined)
    for (let tries = 0; tries < 4; tries += 1) await refused('wang', 'wrong')
    expect(await refused('wang', passphrase)).toBe(undefined)
  })

  it('count when they come at the same time', async () => {
    const { refused } = await begun()
    const all = await Promise.all(Array.from({ length: 12 }, () => refused('wang', 'wrong')))
    expect(all.filter((one) => one?.kind === 'sign-in-refused')).toHaveLength(5)
  })

  it('of a name that does not exist are answered in the same words', async () => {
    const { refused } = await begun()
    for (let tries = 0; tries < 5; tries += 1)
      expect(await refused('zhao', 'wrong')).toEqual({ kind: 'sign-in-refused' })
    expect(await refused('zhao', 'wrong')).toEqual({ kind: 'sign-in-locked', seconds: 300 })
  })

  it('are forgiven by an administrator', async () => {
    const { refused, as, signIn } = await begun()
    const key = await signIn()
    for (let tries = 0; tries < 5; tries += 1) await refused('wang', 'wrong')
    expect(await as(key).product.operators.list({})).toMatchObject({ value: [{ lockedUntil: expect.any(String) }] })
    await as(key).product.operators.unlock({ name: 'wang' })
    expect(await refused('wang', passphrase)).toBe(undefined)
  })

  it('never keep anybody out for longer than a lock lasts, wherever the clock goes', async () => {
    const { refused, pass } = await begun()
    for (let tries = 0; tries < 5; tries += 1) await refused('wang', 'wrong')
    pass(-10 * 365 * 86_400_000)
    expect(await refused('wang', passphrase)).toEqual({ kind: 'sign-in-locked', seconds: 300 })
  })

  it('at the second question for the passphrase count as at the sign-in', async () => {
    const { as, signIn, failureOf } = await begun()
    const key = await signIn()
    const step = () => failureOf(as(key).desk.stepUp({ passphrase: 'wrong' }))
    for (let tries = 0; tries < 5; tries += 1) expect(await step()).toEqual({ kind: 'sign-in-refused' })
    expect(await step()).toEqual({ kind: 'sign-in-locked', seconds: 300 })
  })
})

describe('a sign-in', () => {
  it('of a window ends when nobody touches it for 15 minutes', async () => {
    const { as, signIn, pass, failureOf } = await begun()
    const key = await signIn()
    pass(15 * minute - 1000)
    expect(await failureOf(list(as(key)))).toBe(undefined)
    await as(key).product.operators.active({})
    pass(15 * minute - 1000)
    // Reading by itself is nobody's hand: pages look all the time.
    expect(await failureOf(list(as(key)))).toBe(undefined)
    pass(1000)
    expect(await failureOf(list(as(key)))).toEqual({ kind: 'sign-in-needed', why: 'idle' })
    expect(await as(key).product.operators.state({})).toMatchObject({ value: { signedIn: null, why: 'idle' } })
  })

  it('of commands lasts while they are given', async () => {
    const { as, signIn, pass, failureOf } = await begun()
    const key = await signIn('wang', passphrase, 'command')
    for (let commands = 0; commands < 5; commands += 1) {
      pass(14 * minute)
      expect(await failureOf(list(as(key)))).toBe(undefined)
    }
    pass(15 * minute)
    expect(await failureOf(list(as(key)))).toEqual({ kind: 'sign-in-needed', why: 'idle' })
  })

  it('ends after twelve hours, however busy it is', async () => {
    const { as, signIn, pass, failureOf } = await begun()
    const key = await signIn()
    for (let hours = 0; hours < 12 * 6 - 1; hours += 1) {
      pass(10 * minute)
      await as(key).product.operators.active({})
    }
    expect(await failureOf(list(as(key)))).toBe(undefined)
    pass(10 * minute)
    expect(await failureOf(list(as(key)))).toEqual({ kind: 'sign-in-needed', why: 'too-long' })
  })

  it('ends when it is ended, and no other one with it', async () => {
    const { as, signIn, failureOf } = await begun()
    const [one, other] = [await signIn(), await signIn()]
    await as(one).product.operators.signOut({})
    expect(await failureOf(list(as(one)))).toEqual({ kind: 'sign-in-needed', why: 'ended' })
    expect(await failureOf(list(as(other)))).toBe(undefined)
  })

  it('is held to the policy that is set now', async () => {
    const { as, signIn, pass, failureOf } = await begun()
    const key = await signIn()
    await as(key).product.operators.setPolicy({ policy: { idleMinutes: 1, longestHours: 1, twoPersons: false } })
    pass(minute)
    expect(await failureOf(list(as(key)))).toEqual({ kind: 'sign-in-needed', why: 'idle' })
  })

  it('ends a stream that it began', async () => {
    const { as, signIn, core, pass } = await begun()
    const key = await signIn()
    const planId = 'plan-0badcafe0badcafe'
    const address = { host: '10.78.0.11', port: 22, user: 'ops' }
    let more: (() => void) | undefined
    void core.consoleRuns.join(
      { planId, address, purpose: { act: 'uninstall', deletesData: false }, startedAt: core.tools.now() },
      async () => ({
        ok: true,
        value: (async function* () {
          yield { event: 'run-begin' as const, run: 'run-20261120T080000Z-0badcafe', steps: 1 }
          await new Promise<void>((resolve) => {
            more = resolve
          })
          yield { event: 'step-begin' as const, step: 'x', number: 1, of: 1 }
        })(),
      }),
    )
    const stream = await as(key).product.setup.follow({ planId })
    expect(await stream.next()).toMatchObject({ value: { event: 'run-begin' } })
    pass(13 * 3_600_000)
    more?.()
    expect(await received('', stream.next())).toMatchObject({ failure: { kind: 'sign-in-needed', why: 'too-long' } })
  })
})

describe('an open window of an administrator', () => {
  it.each<[string, (admin: ConsoleClient) => Promise<Result<unknown>>]>([
    ['names nobody', (admin) => admin.desk.addOperator({ name: 'li', roles: ['viewer'], passphrase })],
    ['gives nobody a passphrase', (admin) => admin.desk.resetOperator({ name: 'li', passphrase })],
    ['gives nobody other roles', (admin) => admin.product.operators.change({ name: 'li', roles: ['viewer'] })],
    [
      'changes no rule',
      (admin) => admin.product.operators.setPolicy({ policy: { idleMinutes: 1, longestHours: 1, twoPersons: false } }),
    ],
  ])('%s five minutes later, without the passphrase once more', async (_what, act) => {
    const { as, signIn, pass, failureOf } = await begun()
    const key = await signIn()
    pass(5 * minute)
    expect(await failureOf(act(as(key)))).toEqual({ kind: 'step-up-needed' })
    await as(key).desk.stepUp({ passphrase })
    expect((await failureOf(act(as(key))))?.kind).not.toBe('step-up-needed')
  })
})

describe('an operator', () => {
  const added = async () => {
    const start = await begun()
    const key = await start.signIn()
    const admin = start.as(key)
    await admin.desk.addOperator({ name: 'li', roles: ['operator'], passphrase: 'set by somebody else' })
    return { ...start, admin }
  }

  it('changes a passphrase that somebody else knows before anything else', async () => {
    const { as, signIn, failureOf } = await added()
    const key = await signIn('li', 'set by somebody else')
    expect(await failureOf(list(as(key)))).toEqual({ kind: 'passphrase-change-needed' })
    const own = { oldPassphrase: 'set by somebody else', newPassphrase: 'known to me alone' }
    expect(await failureOf(as(key).desk.changeOwnPassphrase(own))).toBe(undefined)
    expect(await failureOf(list(as(key)))).toBe(undefined)
  })

  it.each<[string, (admin: ConsoleClient) => Promise<Result<unknown>>]>([
    ['gets other roles', (admin) => admin.product.operators.change({ name: 'li', roles: ['viewer'] })],
    ['is removed', (admin) => admin.product.operators.remove({ name: 'li' })],
    ['gets a new passphrase', (admin) => admin.desk.resetOperator({ name: 'li', passphrase: 'another long one' })],
  ])('who %s is signed out at once', async (_what, change) => {
    const { as, signIn, admin, failureOf } = await added()
    const key = await signIn('li', 'set by somebody else')
    expect(await failureOf(change(admin))).toBe(undefined)
    expect(await failureOf(list(as(key)))).toMatchObject({ kind: 'sign-in-needed' })
  })

  it.each<[string, Failure['kind'], string, (admin: ConsoleClient) => Promise<Result<unknown>>]>([
    [
      'the last administrator loses the role',
      'operator-unusable',
      'last-administrator',
      (admin) => admin.product.operators.change({ name: 'wang', roles: ['operator'] }),
    ],
    [
      'somebody gives themselves another passphrase without the old one',
      'operator-unusable',
      'own-name',
      (admin) => admin.desk.resetOperator({ name: 'wang', passphrase: 'long enough it is' }),
    ],
    [
      'somebody removes themselves',
      'operator-unusable',
      'own-name',
      (admin) => admin.product.operators.remove({ name: 'wang' }),
    ],
    [
      'a name is there in other letters',
      'operator-unusable',
      'taken',
      (admin) => admin.desk.addOperator({ name: 'LI', roles: ['viewer'], passphrase: 'long enough it is' }),
    ],
    [
      'a vendor has no grant',
      'operator-unusable',
      'grant-missing',
      (admin) => admin.desk.addOperator({ name: 'acme', roles: ['vendor'], passphrase: 'long enough it is' }),
    ],
    [
      'somebody else has a grant',
      'operator-unusable',
      'grant-not-for-role',
      (admin) =>
        admin.product.operators.change({
          name: 'li',
          roles: ['viewer'],
          grant: { publishers: ['acme'], appliances: ['ward'] },
        }),
    ],
    [
      'nobody has that name',
      'operator-unusable',
      'unknown',
      (admin) => admin.product.operators.unlock({ name: 'zhao' }),
    ],
    [
      'operators are named already',
      'operator-unusable',
      'begun-already',
      (admin) => admin.desk.beginOperators({ name: 'zhao', passphrase }),
    ],
  ])('stays as before when %s', async (_what, kind, problem, change) => {
    const { admin, failureOf, folder } = await added()
    const before = readFileSync(join(folder, 'operators.json'), 'utf8')
    expect(await failureOf(change(admin))).toMatchObject({ kind, problem })
    expect(readFileSync(join(folder, 'operators.json'), 'utf8')).toBe(before)
  })

  it('with a passphrase that is too short is not made', async () => {
    const { admin, failureOf } = await added()
    const short = admin.desk.addOperator({ name: 'zhao', roles: ['viewer'], passphrase: 'short' })
    expect(await failureOf(short)).toEqual({ kind: 'vault-passphrase-unusable', reason: 'too-short' })
  })

  it("is no more where operators are ended, and this computer's user has everything again", async () => {
    const { admin, as, failureOf } = await added()
    expect(await failureOf(admin.product.operators.end({}))).toBe(undefined)
    expect(await failureOf(list(as()))).toBe(undefined)
  })
})
