// What a word that was written wrong perhaps meant.
import { describe, expect, it } from 'vitest'
import { nearest } from '../../../../shared/domain/nearest.ts'

const known = ['setup', 'status', 'detect', '--json', '--jump', '--jump-identity', '--to']

describe('the nearest word', () => {
  it.each([
    ['setpu', 'setup'],
    ['sttaus', 'status'],
    ['detekt', 'detect'],
    ['statuss', 'status'],
    ['--jmup', '--jump'],
    ['--jump-id', '--jump-identity'],
    ['det', 'detect'],
  ])('to "%s" is "%s"', (word, meant) => {
    expect(nearest(word, known)).toBe(meant)
  })

  it.each(['x', '--x', 'destroy', 'sea', '', '--frm', 'constructor', '__proto__'])('to "%s" is none', (word) => {
    expect(nearest(word, known)).toBeUndefined()
  })
})
