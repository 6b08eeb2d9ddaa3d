// A secret does not print, by whatever accident it is turned into text.
import { format, inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../shared/domain/command.ts'

const value = 'correct horse battery staple'
const secret = new Secret(value)

const accidents: Record<string, () => string> = {
  'as JSON': () => JSON.stringify({ password: secret, list: [secret] }),
  'in a template': () => `${secret}`,
  'joined to a text': () => `login with ${secret}!`,
  'as String()': () => String(secret),
  'in an array': () => [secret, secret].join(),
  inspected: () => inspect(secret),
  'inspected with everything shown': () =>
    inspect({ deep: { secret } }, { showHidden: true, depth: null, getters: true }),
  'in a log line': () => format('%s %o %O %j %d', secret, secret, secret, secret, secret),
  'in the message of an error': () => String(new Error(`no login with ${secret}`, { cause: secret }).stack),
  'spread into an object': () => JSON.stringify({ ...secret }),
  'by its keys': () => JSON.stringify([Object.keys(secret), Object.entries(secret), Reflect.ownKeys(secret)]),
}

describe('a secret stays hidden', () => {
  it.each(Object.entries(accidents))('%s', (_name, accident) => {
    expect(accident()).not.toContain(value)
    expect(accident()).not.toContain('horse')
  })

  it('and says that it is one', () => {
    expect(`${secret} ${JSON.stringify(secret)}`).toBe('[secret] "[secret]"')
  })

  it('until it is revealed on purpose', () => {
    expect(secret.reveal()).toBe(value)
  })
})
