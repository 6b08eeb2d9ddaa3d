// The catalog through the contract: what there is and where it is from, and what of it would run on an appliance.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { resourceFolder } from '../../../../main/console-host/resource-folder.ts'
import { openingKey } from '../../../../main/core/access/opening.ts'
import type { Facts } from '../../../../shared/domain/facts.ts'
import type { Result } from '../../../../shared/domain/failure.ts'
import { madeForm, madeModel, madeRuntime, madeVariant, reportOf } from '../../../support/made-entries.ts'
import { bareFacts } from '../../../support/plan-cases.ts'
import { pretendCore } from '../../../support/pretend-core.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { wholeBundle } from '../../../support/whole-bundle.ts'

const address = { host: '10.78.0.11', port: 22, user: 'ops' }
const target = { by: 'name', name: 'radiology-01' } as const
const wish = { contextTokens: 8192, users: 1 }
const cards = reportOf('ascend', { product: '910B4', count: 8, memoryGib: 30 })

/** JSON is YAML as well. */
function madeCatalog(): string {
  const folder = join(temporaryFolder(), 'catalog')
  mkdirSync(folder)
  const a2 = madeVariant('a2', { vendor: 'ascend', families: ['ascend-910b'] })
  const entries = [
    madeRuntime('vllm-ascend', { variants: [a2] }),
    madeModel('fitting'),
    madeModel('huge', { variants: [madeForm('fp8', 689_500_000_000), madeForm('w4', 400_000_000_000)] }),
    {
      ...{ kind: 'solution', id: 'both', version: '1', licence: { spdx: 'Apache-2.0' } },
      ...{ title: { en: 'Both', 'zh-CN': '两者' }, summary: { en: 'Both models', 'zh-CN': '两个模型' } },
      services: ['fitting', 'huge'].map((model, at) => ({
        ...{ role: 'model', name: model, runtimes: ['vllm-ascend'], model, hostPort: 8000 + at },
      })),
    },
  ]
  for (const entry of entries) writeFileSync(join(folder, `${entry.id}.yaml`), JSON.stringify(entry))
  return folder
}

async function console(facts?: Facts, builtInCatalog = madeCatalog()) {
  const opened = pretendCore(undefined, undefined, { builtInCatalog })
  const saved = { address, credentialId: 'key-1' }
  const named = await opened.clientAs('admin').product.appliances.save({
    name: target.name,
    target: { by: 'address', ...saved },
  })
  if (!named.ok) throw new Error(JSON.stringify(named.failure))
  if (facts !== undefined) opened.core.lastLooks.seen(openingKey(saved), facts)
  return { ...opened, catalog: opened.clientAs('viewer').product.catalog }
}

function whole<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

describe('the entries of the catalog', () => {
  it('are what comes with the console, and what bundles bring, each with where it is from', async () => {
    const { catalog, folder, clientAs } = await console()
    const { bundleId } = whole(await clientAs('admin').desk.openBundle({ folder: wholeBundle() }))
    mkdirSync(join(folder, 'import', 'broken', 'artifacts'), { recursive: true })
    const { places, entries, leftOut } = whole(await catalog.entries({}))
    expect(places).toMatchObject([
      { place: 'built-in', origin: 'built-in' },
      { origin: 'bundle', name: 'broken', failure: { kind: 'bundle-unusable' } },
      { place: bundleId, origin: 'bundle', demo: false },
    ])
    const own = entries.filter(({ place }) => place === 'built-in').map(({ entry }) => entry.id)
    expect(own).toEqual(['both', 'fitting', 'huge', 'vllm-ascend'])
    const ward = entries.filter(({ place }) => place === bundleId).map(({ entry }) => entry.kind)
    expect(ward).toContain('solution')
    expect(leftOut).toBe(0)
  })

  it('are there without what cannot be read, which says why', async () => {
    const { catalog } = await console(undefined, '/nowhere/at/all')
    const { places, entries } = whole(await catalog.entries({}))
    expect(places).toMatchObject([{ place: 'built-in', failure: { kind: 'catalog-invalid' } }])
    expect(entries).toEqual([])
  })

  it('come with the console: they are found from the sources, and every one can be read', async () => {
    const root = fileURLToPath(new URL('../../../../', import.meta.url))
    expect(resourceFolder('catalog')).toBe(join(root, 'resources', 'catalog'))
    expect(resourceFolder('no-such-folder')).toBeUndefined()
    const { catalog } = await console(undefined, resourceFolder('catalog'))
    const { places, entries } = whole(await catalog.entries({}))
    expect(places[0]?.failure).toBeUndefined()
    expect(entries.length).toBeGreaterThan(0)
  })
})

describe('the outlook of the catalog', () => {
  it('is reckoned from the last look, and says of when it is and what was seen', async () => {
    const facts = bareFacts({ accelerators: [cards] })
    const { catalog, dialled } = await console(facts)
    const outlook = whole(await catalog.outlook({ target, wish }))
    expect(outlook).toMatchObject({ takenAt: facts.takenAt, accelerators: [cards] })
    expect(dialled).toEqual([])
    const fits = outlook.models.map(({ model, forms }) => [model, ...forms.map(({ fit }) => fit?.devices)])
    expect(fits).toEqual([
      ['fitting', 4, 2],
      ['huge', undefined, undefined],
    ])
  })

  it('says of a model that does not fit what would be nearest', async () => {
    const { catalog } = await console(bareFacts({ accelerators: [cards] }))
    const { models } = whole(await catalog.outlook({ target, wish }))
    const [fitting, huge] = models
    expect(fitting?.nearest).toBeUndefined()
    expect(huge?.nearest).toMatchObject({
      model: 'w4',
      rejections: [{ reason: 'memory-too-small', devices: 8, devicesNeeded: 24 }],
    })
  })

  it('looks where nobody has looked yet, and says what stands in the way', async () => {
    const { catalog, dialled } = await console()
    const refused = { kind: 'host-unreachable', host: address.host }
    expect(await catalog.outlook({ target, wish })).toMatchObject({ ok: false, failure: refused })
    expect(await catalog.fits({ target })).toMatchObject({ ok: false, failure: refused })
    expect(dialled).toHaveLength(2)
  })

  it('is of no appliance that nobody knows', async () => {
    const { catalog } = await console()
    const unknown = { by: 'name', name: 'nobody' } as const
    expect(await catalog.outlook({ target: unknown, wish })).toMatchObject({ failure: { kind: 'appliance-unknown' } })
  })
})

describe('what fits of the catalog', () => {
  it('is a variant of each runtime and app, or what stands against all of them', async () => {
    const { catalog } = await console(bareFacts({ accelerators: [cards] }))
    expect(whole(await catalog.fits({ target })).services).toEqual([
      ...[
        { place: 'built-in', kind: 'runtime', entry: 'vllm-ascend', variant: 'a2', issuesElsewhere: [], rejected: [] },
      ],
    ])
    const bare = await console(bareFacts({ accelerators: [] }))
    const [runtime] = whole(await bare.catalog.fits({ target })).services
    expect(runtime?.variant).toBeUndefined()
    expect(runtime?.rejected).toMatchObject([{ rejections: [{ reason: 'accelerator-absent' }] }])
  })

  it('is of a solution what would run, and what would not', async () => {
    const { catalog } = await console(bareFacts({ accelerators: [cards] }))
    const [solution] = whole(await catalog.fits({ target })).solutions
    expect(solution?.choices).toMatchObject([{ service: 'fitting', entry: 'vllm-ascend', model: { entry: 'fitting' } }])
    expect(solution?.problems).toMatchObject([{ kind: 'no-variant-fits', entry: 'huge' }])
  })
})
