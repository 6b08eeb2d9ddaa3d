// The pseudo language itself: what it changes of a text, what it keeps, and how it comes around the texts of a module.
import { describe, expect, it } from 'vitest'
import { spokenExports } from '../../scripts/gallery/pseudo-words.ts'
import { plainOf, pseudoText, spoken } from './gallery/pseudo.ts'

describe('the pseudo language', () => {
  it.each([
    { text: 'Log in', pseudo: '⟦Lóòg íìn⟧' },
    { text: 'Log in at {{place}}', pseudo: '⟦Lóòg íìn áàt {{place}}⟧' },
    { text: 'See <1>this</1>', pseudo: '⟦Séèéè <1>thíìs</1>⟧' },
    { text: '⟦Óòn⟧ or off', pseudo: '⟦⟦Óòn⟧ óòr óòff⟧' },
    { text: '⟦Óòn⟧', pseudo: '⟦Óòn⟧' },
    { text: '⟦Óòn⟧, ⟦óòff⟧', pseudo: '⟦⟦Óòn⟧, ⟦óòff⟧⟧' },
    { text: '', pseudo: '' },
  ])('makes "$pseudo" of "$text"', ({ text, pseudo }) => {
    expect(pseudoText(text)).toBe(pseudo)
  })

  it('keeps what was given to a text', () => {
    expect(pseudoText('radiology-01 answers', ['radiology-01'])).toBe('⟦radiology-01 áànswéèrs⟧')
  })

  it('is English again without it', () => {
    expect(plainOf(pseudoText('An appliance in use'))).toBe('An appliance in use')
  })

  it('is around everything that a module of texts exports', () => {
    const code =
      "export const labels = { on: 'On' }\nconst inner = 1\nexport function about(): string {\n  return 'x'\n}\n"
    expect(spokenExports(code, '"pseudo.ts"').split('\n')).toEqual([
      'import { spoken } from "pseudo.ts"',
      "const labels = { on: 'On' }",
      'const inner = 1',
      'function about(): string {',
      "  return 'x'",
      '}',
      '',
      'const spoken_labels = spoken(labels)',
      'export { spoken_labels as labels }',
      'const spoken_about = spoken(about)',
      'export { spoken_about as about }',
      '',
    ])
  })

  it('is spoken where the address of the gallery asks for it, nowhere else', () => {
    expect(spoken({ on: 'On' })).toEqual({ on: 'On' })
  })
})
