// Whether a model is left alone because it serves its users: only while it does, and never for long.
import { describe, expect, it } from 'vitest'
import { mayPassOver } from '../../../../main/core/background/passed-over.ts'

const minute = 60_000

describe('a model that serves its users', () => {
  it.each([
    ['was asked and was well, and serves them now', { atMs: 0, passed: true }, minute, minute + 20_000, true],
    ['was never asked', undefined, minute, minute + 20_000, false],
    ['was asked, and answered badly', { atMs: 0, passed: false }, minute, minute + 20_000, false],
    ['served nobody', { atMs: 0, passed: true }, undefined, minute, false],
    ['served them a while ago', { atMs: 0, passed: true }, minute, 2 * minute, false],
    ['was asked too long ago', { atMs: 0, passed: true }, 3 * minute, 3 * minute, false],
  ])('that %s', (_, own, served, now, passedOver) => {
    expect(mayPassOver(own, served, now)).toBe(passedOver)
  })
})
