// What can be installed from: the import folder and what was opened before, each by id, and what cannot be used
// with the reason.
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { fail } from '../../../../../shared/domain/failure.ts'
import { wardCatalog } from '../../../../support/plan-cases.ts'
import { type PretendCore, pretendCore } from '../../../../support/pretend-core.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { wholeBundle } from '../../../../support/whole-bundle.ts'

async function listed({ clientAs }: PretendCore) {
  const bundles = await clientAs('viewer').product.bundles.list({})
  if (!bundles.ok) throw new Error(JSON.stringify(bundles.failure))
  return bundles.value
}

describe('the bundles of a console', () => {
  it('are looked for in a folder of its own, made when it is asked for, and there are none at first', async () => {
    const start = pretendCore()
    expect(await listed(start)).toEqual([])
    const place = await start.clientAs('admin').desk.importFrom({})
    expect(place).toEqual({ ok: true, value: { folder: join(start.folder, 'import') } })
    expect(statSync(join(start.folder, 'import')).mode & 0o777).toBe(0o700)
  })

  it('say what they hold, how large they are, and can be planned from by their id', async () => {
    const start = pretendCore()
    const folder = wholeBundle()
    await start.clientAs('admin').desk.importFrom({ folder })
    const [bundle] = await listed(start)
    const totalBytes = wardCatalog().artifacts.reduce((sum, one) => sum + one.bytes, 0)
    const solution = wardCatalog().entries.find((one) => one.kind === 'solution')
    expect(bundle).toMatchObject({
      name: 'bundle',
      content: {
        ok: true,
        value: { totalBytes, solutions: [{ id: 'ward', title: solution?.title, summary: solution?.summary }] },
      },
    })
    const opened = await start.clientAs('admin').desk.openBundle({ folder })
    expect(opened.ok && opened.value.bundleId).toBe(bundle?.bundleId)
    expect(await listed(start)).toHaveLength(1)
  })

  it('are the subfolders that look like one, by name, broken ones with the reason', async () => {
    const start = pretendCore()
    const place = temporaryFolder()
    renameSync(wholeBundle(), join(place, 'b-whole'))
    mkdirSync(join(place, 'a-broken'))
    writeFileSync(join(place, 'a-broken', 'bundle.json'), '{}')
    mkdirSync(join(place, 'holiday pictures'))
    writeFileSync(join(place, 'a file'), '')
    await start.clientAs('admin').desk.importFrom({ folder: place })
    expect(await listed(start)).toMatchObject([
      { name: 'a-broken', content: { ok: false, failure: { kind: 'bundle-unusable' } } },
      { name: 'b-whole', content: { ok: true } },
    ])
  })

  it('opened from elsewhere stay listed, with the reason once they are gone', async () => {
    const start = pretendCore()
    const folder = wholeBundle()
    await start.clientAs('admin').desk.openBundle({ folder })
    expect(await listed(start)).toMatchObject([{ content: { ok: true } }])
    rmSync(folder, { recursive: true })
    expect(await listed(start)).toMatchObject([
      { content: { ok: false, failure: { kind: 'bundle-unusable', folder } } },
    ])
  })

  it('cannot be looked for where there is no folder; the place stays what it was', async () => {
    const start = pretendCore()
    const { desk } = start.clientAs('admin')
    const folder = join(start.folder, 'nowhere')
    expect(await desk.importFrom({ folder })).toMatchObject({
      ok: false,
      failure: { kind: 'usage', problem: 'import-folder-missing', word: folder },
    })
    expect(await desk.importFrom({})).toMatchObject({ value: { folder: join(start.folder, 'import') } })
  })

  it('are listed where the state cannot be written', async () => {
    const start = pretendCore()
    const place = temporaryFolder()
    renameSync(wholeBundle(), join(place, 'whole'))
    await start.clientAs('admin').desk.importFrom({ folder: place })
    const unwritable = fail({ kind: 'state-unwritable', folder: start.folder, detail: 'read-only' })
    vi.spyOn(start.core.state.bundles, 'write').mockReturnValue(unwritable)
    expect(await listed(start)).toMatchObject([{ name: 'whole', content: { ok: true } }])
  })

  it('opened elsewhere are listed where the import folder cannot be made; with none of them that is said', async () => {
    const start = pretendCore()
    // A file where a folder would have to be.
    writeFileSync(join(start.folder, 'import'), '')
    expect(await start.clientAs('viewer').product.bundles.list({})).toMatchObject({
      ok: false,
      failure: { kind: 'state-unwritable' },
    })
    await start.clientAs('admin').desk.openBundle({ folder: wholeBundle() })
    expect(await listed(start)).toMatchObject([{ content: { ok: true } }])
  })
})
