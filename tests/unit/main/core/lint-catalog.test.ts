// A catalog that is being written: everything that is wrong with its files, and with them together. A case is a folder
// tests/fixtures/catalog/lint/NAME; what is said of it lies beside it.
import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { lintCatalog } from '../../../../main/core/lint-catalog.ts'
import type { CatalogLint } from '../../../../shared/domain/catalog-fault.ts'
import { problemLine } from '../../../../shared/words/catalog-words.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'
import { expectGolden } from '../../../support/golden.ts'
import { wardBundle } from '../../../support/plan-cases.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const folder = fileURLToPath(new URL('../../../fixtures/catalog/lint/', import.meta.url))
const resources = fileURLToPath(new URL('../../../../resources/catalog', import.meta.url))
const cases = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory())

function lint(place: string): CatalogLint {
  const linted = lintCatalog(place)
  if (!linted.ok) throw new Error(JSON.stringify(linted.failure))
  return linted.value
}

function filesIn(place: string): number {
  return readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).length
}

const lines = ({ problems }: CatalogLint) => problems.map((one) => problemLine(one, wordsOf('en').catalog))

describe('a catalog', () => {
  it.each([
    [resources, filesIn(resources)],
    [`${wardBundle}/catalog`, 4],
    [wardBundle, 4],
  ])('of ours, %s, is clean', (place, files) => {
    expect(lint(place)).toEqual({ files, problems: [] })
  })

  it.each(cases.map(({ name }) => name))('%s: everything is told in both languages', (name) => {
    const { problems } = lint(folder + name)
    const said = (['en', 'zh-CN'] as const).map((language) =>
      problems.map((one) => `${problemLine(one, wordsOf(language).catalog)}\n`).join(''),
    )
    expectGolden(`${folder}${name}.txt`, said.join('\n'))
  })

  it('is read in no file that is none, and each is named', () => {
    const place = temporaryFolder()
    cpSync(resources, place, { recursive: true })
    symlinkSync('/etc/passwd', join(place, 'link.yaml'))
    symlinkSync(resources, join(place, 'more'))
    execFileSync('mkfifo', [join(place, 'pipe.yaml')])
    mkdirSync(join(place, 'folder.yaml'))
    expect(lines(lint(place))).toEqual([
      'link.yaml: this cannot be read: it is a symbolic link',
      'more: this cannot be read: it is a symbolic link',
      'pipe.yaml: this cannot be read: it is not a regular file',
    ])
  })

  it('with names that would act on a terminal is shown without', () => {
    const place = temporaryFolder()
    writeFileSync(join(place, '\u001b[2Jx.yaml'), 'kind: "\\e[2J"\n')
    for (const line of lines(lint(place))) expect(line).toMatch(/^[ -~]+$/)
  })

  it('may be reached by a link, and may be missing', () => {
    const link = join(temporaryFolder(), 'link')
    symlinkSync(resources, link)
    expect(lint(link).files).toBe(filesIn(resources))
    const failure = { kind: 'catalog-invalid', line: 0, problem: 'it is missing' }
    expect(lintCatalog(join(link, 'nothing'))).toMatchObject({ ok: false, failure })
  })
})

describe('one file', () => {
  it('is looked at alone: what it names may be elsewhere', () => {
    expect(lint(`${resources}/solutions/clinic-starter.yaml`)).toEqual({ files: 1, problems: [] })
    const other = join(temporaryFolder(), 'other.yaml')
    copyFileSync(`${resources}/solutions/clinic-starter.yaml`, other)
    expect(lines(lint(other))).toEqual([
      'other.yaml:2:5: id: the file is not named as its entry; name it clinic-starter.yaml',
    ])
  })
})
