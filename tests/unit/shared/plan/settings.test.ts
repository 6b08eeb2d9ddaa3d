// Settings in a plan: where each value comes from, what becomes of it in the container, and that what was chosen stays
// until somebody says otherwise.
import { describe, expect, it } from 'vitest'
import { type AppEntry, appEntry } from '../../../../shared/domain/entry/app-entry.ts'
import type { Container, Facts } from '../../../../shared/domain/facts.ts'
import { isSetUp, wishOf } from '../../../../shared/domain/plan.ts'
import { absent, known } from '../../../../shared/domain/reading.ts'
import { deploymentLabel, entryLabel, settingsLabel } from '../../../../shared/domain/remote-layout.ts'
import type { SettingWishes } from '../../../../shared/domain/setting.ts'
import type { Catalog } from '../../../../shared/plan/catalog.ts'
import { makePlan } from '../../../../shared/plan/make-plan.ts'
import { knownValue } from '../../../support/known-value.ts'
import { makingOf } from '../../../support/making-words.ts'
import { bareFacts, planCase, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'

const said = { en: 'A', 'zh-CN': '甲' }
const named = (name: string) => ({ name, title: said })
const settings = [
  { ...named('size'), type: 'integer', min: 1, max: 6, default: { from: 'processors', otherwise: 2 } },
  {
    ...named('called'),
    type: 'text',
    maxLength: 30,
    characters: ['letters', 'digits', 'dot'],
    default: { from: 'address', otherwise: 'ward' },
  },
  {
    ...named('way'),
    type: 'choice',
    options: [
      { value: 'a', title: said },
      { value: 'b', title: said },
    ],
    default: 'a',
  },
  { ...named('loud'), type: 'switch', whenOn: 'yes', whenOff: 'no', default: false },
  { ...named('free'), type: 'text', maxLength: 30, default: '' },
]

function withSettings(changes: object = {}): Catalog {
  const { entries, artifacts } = wardCatalog()
  const add = (one: AppEntry) =>
    appEntry.parse({
      ...one,
      settings,
      configuration: { files: [{ name: 'notes.conf', parts: [{ text: 'name={{setting.called}}\n' }] }] },
      variants: one.variants.map((variant) => ({
        ...variant,
        arguments: ['--size', '{setting.size}'],
        environment: { ...variant.environment, WAY: '{setting.way}', LOUD: '{setting.loud}', FREE: '{setting.free}' },
      })),
      ...changes,
    })
  return { artifacts, entries: entries.map((one) => (one.kind === 'app' ? add(one) : one)) }
}

const service = 'note-helper'
const set = (name: string, value: string | null, of = service) => ({ service: of, name, value })

function tried(wanted?: SettingWishes, facts: Facts = bareFacts(), catalog = withSettings()) {
  return makePlan(facts, catalog, { ...wish, ...(wanted && { settings: wanted }) }, tools)
}

function planned(...all: Parameters<typeof tried>) {
  const made = tried(...all)
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value
}

function container(plan: ReturnType<typeof planned>) {
  const step = plan.steps.find(({ id }) => id === `container.${service}`)?.spec
  if (step?.kind !== 'container') throw new Error('no container')
  return step
}

const sources = (plan: ReturnType<typeof planned>) =>
  Object.fromEntries((plan.settings ?? []).map(({ setting, value, source }) => [setting.name, [value, source]]))

/** As a run with these choices would have left it. */
function chosenThere(chosen: object, entry = 'note-helper'): Facts {
  const { facts } = planCase('installed')
  const labels = { [deploymentLabel]: service, [entryLabel]: entry, [settingsLabel]: JSON.stringify(chosen) }
  const some = knownValue(facts.containers)[0] as Container
  return { ...facts, containers: known([{ ...some, name: `rackside-${service}`, labels }]) }
}

describe('the settings of a plan', () => {
  it('are what the entry says, by the appliance where it says so', () => {
    const plan = planned()
    expect(sources(plan)).toEqual({
      ...{ size: ['6', 'appliance'], called: ['10.78.0.11', 'appliance'], way: ['a', 'default'] },
      ...{ loud: ['off', 'default'], free: ['', 'default'] },
    })
    const { spec } = container(plan)
    expect(spec.arguments).toEqual(['--size', '6'])
    expect(spec.environment).toMatchObject({ WAY: 'a', LOUD: 'no', FREE: '' })
    expect(JSON.stringify(plan.steps)).toContain('name=10.78.0.11\\n')
    // Nobody chose anything: what was installed before there were settings keeps its digest.
    expect('settings' in spec).toBe(false)
    expect('settings' in plan.purpose).toBe(false)
  })

  it('are what the entry says otherwise where the appliance does not say it', () => {
    const plan = planned(undefined, bareFacts({ cpu: absent }))
    expect(sources(plan)['size']).toEqual(['2', 'default'])
  })

  it('reach the container as data, whatever stands in them', () => {
    const free = '"; $(id) {model.path} & x'
    const plan = planned([set('size', '03'), set('way', 'b'), set('loud', 'on'), set('free', free)])
    const { spec } = container(plan)
    expect(spec.arguments).toEqual(['--size', '3'])
    expect(spec.environment).toMatchObject({ WAY: 'b', LOUD: 'yes', FREE: free })
    expect(makingOf(container(plan))).toEqual(expect.arrayContaining(['--env', `FREE=${free}`]))
  })

  it('are kept in a label and in the record, and are of the digest', () => {
    const plan = planned([set('way', 'b')])
    expect(container(plan).spec.settings).toEqual({ way: 'b' })
    expect(makingOf(container(plan))).toContain(`${settingsLabel}={"way":"b"}`)
    expect(container(plan).specDigest).not.toBe(container(planned()).specDigest)
  })

  it('stay as somebody chose them, until somebody says otherwise', () => {
    const there = chosenThere({ way: 'b', size: '4' })
    expect(sources(planned(undefined, there))).toMatchObject({ way: ['b', 'kept'], size: ['4', 'kept'] })
    const changed = planned([set('way', 'a'), set('size', null)], there)
    expect(sources(changed)).toMatchObject({ way: ['a', 'chosen'], size: ['6', 'appliance'] })
    expect(container(changed).spec.settings).toEqual({ way: 'a' })
    // Whoever plans again says all of it again.
    expect(isSetUp(changed) && wishOf(changed).settings).toEqual([set('way', 'a'), set('size', null)])
  })

  it('are known from the record where the container is gone, and forgotten where another entry was there', () => {
    const proof = { serves: 'page', deployment: service, hostPort: 1, readyPath: '/' } as const
    const record = { deployment: service, entry: 'note-helper', version: '1', proof, settings: { way: 'b' } }
    expect(sources(planned(undefined, bareFacts({ deployments: known([record]) })))['way']).toEqual(['b', 'kept'])
    expect(sources(planned(undefined, chosenThere({ way: 'b' }, 'another')))['way']).toEqual(['a', 'default'])
    expect(sources(planned(undefined, chosenThere({ way: 7 })))['way']).toEqual(['a', 'default'])
  })

  it('that were chosen and are not allowed any more stand in the way, and can be chosen again', () => {
    const there = chosenThere({ size: '60' })
    const limit = { is: 'integer', min: 1, max: 6 }
    const problem = { kind: 'setting-invalid', service, setting: 'size', value: '60', limit }
    const settingsOf = ({ blockers }: ReturnType<typeof planned>) =>
      blockers.filter((one) => one.kind === 'setting-invalid')
    expect(settingsOf(planned(undefined, there))).toEqual([problem])
    expect(settingsOf(planned([set('size', '6')], there))).toEqual([])
  })

  it.each([
    ['too big', set('size', '7'), { is: 'integer', min: 1, max: 6 }],
    ['no option', set('way', 'c'), { is: 'one-of', values: ['a', 'b'] }],
    ['no switch', set('loud', 'yes'), { is: 'one-of', values: ['on', 'off'] }],
    ['of other characters', set('called', 'a;b'), { is: 'text', most: 30, characters: ['letters', 'digits', 'dot'] }],
    ['too long', set('free', 'x'.repeat(31)), { is: 'text', most: 30 }],
  ])('are refused with what would be right: %s', (_why, wanted, limit) => {
    expect(tried([wanted])).toEqual({
      ok: false,
      failure: { kind: 'setting-invalid', service, setting: wanted.name, value: wanted.value, limit },
    })
  })

  it('of nothing that is there are refused with those that there are', () => {
    for (const wanted of [set('sise', '3'), set('size', null, 'constructor'), set('constructor', '3')]) {
      expect(tried([wanted])).toMatchObject({
        failure: { limit: { is: 'unknown', known: settings.map(({ name }) => `${service}.${name}`) } },
      })
    }
  })

  it('that only another variant uses are not asked for', () => {
    const cases = withSettings({ variants: withoutSize() })
    expect(sources(planned(undefined, bareFacts(), cases))).not.toHaveProperty('size')
    expect(tried([set('size', '3')], bareFacts(), cases)).toMatchObject({ failure: { kind: 'setting-invalid' } })
  })
})

/** The last variant, which is never chosen here, has it still. */
function withoutSize() {
  const app = withSettings().entries.find((one) => one.kind === 'app')
  if (app?.kind !== 'app') throw new Error('no app')
  const [first] = app.variants
  return [...app.variants.map((one) => ({ ...one, arguments: [] })), { ...first, id: 'last' }]
}
