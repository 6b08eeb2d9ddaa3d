// What a path of the web shell's address gets: a file of the page, the page itself, or nothing.
import { expect, it } from 'vitest'
import { fileAt } from '../../../../../main/shells/web/page-app.ts'

const bytes = new Uint8Array()
const index = { type: 'text/html', bytes, lasting: false }
const files = new Map([
  ['/index.html', index],
  ['/assets/a-1.js', { type: 'text/javascript', bytes, lasting: true }],
])

it('gives the page for every place in it, and nothing for a file that is not there', () => {
  expect(['/', '/appliances/ward-3/setup'].map((path) => fileAt(files, path))).toEqual([index, index])
  expect(fileAt(files, '/assets/a-1.js')?.type).toBe('text/javascript')
  const strange = ['/assets/b.js', '/../package.json', '/..%2f..%2fetc/passwd.txt', '/assets/../index.htm']
  expect(strange.map((path) => fileAt(files, path))).toEqual(strange.map(() => undefined))
})
