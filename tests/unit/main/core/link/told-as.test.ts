// Whose a call is, on its way to the process that owns the console: nobody becomes this computer's user there.
import { expect, it } from 'vitest'
import { asTold, tellAs } from '../../../../../main/core/link/guest-link.ts'
import { sessionKey } from '../../../../../shared/domain/operator.ts'

const key = sessionKey.parse('a'.repeat(43))

it.each([
  'console',
  { sessionKey: undefined },
  { sessionKey: key },
  { sessionKey: undefined, comesFrom: '10.0.0.7' },
  { sessionKey: key, comesFrom: 'fd00:1:2:3:4:5:6:7' },
  { sessionKey: key, comesFrom: '' },
] as const)('%j stays what it is', (as) => {
  expect(asTold(tellAs(as))).toEqual(as)
})

it('who has to sign in stays so, whatever is shown as a key', () => {
  for (const text of ['from:/console', 'from:/', 'from:/from:/', `from:/${'x'.repeat(50)}`]) {
    expect(asTold(text)).toEqual({ sessionKey: undefined, comesFrom: '' })
  }
})
