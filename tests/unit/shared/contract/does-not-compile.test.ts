// What the compiler must refuse. Each @ts-expect-error is a planted violation: if it compiled, `tsc --build`
// would fail here. Nothing of it is ever run.
import { expect, it } from 'vitest'
import * as z from 'zod'
import { call, streamCall } from '../../../../shared/contract/call.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import type { FailureWords } from '../../../../shared/words/failure-words.ts'

const input = z.strictObject({})

function neverRun(): unknown[] {
  return [
    // @ts-expect-error a call that declares nothing
    call(input, z.string()),
    // @ts-expect-error a call without an effect
    call({ right: 'look', audit: 'none' }, input, z.string()),
    // @ts-expect-error a call without a role
    call({ effect: 'read', audit: 'none' }, input, z.string()),
    // @ts-expect-error a call without an audit line
    call({ effect: 'change', right: 'operate' }, input, z.string()),
    // @ts-expect-error a change that leaves no trace
    call({ effect: 'change', right: 'operate', audit: 'none' }, input, z.string()),
    // @ts-expect-error something destructive that is a part of an act
    call({ effect: 'destructive', right: 'administer', audit: 'none', within: 'terminal-open' }, input, z.string()),
    // @ts-expect-error a part of an act that has no line
    call({ effect: 'change', right: 'operate', audit: 'none', within: 'none' }, input, z.string()),
    // @ts-expect-error something destructive that leaves no trace
    call({ effect: 'destructive', right: 'administer', audit: 'none' }, input, z.string()),
    // @ts-expect-error a read with an audit line of its own
    call({ effect: 'read', right: 'look', audit: 'looked' }, input, z.string()),
    // @ts-expect-error a role that nobody has
    call({ effect: 'read', right: 'root', audit: 'none' }, input, z.string()),
    // @ts-expect-error a stream of no kind
    streamCall({ effect: 'read', right: 'look', audit: 'none' }, input, z.string()),
    // @ts-expect-error a stream of an unknown kind
    streamCall({ effect: 'read', right: 'look', audit: 'none' }, 'sometimes', input, z.string()),
    // @ts-expect-error a failure of a kind that nobody words
    { kind: 'surprise' } satisfies Failure,
    // @ts-expect-error a language that leaves failures out
    { cancelled: () => ({ what: '', next: '' }) } satisfies FailureWords,
  ]
}

it('keeps the planted violations out of the running program', () => {
  expect(neverRun).toBeTypeOf('function')
})
