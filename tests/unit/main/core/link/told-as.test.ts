// Whose a call is, on its way to the process that owns the console: nobody becomes this computer's user there.
import { expect, it } from 'vitest'
import { asTold, tellAs } from '../../../../../main/core/link/guest-link.ts'
import { sessionKey } from '../../../../../shared/domain/operator.ts'

const key = sessionKey.parse('a'.repeat(43))

it.each([
  'console',
  { sessionKey: undefined },
  { sessionKey: key },
  { sessionKey: undefined, mustSignIn: true },
  { sessionKey: key, mustSignIn: true },
] as const)('%j stays what it is', (as) => {
  expect(asTold(tellAs(as))).toEqual(as)
})

it('who has to sign in stays so, whatever is shown as a key', () => {
  for (const text of ['sign-in:console', 'sign-in:', 'sign-in:sign-in:', `sign-in:${'x'.repeat(50)}`]) {
    expect(asTold(text)).toEqual({ sessionKey: undefined, mustSignIn: true })
  }
})
