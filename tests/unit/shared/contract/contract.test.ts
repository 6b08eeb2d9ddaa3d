// The contract as a whole: every call says what it does, who may do it and what its audit line is called;
// nothing takes a command or a path, and nothing takes a field that is not in it.
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { ContractMeta } from '../../../../shared/contract/call.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import { desk } from '../../../../shared/contract/desk.ts'
import { flowContract } from '../../../../shared/contract/flow.ts'
import { windowContract } from '../../../../shared/contract/window.ts'
import { right } from '../../../../shared/domain/role.ts'
import { callsOf, objectsIn } from '../../../support/contract-calls.ts'

const product = callsOf(contract)
const window = callsOf({ window: windowContract })
const all = [...product, ...window, ...callsOf({ desk, flow: flowContract })]
const named = (calls: typeof all) => calls.map((one) => [one.path, one] as const)

const isPart = ({ call }: ContractMeta) => call !== undefined && 'within' in call

describe.each(named(all))('%s', (_path, { meta, input, output }) => {
  it('declares its effect, right and audit line', () => {
    expect(meta.call).toMatchObject({
      effect: expect.stringMatching(/^(read|change|destructive)$/),
      audit: expect.stringMatching(/^[a-z][a-z-]*$/),
    })
    expect(z.array(right).min(1).safeParse([meta.call?.right].flat()).success).toBe(true)
  })

  it('has an audit line exactly when it changes something, or is a part of what has one', () => {
    expect(meta.call?.audit === 'none').toBe(meta.call?.effect === 'read' || isPart(meta))
  })

  it('lets nobody change anything who only looks', () => {
    if (meta.call?.effect !== 'read') expect([meta.call?.right].flat().join()).not.toContain('look')
  })

  it('refuses fields that it does not have, at every depth', () => {
    expect(objectsIn(input).filter((one) => !one.closed)).toEqual([])
  })

  it('checks what it answers', () => {
    expect(output).toBeDefined()
  })
})

const pathOrCommand = /path|file|folder|director|command|script|argv|words/i
/** A count of tokens is none. */
const secret = /password|secret|passphrase|privateKey|answers|token(?!s$)/i
/** The text of a file that a person chose may be any file. */
const unaudited = (name: string) => secret.test(name) || name === 'text'
/** Whoever signs in may have typed the passphrase as the name; what came from a provider lets somebody in, once. */
const alsoHidden: Readonly<Record<string, readonly string[]>> = {
  'desk.signIn': ['name'],
  'desk.finishProviderSignIn': ['attempt', 'returned'],
  'desk.finishProviderStepUp': ['attempt', 'returned'],
}
const fieldsOf = (schema: unknown) => objectsIn(schema as z.ZodType).flatMap((one) => one.fields)

describe('the contract', () => {
  it.each(named([...product, ...window]))('%s takes no path and no command', (_path, { input }) => {
    expect(fieldsOf(input).filter((name) => pathOrCommand.test(name) || /shell/i.test(name))).toEqual([])
  })

  it.each(named(product))('%s takes no secret', (_path, { input }) => {
    expect(fieldsOf(input).filter((name) => secret.test(name))).toEqual([])
  })

  it('of a window takes a secret in the calls that are for it, and in no other', () => {
    const taken = window.flatMap(({ path, input }) =>
      fieldsOf(input)
        .filter((name) => secret.test(name))
        .map((name) => `${path} ${name}`),
    )
    expect(taken).toEqual([
      'window.offerPassword password',
      'window.offerKey privateKey',
      'window.offerKey passphrase',
      'window.createVault passphrase',
      'window.unlockVault passphrase',
      'window.changeVaultPassphrase oldPassphrase',
      'window.changeVaultPassphrase newPassphrase',
      'window.writeBackup passphrase',
      ...['signIn', 'stepUp', 'beginOperators', 'addOperator', 'resetOperator'].map(
        (one) => `window.${one} passphrase`,
      ),
      'window.changeOwnPassphrase oldPassphrase',
      'window.changeOwnPassphrase newPassphrase',
      'window.setProvider clientSecret',
      'window.unlockKey passphrase',
      'window.offerCertificateKey privateKey',
      'window.offerCertificateKey passphrase',
      'window.offerAnswers answers',
    ])
  })

  it.each(named(window))(
    '%s gives no path and no secret back, but where bundles are put, as text',
    (path, { output }) => {
      // The branch of a Result that carries a value; a failure may name a folder, for the person to read.
      const [answered] = (output as z.ZodDiscriminatedUnion).options
      const given = fieldsOf(answered)
      expect(given).toContain('value')
      const allowed = path === 'window.about' ? ['importFolder'] : []
      expect(given.filter((name) => pathOrCommand.test(name) || secret.test(name))).toEqual(allowed)
    },
  )

  it.each(named(all.filter((one) => one.meta.call?.effect !== 'read')))(
    '%s keeps its secrets out of its audit line (P12)',
    (path, { input, meta }) => {
      const hidden = meta.call !== undefined && 'hides' in meta.call ? meta.call.hides : []
      expect(hidden).toEqual([...fieldsOf(input).filter(unaudited), ...(alsoHidden[path] ?? [])])
    },
  )

  it('names no call so that the client of oRPC answers by itself', () => {
    expect(all.map(({ path }) => path.split('.').at(-1)).filter((name) => name === 'bind')).toEqual([])
  })

  it('has no two calls with one audit line', () => {
    const lines = all.map((one) => one.meta.call?.audit).filter((line) => line !== 'none')
    expect(new Set(lines).size).toBe(lines.length)
  })

  it('has no parts of an act but those of a terminal, of which the whole has its line', () => {
    const parts = all.flatMap(({ path, meta: { call } }) => (call && 'within' in call ? [[path, call.within]] : []))
    expect(parts).toEqual([
      ['terminal.type', 'terminal-open'],
      ['terminal.resize', 'terminal-open'],
      ['terminal.close', 'terminal-open'],
    ])
    const whole = all.find(({ path }) => path === 'terminal.open')
    expect(whole?.meta.call?.audit).toBe('terminal-open')
  })

  it('streams what must not be lost as a log, and what only the newest of counts as latest', () => {
    const streams = Object.fromEntries(product.flatMap((one) => (one.meta.stream ? [[one.path, one.meta.stream]] : [])))
    expect(streams).toMatchObject({ 'setup.apply': 'log', 'setup.progress': 'latest' })
  })
})
