// Bundles that were brought as files: who vouches for them is said before anything is copied, what is refused leaves
// nothing, and what lies in the store can be taken out of it, whoever signed it.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { documentsOf } from '../../../../../main/catalog/container/documents.ts'
import { exitCodes } from '../../../../../main/terminal/exit-codes.ts'
import type { ImportProgress, VerifyProgress } from '../../../../../shared/contract/bundles.ts'
import { pinnedBy } from '../../../../support/bundle-attacks.ts'
import { flipByte, forgeHead, madeBundle, seededBytes, writtenParts } from '../../../../support/container-cases.ts'
import { must } from '../../../../support/demo-core.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { forge, newPublisher, type Publisher, readTrust, signAs } from '../../../../support/signed-bundle.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const contents = { engine: seededBytes('engine', 90_000), model: seededBytes('model', 200_000) }

type Signed = { readonly version?: number; readonly publisherName?: string; readonly spoil?: (folder: string) => void }

/** Its file, and the folder that was signed. */
async function signedFile(by: Publisher, { version = 1, publisherName, spoil }: Signed = {}) {
  const { documents, files } = madeBundle(contents)
  if (publisherName !== undefined) {
    const text = documents.get('bundle.json')?.toString() ?? ''
    documents.set('bundle.json', Buffer.from(text.replace('City clinic', publisherName)))
  }
  const folder = temporaryFolder()
  for (const [name, bytes] of documents) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  signAs(by, folder, { version })
  spoil?.(folder)
  const [file = ''] = await writtenParts({ documents: documentsOf(folder), files })
  return { file, folder }
}

function hospital({ allowsUnsigned = false } = {}) {
  const { core, clientAs, folder } = pretendCore(undefined, undefined, { allowsUnsigned })
  const client = clientAs('admin')
  const place = async (file: string) => must(await client.desk.openBundleFiles({ files: [file] })).place
  const last = async <T>(all: AsyncIterable<T>): Promise<T> => {
    let newest: T | undefined
    for await (const one of all) newest = one
    if (newest === undefined) throw new Error('it said nothing')
    return newest
  }
  return {
    ...{ core, client, place, store: join(folder, 'bundles') },
    imported: async (file: string): Promise<ImportProgress> =>
      last(await client.product.bundles.import({ importId: await place(file) })),
    verified: async (file: string): Promise<VerifyProgress> =>
      last(await client.product.bundles.verify({ place: await place(file) })),
    signature: async (file: string) =>
      must(await client.product.bundles.inspect({ place: await place(file) })).signature,
    brought: async () => must(await client.product.bundles.brought({})),
  }
}

const isRolledBack = { kind: 'bundle-not-trusted', problem: 'rolled-back', folder: 'ward.rsb' }

describe('who vouches for a bundle that was brought', () => {
  it('is a stranger, then somebody who is trusted here, by the name that was trusted', async () => {
    const { core, brought, signature, verified } = hospital()
    const by = newPublisher()
    const { file, folder } = await signedFile(by)
    const state = pinnedBy(folder)
    const fingerprint = state.publishers[0]?.fingerprint
    const stranger = { state: 'stranger', publisher: 'city-clinic', name: 'City clinic', fingerprint }
    expect(await signature(file)).toEqual(stranger)
    expect(await verified(file)).toMatchObject({ stage: 'done', pieces: [], signature: stranger })
    expect(await brought()).toMatchObject([{ content: { value: { signature: stranger } } }])
    must(core.state.trust.write(state))
    const renamed = await signedFile(by, { version: 2, publisherName: 'Ministry of Health' })
    expect(await signature(renamed.file)).toMatchObject({ state: 'signed', name: 'City clinic', fingerprint })
    const names = (await brought()).map(({ content }) => content.ok && content.value.publisher)
    expect(names).toEqual(['City clinic', 'City clinic'])
    // Looking teaches nothing.
    expect(core.state.trust.read()).toEqual({ ok: true, value: state })
  })

  it('is nobody, or somebody whose signature does not fit', async () => {
    const { signature, verified } = hospital()
    const [unsigned = ''] = await writtenParts(madeBundle(contents))
    expect(await signature(unsigned)).toEqual({ state: 'unsigned' })
    const { file } = await signedFile(newPublisher(), { spoil: (folder) => forgeTimestamp(folder) })
    const broken = { state: 'broken', failure: { kind: 'bundle-not-trusted', problem: 'signature-invalid' } }
    expect(await verified(file)).toMatchObject({ stage: 'done', pieces: [], signature: broken })
    expect(exitCodes['bundle-not-trusted']).toBe(118)
  })
})

describe('the folder for signatures', () => {
  it('is gone when they were looked at, and where it cannot be made that is said', async () => {
    const { signature } = hospital()
    const { file } = await signedFile(newPublisher())
    const place = temporaryFolder()
    vi.stubEnv('TMPDIR', place)
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(await signature(file)).toMatchObject({ state: 'stranger' })
    expect(readdirSync(place)).toEqual([])
    vi.stubEnv('TMPDIR', join(place, 'gone'))
    expect(await signature(file)).toMatchObject({ state: 'broken', failure: { kind: 'state-unwritable' } })
  })
})

function forgeTimestamp(folder: string): void {
  const { signed } = readTrust(folder, 'timestamp.json')
  forge(folder, 'timestamp.json', signed, [newPublisher().online])
}

describe('an import', () => {
  it.each([
    ['that nobody signed', () => writtenParts(madeBundle(contents)), 'unsigned'],
    [
      'with a wrong signature',
      async () => [(await signedFile(newPublisher(), { spoil: forgeTimestamp })).file],
      'signature-invalid',
    ],
  ])('of one %s is refused before a byte is copied', async (_, make, problem) => {
    const { imported, store } = hospital()
    const [file = ''] = await make()
    expect(await imported(file)).toMatchObject({
      stage: 'failed',
      failure: { kind: 'bundle-not-trusted', problem, folder: expect.stringMatching(/^ward/) },
    })
    expect(existsSync(store)).toBe(false)
  })

  it('of one that is older than what was seen is refused, and one of a stranger is taken, to be trusted', async () => {
    const { core, imported, client, store } = hospital()
    const by = newPublisher()
    const [older, newer] = [await signedFile(by), await signedFile(by, { version: 2 })]
    must(core.state.trust.write(pinnedBy(newer.folder)))
    expect(await imported(older.file)).toMatchObject({ failure: isRolledBack })
    expect(existsSync(store)).toBe(false)
    const stranger = await imported((await signedFile(newPublisher())).file)
    // The other keys of the same publisher are no stranger.
    expect(stranger).toMatchObject({ failure: { kind: 'publisher-key-changed' } })
    must(await client.product.publishers.remove({ publisher: 'city-clinic', typedPublisher: 'city-clinic' }))
    expect(await imported(older.file)).toMatchObject({
      stage: 'done',
      usable: false,
      why: { kind: 'publisher-unknown' },
    })
    expect(readdirSync(join(store, 'installed'))).toHaveLength(1)
  })

  it('that is refused is told by the name that its file has here', async () => {
    const { core, imported } = hospital()
    const by = newPublisher()
    const [older, newer] = [await signedFile(by), await signedFile(by, { version: 2 })]
    must(core.state.trust.write(pinnedBy(newer.folder)))
    const mine = join(temporaryFolder(), 'usb.rsb')
    copyFileSync(older.file, mine)
    expect(await imported(mine)).toMatchObject({ failure: { ...isRolledBack, folder: 'usb.rsb' } })
  })

  it('that was refused after it was copied can be removed', async () => {
    const { core, imported, client, store } = hospital()
    const by = newPublisher()
    const [older, newer] = [await signedFile(by), await signedFile(by, { version: 2 })]
    expect(await imported(older.file)).toMatchObject({
      stage: 'done',
      usable: false,
      why: { kind: 'publisher-unknown' },
    })
    // Nobody ever named it, and by now it is too old.
    must(core.state.bundles.write([]))
    must(core.state.trust.write(pinnedBy(newer.folder)))
    const [listed] = must(await client.product.bundles.list({})).filter(({ kept }) => kept)
    expect(listed).toMatchObject({ kept: true, content: { failure: { problem: 'rolled-back' } } })
    must(await client.product.bundles.remove({ place: listed?.bundleId ?? '' }))
    expect([readdirSync(join(store, 'installed')), readdirSync(join(store, 'pool'))]).toEqual([[], []])
    expect(await client.product.bundles.remove({ place: listed?.bundleId ?? '' })).toMatchObject({
      failure: { kind: 'bundle-unknown' },
    })
  })

  it('goes on with the copy that was named last, while the damaged one still lies where it lay', async () => {
    const { imported, verified, brought } = hospital({ allowsUnsigned: true })
    const [file = ''] = await writtenParts(madeBundle(contents))
    const good = join(temporaryFolder(), 'ward.rsb')
    copyFileSync(file, good)
    flipByte(file, 5)
    expect(await imported(file)).toMatchObject({ failure: { kind: 'bundle-incomplete' } })
    expect(await verified(good)).toMatchObject({ pieces: [] })
    expect(await verified(file)).toMatchObject({ pieces: [{ file: 'ward.rsb', problem: 'damaged' }] })
    expect(await imported(good)).toMatchObject({ stage: 'done', name: 'ward' })
    expect(await brought()).toMatchObject([{ content: { value: { state: 'kept' } } }])
  })

  it('has the name of the header, whatever the head of the file says', async () => {
    const { imported, client, brought } = hospital({ allowsUnsigned: true })
    const [file = ''] = await writtenParts(madeBundle(contents))
    forgeHead(file, (head) => ({ ...head, name: 'ministry' }))
    const done = await imported(file)
    expect(done).toMatchObject({ stage: 'done', name: 'ward' })
    const place = done.stage === 'done' ? done.bundleId : ''
    rmSync(file)
    must(await client.product.bundles.remove({ place }))
    expect(await brought()).toEqual([])
  })
})
