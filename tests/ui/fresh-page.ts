// Each file of the ui project starts on an empty page, and each test takes away what it showed. The styles in the head
// stay: antd remembers that it wrote them.
import { cleanup } from '@testing-library/react'
import { afterEach, beforeAll } from 'vitest'

beforeAll(() => {
  if (!('document' in globalThis)) return
  for (const { name } of [...document.documentElement.attributes]) document.documentElement.removeAttribute(name)
  document.body.replaceChildren()
  localStorage.clear()
  sessionStorage.clear()
  history.replaceState(null, '', '/')
})
afterEach(cleanup)
