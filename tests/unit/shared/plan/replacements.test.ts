// What is different from now, of what a plan replaces: by labels, record and kept version; what none says is not known.
import { describe, expect, it } from 'vitest'
import type { AppEntry } from '../../../../shared/domain/entry/app-entry.ts'
import type { Entry } from '../../../../shared/domain/entry.ts'
import type { Container } from '../../../../shared/domain/facts.ts'
import type { KnownPublisher } from '../../../../shared/domain/origin.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { absent, known } from '../../../../shared/domain/reading.ts'
import { privilegesLabel, settingsLabel } from '../../../../shared/domain/remote-layout.ts'
import { differenceKinds } from '../../../../shared/domain/replacement.ts'
import type { Catalog } from '../../../../shared/plan/catalog.ts'
import type { PlanFacts } from '../../../../shared/plan/host-packages.ts'
import { differenceText } from '../../../../shared/words/whose-text.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'
import { knownValue } from '../../../support/known-value.ts'
import { makingOf } from '../../../support/making-words.ts'
import { bareFacts, planCase, planFor, wardCatalog } from '../../../support/plan-cases.ts'

const service = 'note-helper'
const acme: KnownPublisher = { id: 'acme', name: 'Acme Health', fingerprint: `SHA256:${'a'.repeat(43)}` }
const beta: KnownPublisher = { id: 'beta', name: 'Beta', fingerprint: `SHA256:${'b'.repeat(43)}` }
const why = { en: 'It needs it.', 'zh-CN': '需要。' }
const stored = { en: 'For 30 days', 'zh-CN': '30 天' }

function catalogWith(changes: Partial<AppEntry>, privileges?: readonly object[]): Catalog {
  const { entries, artifacts } = wardCatalog()
  const changed = (one: Entry): Entry => {
    if (one.id !== service || one.kind !== 'app') return one
    const variants = privileges ? one.variants.map((variant) => ({ ...variant, privileges })) : one.variants
    return { ...one, ...changes, variants } as AppEntry
  }
  return { artifacts, entries: entries.map(changed) }
}

function stepIn(catalog: Catalog, publisher?: KnownPublisher) {
  const spec = planFor(bareFacts(), catalog, { publisher }).steps.find(({ id }) => id === `container.${service}`)?.spec
  return spec as StepSpecOf<'container'>
}

/** As it runs once that step was carried out. */
function installed(
  step: StepSpecOf<'container'>,
  { kept = true, labels = {} as object, recorded = undefined as string[] | undefined } = {},
): PlanFacts {
  const { facts } = planCase('installed')
  const words = makingOf(step)
  const said = words.flatMap((word, at) => (words[at - 1] === '--label' ? [word] : []))
  const own = Object.fromEntries(said.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]))
  const all = knownValue(facts.containers).map((one): Container => {
    if (one.name !== `rackside-${service}`) return one
    return { ...one, imageId: step.spec.image.configDigest, labels: { ...own, ...labels } }
  })
  const { deployment, entry, entryVersion: version } = step.spec
  const record = { deployment, entry, version, proof: step.proof, ...(recorded && { privileges: recorded }) }
  const versions = [{ keptAt: '2026-11-20T08:00:00Z', step }]
  const lists = { versions: kept ? versions : [], images: [], strangers: [], folders: [], tags: [], held: [] }
  return {
    ...{ ...facts, containers: known(all), deployments: known([record]) },
    kept: { there: true, backups: false, ...lists, engineSettings: absent },
  }
}

const found = (facts: PlanFacts, catalog: Catalog, publisher?: KnownPublisher) =>
  planFor(facts, catalog, { publisher, takeFrom: ['acme'] }).replacements ?? []

describe('what is different of a service that is replaced', () => {
  const old = catalogWith({
    version: '2',
    licence: { spdx: 'MIT' },
    dataHandling: { patientData: 'passes-through', egress: [] },
  })
  const now = catalogWith({ dataHandling: { patientData: 'stored', stored, egress: ['updates.example'] } }, [
    { kind: 'capability', name: 'NET_RAW', why },
  ])

  it('is told in order, permissions first', () => {
    const [one, ...others] = found(installed(stepIn(old, acme)), now, beta)
    expect(others).toEqual([])
    expect(one).toEqual({
      service,
      differences: [
        {
          what: 'publisher',
          before: [`Acme Health (acme, ${acme.fingerprint})`],
          after: [`Beta (beta, ${beta.fingerprint})`],
        },
        { what: 'privileges', before: [], after: ['capability=NET_RAW'] },
        { what: 'patient-data', before: ['passes-through'], after: ['stored'] },
        { what: 'stored', before: [], after: [stored] },
        { what: 'egress', before: [], after: ['updates.example'] },
        {
          what: 'licence',
          before: ['note-helper: MIT', 'ward: Apache-2.0'],
          after: ['note-helper: Apache-2.0', 'ward: Apache-2.0'],
        },
        { what: 'version', before: ['note-helper 2'], after: ['note-helper 3'] },
      ],
    })
    const order = one?.differences.map(({ what }) => differenceKinds.indexOf(what)) ?? []
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  it('is not known where neither label nor kept version says it', () => {
    const { origin: _, ...before } = stepIn(old)
    const [one] = found(installed(before, { kept: false }), now, beta)
    const told = (what: string) => one?.differences.find((each) => each.what === what)
    for (const what of ['publisher', 'patient-data', 'stored', 'egress', 'licence']) {
      expect(told(what)).toBeDefined()
      expect(told(what)).not.toHaveProperty('before')
    }
    expect(told('version')).toMatchObject({ before: ['note-helper 2'] })
  })

  it('is what somebody chose, and what it loses', () => {
    const labels = { [settingsLabel]: '{"style":"short"}', [privilegesLabel]: '["capability=SYS_PTRACE"]' }
    const [one] = found(installed(stepIn(old, acme), { labels, recorded: ['capability=SYS_PTRACE'] }), now, acme)
    expect(one?.differences).toContainEqual({ what: 'settings', before: ['style=short'], after: [] })
    expect(one?.differences[0]).toEqual({
      what: 'privileges',
      before: ['capability=SYS_PTRACE'],
      after: ['capability=NET_RAW'],
    })
  })

  describe('of how it runs', () => {
    const step = stepIn(old, acme)
    const { spec } = step
    const before = {
      ...step,
      specDigest: 'f'.repeat(64),
      startTimeoutSeconds: step.startTimeoutSeconds + 60,
      spec: {
        ...spec,
        ...{ healthCommand: ['/bin/old-check'], environmentFile: '/x/env-0123456789ab' },
        arguments: [...spec.arguments, '-c', '4096', '--api-key', 'abc', '--max-tokens', '7'],
        environment: { ...spec.environment, STYLE: 'short', ADMIN_PASSWORD: 'geheim', DB: 'pg://me:geheim@db/x' },
        mounts: [
          ...spec.mounts,
          { source: '/var/lib/rackside/services/n/files-0123456789ab', target: '/run/rackside' },
        ],
      },
      origin: { ...step.origin, offers: ['style'] } as NonNullable<typeof step.origin>,
    }
    const [one] = found(installed(before), old, acme)
    const told = (what: string) => one?.differences.find((each) => each.what === what)

    it('is told: health check, time to start, environment, words, files, and settings that are gone', () => {
      const seconds = String(step.startTimeoutSeconds)
      expect(told('health-check')).toMatchObject({ before: ['/bin/old-check'] })
      expect(told('start-time')).toMatchObject({ before: [String(before.startTimeoutSeconds)], after: [seconds] })
      expect(told('arguments')).toEqual({
        what: 'arguments',
        before: ['-c 4096', '--api-key ***', '--max-tokens 7'],
        after: [],
      })
      expect(told('files')?.before).toEqual(['/run/rackside (files-0123456789ab)', 'env-0123456789ab'])
      expect(told('offered-settings')).toMatchObject({ before: ['style'], after: [] })
      expect(told('environment')).toEqual({
        what: 'environment',
        before: ['STYLE=short', 'ADMIN_PASSWORD=***', 'DB=pg://***@db/x'],
        after: [],
      })
    })

    it('is told in words of both languages, and no value that may be a secret', () => {
      const lines = (language: 'en' | 'zh-CN') =>
        (one?.differences ?? []).map((each) => Object.values(differenceText(each, wordsOf(language))).join(' | '))
      expect(lines('en')).toContain(
        'environment values | STYLE=short; ADMIN_PASSWORD=(not shown); DB=pg://(not shown)@db/x | nothing',
      )
      expect(lines('zh-CN').join()).toContain('ADMIN_PASSWORD=（不显示）')
      expect(JSON.stringify([one, lines('en'), lines('zh-CN')])).not.toMatch(/geheim|abc/)
    })
  })

  it('is not known of privileges that only a label says: it may come from the image', () => {
    const labels = { [privilegesLabel]: '["capability=NET_RAW"]' }
    const [one] = found(installed(stepIn(old, acme), { labels }), now, acme)
    expect(one?.differences[0]).toEqual({ what: 'privileges', after: ['capability=NET_RAW'] })
  })

  it('is nothing of what runs as it should, and of what is new', () => {
    expect(planFor(planCase('installed').facts).replacements).toBeUndefined()
    expect(planFor(bareFacts()).replacements).toBeUndefined()
  })
})
