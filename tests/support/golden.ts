// Expected texts kept as files. They are written only when somebody asks for it in so many words:
// RACKSIDE_UPDATE_GOLDENS=1, never in CI. The change is then reviewed like any other.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { expect } from 'vitest'
import { inCi } from './needs.ts'
import { repositoryRoot } from './repository-files.ts'

const updating = process.env['RACKSIDE_UPDATE_GOLDENS'] === '1'

export function expectGolden(file: string, text: string): void {
  if (updating && inCi) throw new Error('expected texts are not written in CI')
  if (updating) writeFileSync(file, text)
  const name = relative(repositoryRoot, file)
  if (!existsSync(file)) throw new Error(`${name} is missing; RACKSIDE_UPDATE_GOLDENS=1 writes it`)
  expect(text, `${name}; RACKSIDE_UPDATE_GOLDENS=1 rewrites it`).toBe(readFileSync(file, 'utf8'))
}
