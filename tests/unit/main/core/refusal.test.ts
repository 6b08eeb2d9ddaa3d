// A failure that leaves a call as an error comes back as the same failure; a bug stays thrown.
import { ORPCError } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { received, refuse } from '../../../../main/core/refusal.ts'
import { type Failure, failure } from '../../../../shared/domain/failure.ts'
import { samplesOf } from '../../../support/schema-samples.ts'

const failures = samplesOf(failure) as Failure[]

describe('a refusal', () => {
  it('of every kind comes back as it was', async () => {
    for (const one of failures) {
      expect(await received('x', Promise.reject(refuse(one)))).toEqual({ ok: false, failure: one })
    }
  })

  it('comes back the same after a trip over a wire', async () => {
    for (const one of failures) {
      const { code, ...rest } = JSON.parse(JSON.stringify(refuse(one)))
      expect(await received('x', Promise.reject(new ORPCError(code, rest)))).toEqual({ ok: false, failure: one })
    }
  })

  it('that was forged with other data is not taken for one', async () => {
    const forged = new ORPCError('REFUSED', { data: { kind: 'usage', problem: 'none of ours', word: '' } })
    await expect(received('x', Promise.reject(forged))).rejects.toBe(forged)
  })

  it('of bad input names the call and the fields', async () => {
    const issues = [{ path: ['target', 'name'], message: 'too long' }, { message: 'odd' }]
    const bad = new ORPCError('BAD_REQUEST', { message: 'Input validation failed', data: { issues } })
    expect(await received('appliances.save', Promise.reject(bad))).toEqual({
      ok: false,
      failure: { kind: 'input-invalid', call: 'appliances.save', problem: 'target.name too long; odd' },
    })
  })
})

describe('anything else', () => {
  it('that was answered is passed on', async () => {
    expect(await received('x', Promise.resolve(7))).toEqual({ ok: true, value: 7 })
  })

  it.each([new Error('a bug'), new ORPCError('INTERNAL_SERVER_ERROR'), 'a text'])(
    'that was thrown stays thrown: %s',
    async (thrown) => {
      await expect(received('x', Promise.reject(thrown))).rejects.toBe(thrown)
    },
  )
})
