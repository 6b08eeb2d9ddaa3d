// The README's walks lead a new reader through real files: each of at most six, and each step along an import.
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSource } from '../support/read-source.ts'
import { repositoryRoot } from '../support/repository-files.ts'

type Step = { readonly importer: string; readonly imported: string }
type Walk = { readonly name: string; readonly files: readonly string[]; readonly steps: readonly Step[] }

/** A line `- **Name**: `file` → `file` ← `file``; it may go on in the next lines. */
function walksIn(readme: string): Walk[] {
  const lines = readme.replaceAll(/\n {2}(?=\S)/g, ' ').split('\n')
  return lines.flatMap((line) => {
    const [, name, text] = /^- \*\*(.+?)\*\*: (.*[→←].*)$/.exec(line) ?? []
    if (name === undefined || text === undefined) return []
    const files = [...text.matchAll(/`([^`]+)`/g)].map(([, file]) => file ?? '')
    const arrows = [...text.matchAll(/[→←]/g)].map(([arrow]) => arrow)
    const steps = arrows.map((arrow, at) => {
      const [left = '', right = ''] = files.slice(at, at + 2)
      return arrow === '→' ? { importer: left, imported: right } : { importer: right, imported: left }
    })
    return [{ name, files, steps }]
  })
}

/** Steps that no import takes, and walks that are too long. */
function wrongSteps(walks: readonly Walk[]): string[] {
  return walks.flatMap(({ name, files, steps }) => [
    ...(files.length > 6 ? [`${name}: ${files.length} files`] : []),
    ...steps.flatMap(({ importer, imported }) =>
      importsOf(importer).includes(imported) ? [] : [`${name}: ${importer} does not import ${imported}`],
    ),
  ])
}

function importsOf(file: string): string[] {
  const { imports } = readSource(readFileSync(`${repositoryRoot}/${file}`, 'utf8'))
  return imports.map(({ specifier }) => posix.join(posix.dirname(file), specifier ?? ''))
}

describe('the walks of the README', () => {
  const readme = readFileSync(`${repositoryRoot}/README.md`, 'utf8')

  it('lead along imports, in at most six files', () => {
    const walks = walksIn(readme)
    expect(walks.map(({ name }) => name)).toEqual([
      'One-click setup',
      'A sample is read',
      'A sample becomes a pixel',
      'A changed host key',
    ])
    expect(wrongSteps(walks)).toEqual([])
  })

  it('cannot name a step that is none, or seven files', () => {
    const turned = readme.replace('contract.ts` ← `main/core/router.ts', 'contract.ts` → `main/core/router.ts')
    expect(wrongSteps(walksIn(turned))).toEqual([
      'One-click setup: shared/contract/contract.ts does not import main/core/router.ts',
    ])
    const longer = readme.replace('`main/apply/run.ts`', '`main/apply/run.ts` → `main/apply/journal.ts`')
    expect(wrongSteps(walksIn(longer))).toEqual(['One-click setup: 7 files'])
  })
})
