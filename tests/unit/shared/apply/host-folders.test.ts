// Folders of the server that containers are given: what a plan asks of them, what the answer means, and that the very
// question answers in a shell.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { kindOf } from '../../../../shared/apply/all-kinds.ts'
import { foldersQuestion } from '../../../../shared/apply/host-folders.ts'
import { appEntry } from '../../../../shared/domain/entry/app-entry.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known, type Reading, unreadable } from '../../../../shared/domain/reading.ts'
import type { Catalog } from '../../../../shared/plan/catalog.ts'
import { makePlan } from '../../../../shared/plan/make-plan.ts'
import { bareFacts, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'

const why = { en: 'It files them there.', 'zh-CN': '归档。' }
const given = (path: string) => ({ kind: 'host-path', path, target: `/in${path}`, readOnly: true, why })
const paths = ['/data/scans', '/data/letters']

function catalogGiving(all: readonly string[]): Catalog {
  const { entries, artifacts } = wardCatalog()
  const privileges = all.map(given)
  const add = (one: Catalog['entries'][number]) =>
    one.kind === 'app'
      ? appEntry.parse({ ...one, variants: one.variants.map((variant) => ({ ...variant, privileges })) })
      : one
  return { artifacts, entries: all.length === 0 ? entries : entries.map(add) }
}

function planned(all: readonly string[], host?: ReadonlyMap<string, Reading<string>>) {
  const facts = { ...bareFacts(), ...(host !== undefined && { host }) }
  const made = makePlan(facts, catalogGiving(all), wish, tools)
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value
}

function appStep(all: readonly string[]): StepSpecOf<'container'> {
  const step = planned(all).steps.find(({ id }) => id === 'container.note-helper')?.spec
  if (step?.kind !== 'container') throw new Error('no container')
  return step
}

const question = foldersQuestion(appStep(paths)) ?? ''
const blockersFor = (answer: Reading<string>) => planned(paths, new Map([[question, answer]])).blockers

describe('a folder of the server that a container is given', () => {
  it('is asked for by the step that needs it, and by no other', () => {
    expect(kindOf(appStep(paths)).look?.(appStep(paths))).toBe(question)
    expect(foldersQuestion(appStep([]))).toBeUndefined()
  })

  it('stands in the way of the plan where it is not there, with all that are missing', () => {
    expect(blockersFor(known('missing /data/letters\nmissing /data/scans\n'))).toEqual([
      { kind: 'host-folder-missing', neededBy: 'note-helper', folders: paths },
    ])
    expect(blockersFor(known('missing /data/letters\n'))).toMatchObject([{ folders: ['/data/letters'] }])
  })

  it.each([
    ['it is there', known('')],
    ['the answer is about something else', known('missing /etc\nmissing\n')],
    ['nobody could look', unreadable('exit 1')],
  ])('stands in nobody’s way where %s', (_why, answer) => {
    expect(blockersFor(answer)).toEqual([])
  })

  it('stands in the way of nothing that is not asked', () => {
    expect(planned(paths).blockers).toEqual([])
  })

  it('is found by the question itself, whatever kind it is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rackside-folders-'))
    try {
      mkdirSync(join(folder, 'there'))
      const here = question.replace('/data/scans', join(folder, 'there')).replace('/data/letters', join(folder, 'gone'))
      const said = execFileSync('sh', ['-c', here], { encoding: 'utf8' })
      expect(said).toBe(`missing ${join(folder, 'gone')}\n`)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
