// The contract as a whole: every call says what it does, who may do it and what its audit line is called;
// nothing takes a command or a path, and nothing takes a field that is not in it.
import { describe, expect, it } from 'vitest'
import { contract } from '../../../../shared/contract/contract.ts'
import { desk } from '../../../../shared/contract/desk.ts'
import { callsOf, objectsIn } from '../../../support/contract-calls.ts'

const product = callsOf(contract)
const all = [...product, ...callsOf({ desk })]
const named = (calls: typeof all) => calls.map((one) => [one.path, one] as const)

describe.each(named(all))('%s', (_path, { meta, input, output }) => {
  it('declares its effect, role and audit line', () => {
    expect(meta.call).toEqual({
      effect: expect.stringMatching(/^(read|change|destructive)$/),
      role: expect.stringMatching(/^(viewer|operator|admin)$/),
      audit: expect.stringMatching(/^[a-z][a-z-]*$/),
    })
  })

  it('has an audit line exactly when it changes something', () => {
    expect(meta.call?.audit === 'none').toBe(meta.call?.effect === 'read')
  })

  it('lets no viewer change anything', () => {
    if (meta.call?.effect !== 'read') expect(meta.call?.role).not.toBe('viewer')
  })

  it('refuses fields that it does not have, at every depth', () => {
    expect(objectsIn(input).filter((one) => !one.closed)).toEqual([])
  })

  it('checks what it answers', () => {
    expect(output).toBeDefined()
  })
})

describe('the contract', () => {
  it.each(named(product))('%s takes no path and no command', (_path, { input }) => {
    const fields = objectsIn(input).flatMap((one) => one.fields)
    expect(fields.filter((name) => /path|file|folder|director|command|script|shell|argv|words/i.test(name))).toEqual([])
  })

  it.each(named(product))('%s takes no secret', (_path, { input }) => {
    const fields = objectsIn(input).flatMap((one) => one.fields)
    expect(fields.filter((name) => /password|secret|passphrase|privateKey|token/i.test(name))).toEqual([])
  })

  it('has no two calls with one audit line', () => {
    const lines = all.map((one) => one.meta.call?.audit).filter((line) => line !== 'none')
    expect(new Set(lines).size).toBe(lines.length)
  })

  it('streams what must not be lost as a log, and what only the newest of counts as latest', () => {
    const streams = Object.fromEntries(product.flatMap((one) => (one.meta.stream ? [[one.path, one.meta.stream]] : [])))
    expect(streams).toMatchObject({ 'setup.apply': 'log', 'setup.progress': 'latest' })
  })
})
