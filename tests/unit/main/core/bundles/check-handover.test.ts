// A bundle that is handed over, as a site sees it that has never heard of its publisher: who signed it, what is in it, what
// is not right; nobody is trusted by looking, and nothing of this computer is told.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentsOf } from '../../../../../main/catalog/container/documents.ts'
import type { HandoverProgress } from '../../../../../shared/contract/bundles.ts'
import { pinnedBy } from '../../../../support/bundle-attacks.ts'
import { flipByte, madeBundle, seededBytes, writtenParts } from '../../../../support/container-cases.ts'
import { must } from '../../../../support/demo-core.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { newPublisher, signAs } from '../../../../support/signed-bundle.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const contents = { engine: seededBytes('engine', 90_000), model: seededBytes('model', 200_000) }

async function handedOver({ isSigned = true, spoil = (_: string) => undefined as unknown } = {}) {
  const { documents, files } = madeBundle(contents)
  const folder = temporaryFolder()
  for (const [name, bytes] of documents) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  if (isSigned) signAs(newPublisher(), folder, { version: 3 })
  spoil(folder)
  const [file = ''] = await writtenParts({ documents: documentsOf(folder), files })
  return { file, folder }
}

async function checked(file: string) {
  const { core, clientAs } = pretendCore()
  const client = clientAs('admin')
  const { place } = must(await client.desk.openBundleFiles({ files: [file] }))
  let newest: HandoverProgress | undefined
  for await (const one of await client.product.bundles.checkHandover({ place })) newest = one
  return { newest, core, client, place }
}

describe('a bundle that is handed over', () => {
  it('is by a stranger with a fingerprint to compare, whole, and trusted by nobody afterwards', async () => {
    const { file, folder } = await handedOver()
    const { newest, core } = await checked(file)
    const fingerprint = pinnedBy(folder).publishers[0]?.fingerprint
    expect(newest).toMatchObject({
      stage: 'done',
      handover: {
        ...{ publisher: { id: 'city-clinic', name: 'City clinic' }, fingerprint, version: 3, expired: false },
        ...{ carriedBytes: 290_000, pieces: [] },
      },
    })
    expect(must(core.state.trust.read()).publishers).toEqual([])
  })

  it('has every entry with its licence and what it wants beyond the limits of every container', async () => {
    const { newest } = await checked((await handedOver()).file)
    const entries = newest?.stage === 'done' ? newest.handover.entries : []
    expect(entries.length).toBeGreaterThan(0)
    for (const one of entries) expect(one).toMatchObject({ licence: expect.any(String), privileges: expect.any(Array) })
  })

  it('with one wrong byte names the piece', async () => {
    const { file } = await handedOver()
    flipByte(file, 250_000)
    expect((await checked(file)).newest).toMatchObject({ handover: { pieces: [{ problem: 'damaged' }] } })
  })

  it('that nobody signed is refused by the name of its file, not by a folder of this computer', async () => {
    const { file } = await handedOver({ isSigned: false })
    const failure = { kind: 'bundle-not-trusted', problem: 'unsigned', folder: basename(file) }
    expect((await checked(file)).newest).toEqual({ stage: 'failed', failure: expect.objectContaining(failure) })
  })

  it('whose file went away meanwhile says so', async () => {
    const { file } = await handedOver()
    const { client, place } = await checked(file)
    rmSync(file)
    let newest: HandoverProgress | undefined
    for await (const one of await client.product.bundles.checkHandover({ place })) newest = one
    expect(newest).toMatchObject({ stage: 'failed', failure: { kind: 'container-unusable' } })
  })
})
