// A bug as a person and a script meet it: enough to find it by, bounded, and never a stack trace.
import { describe, expect, it } from 'vitest'
import { internal } from '../../../../main/terminal/end.ts'
import { failure } from '../../../../shared/domain/failure.ts'

const detailOf = (error: unknown) => {
  const made = failure.parse(internal(error))
  return made.kind === 'internal' ? made.detail : ''
}

describe('a bug', () => {
  it('is told with its name, its place, its message and its cause', () => {
    const detail = detailOf(new TypeError('no such thing', { cause: new RangeError('too far') }))
    expect(detail).toMatch(/^TypeError in end\.test\.ts:\d+: no such thing \(RangeError: too far\)$/)
  })

  it('of any form is a failure that travels', () => {
    const long = new Error(`\u001b[31m${'x\n    at evil (file:///etc/passwd:1:1)'.repeat(500)}`)
    const bare = Object.assign(new Error('bare'), { stack: undefined })
    for (const error of [long, bare, 'text', undefined, null, { some: 1 }]) {
      expect(detailOf(error).length).toBeGreaterThan(0)
    }
    expect(detailOf(bare)).toBe('Error: bare')
  })
})
