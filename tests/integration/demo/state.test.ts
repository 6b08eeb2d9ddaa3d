// What a demo appliance leaves on this console: its state over a restart, its name in the audit file, its bundle
// nowhere else, and nothing once it is removed.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { detect, listAppliances, status } from '../../../main/core/appliances.ts'
import { createDemo, drillDemo, listDemos, removeDemo } from '../../../main/core/demo/demo.ts'
import { listBundles } from '../../../main/core/desk/bundles.ts'
import { closeCore } from '../../../main/core/open-core.ts'
import { planSetup } from '../../../main/core/runs/setup.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { auditedActs, recordsIn } from '../../support/audit-records.ts'
import { demoCore, type MadeDemo, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'
import { isSource, readFiles, repositoryPaths } from '../../support/repository-files.ts'

describe('a console without a demo appliance', () => {
  it('loads nothing of the demo: the core imports it only where it is needed', () => {
    const core = readFiles(repositoryPaths().filter((path) => path.startsWith('main/core/') && isSource(path)))
    expect(core.filter(({ text }) => text.includes("import('../../demo/"))).not.toEqual([])
    const atOnce = /^import (?!type )[^\n]*from '(?:\.\.\/)+demo\//m
    expect(core.filter(({ text }) => atOnce.test(text)).map(({ path }) => path)).toEqual([])
  })

  it('makes nothing for one', async () => {
    const { core, folder } = demoCore()
    expect(must(await listDemos(core))).toEqual([])
    expect(existsSync(join(folder, 'demo'))).toBe(false)
  })
})

describe('a demo appliance', () => {
  it('is as it was after the console was closed and opened again, also where its port was taken meanwhile', async () => {
    const before = demoCore()
    const made = await makeDemo(before.core)
    expect(await setUpDemo(before, made)).toBe('healthy')
    must(await drillDemo(before.core, { name: made.demo.name, drill: 'pull-card', on: true }))
    await closeCore(before.core)

    const again = demoCore(before.folder)
    const seen = must(await status(again.core, made.target))
    expect(seen.deployments.map(({ state }) => state)).toEqual(['healthy', 'healthy'])
    expect(must(await listDemos(again.core))).toEqual([{ ...made.demo, drills: ['pull-card'] }])
    await closeCore(again.core)

    const thief = createServer().listen(made.demo.address.port, '127.0.0.1')
    onTestFinished(() => void thief.close())
    const moved = demoCore(before.folder)
    const [demo] = must(await listDemos(moved.core))
    expect(demo?.address.port).not.toBe(made.demo.address.port)
    expect(must(listAppliances(moved.core))).toMatchObject([
      { name: made.demo.name, address: demo?.address, demo: true },
    ])
    expect(must(await status(moved.core, made.target)).deployments).toHaveLength(2)
  })

  it('gets a name of its own also where two are made at the same moment', async () => {
    const { core } = demoCore()
    const made = await Promise.all([makeDemo(core), makeDemo(core), makeDemo(core)])
    expect(made.map(({ demo }) => demo.name)).toEqual(['demo-ascend-8', 'demo-ascend-8-2', 'demo-ascend-8-3'])
    expect(new Set(made.map(({ demo }) => demo.address.port)).size).toBe(3)
    const gone = await Promise.all(made.map(({ demo }) => removeDemo(core, demo.name)))
    expect(gone.every((one) => one.ok)).toBe(true)
  })

  it('that is damaged says so, stands in nobody’s way and can be removed', async () => {
    const before = demoCore()
    const [one, other] = [await makeDemo(before.core), await makeDemo(before.core)]
    await closeCore(before.core)
    const file = join(before.folder, 'demo', 'machines', `${one.demo.name}.json`)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"format":1', '"format":2'))
    const { core } = demoCore(before.folder)
    expect(must(await listDemos(core)).map(({ name }) => name)).toEqual([other.demo.name])
    expect((await detect(core, other.target)).ok).toBe(true)
    expect(await detect(core, one.target)).toMatchObject({ failure: { kind: 'demo-not-started', name: one.demo.name } })
    // Also where nothing of it can be read any more.
    writeFileSync(file, '')
    expect(must(listAppliances(core)).map(({ demo }) => demo)).toEqual([true, true])
    expect(await detect(core, one.target)).toMatchObject({ failure: { kind: 'demo-not-started', name: one.demo.name } })
    must(await removeDemo(core, one.demo.name))
    expect(must(listAppliances(core)).map(({ name }) => name)).toEqual([other.demo.name])
  })

  it('keeps its keys to this user', async () => {
    const { core, folder } = demoCore()
    const { demo } = await makeDemo(core)
    await closeCore(core)
    const machines = join(folder, 'demo', 'machines')
    for (const file of [join(folder, 'demo', 'login-key'), join(machines, `${demo.name}.json`)])
      expect(statSync(file).mode & 0o077).toBe(0)
    expect(statSync(join(folder, 'demo')).mode & 0o077).toBe(0)
  })

  it('says in every audit line that it is one', async () => {
    const made = demoCore()
    const { client, folder } = made
    const created = must(await client.product.demo.create({ preset: 'workstation-2' }))
    const target = { by: 'name', name: created.demo.name } as const
    const plan = must(await client.product.setup.plan({ target, bundleId: created.bundleId, solution: 'demo-clinic' }))
    await client.product.demo.drill({ name: created.demo.name, drill: 'overheat', on: true })
    await client.product.setup.cancel({ planId: plan.id })
    const byHand = { by: 'address', address: created.demo.address, credentialId: 'none' } as const
    await client.product.appliances.save({ name: 'by-hand', target: byHand })
    const elsewhere = { by: 'address', address: { host: '127.0.0.1', port: 1, user: 'li' }, credentialId: 'x' } as const
    await client.product.appliances.save({ name: 'ward', target: elsewhere })
    const lines = auditedActs(recordsIn(join(folder, 'audit.jsonl')))
    expect(lines.map(({ act, demo }) => `${act} ${demo}`)).toEqual([
      ...['demo-create true', 'demo-drill true', 'run-cancel true', 'appliance-save true', 'appliance-save undefined'],
    ])
    expect(must(listAppliances(made.core)).map(({ name, demo }) => [name, demo])).toEqual([
      [created.demo.name, true],
      ['by-hand', true],
      ['ward', false],
    ])
  })

  it('is the only kind of server that its bundle can be put on', async () => {
    const { core } = demoCore()
    const { bundleId } = await makeDemo(core)
    expect(must(listBundles(core))).toMatchObject([{ bundleId, demo: true }])
    const refused = await planSetup(core, { target: { by: 'local' }, bundleId, solution: 'demo-clinic' })
    expect(refused).toEqual({ ok: false, failure: { kind: 'bundle-for-demo', bundleId } })
  })

  it('leaves nothing once it is removed, the last one not even the folder', async () => {
    const { core, folder } = demoCore()
    const one = await makeDemo(core)
    const other = await makeDemo(core)
    expect(other.demo.name).toBe('demo-ascend-8-2')
    const machineOf = async ({ target }: MadeDemo) => valueOr(must(await detect(core, target)).machineId, '')
    const ids = [await machineOf(one), await machineOf(other)]
    expect(ids[0]).not.toBe(ids[1])
    expect(must(core.state.pins.read()).map((pin) => pin.machineId)).toEqual(ids)
    must(await removeDemo(core, one.demo.name))
    expect(must(await listDemos(core)).map(({ name }) => name)).toEqual([other.demo.name])
    expect(await machineOf(other)).not.toBe('')
    must(await removeDemo(core, other.demo.name))
    expect(must(listAppliances(core))).toEqual([])
    expect([core.state.pins.read(), core.state.keyFiles.read(), core.state.bundles.read()]).toEqual(
      Array(3).fill({ ok: true, value: [] }),
    )
    expect(readdirSync(folder)).not.toContain('demo')
    expect(await removeDemo(core, one.demo.name)).toMatchObject({ ok: false, failure: { kind: 'demo-unknown' } })
    expect(must(await createDemo(core, 'nvidia-8')).demo.name).toBe('demo-nvidia-8')
  })
})
