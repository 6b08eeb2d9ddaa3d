// Docker names an image differently in its two stores. On either: every solution of the catalog is set up, changes
// nothing the second time, goes to another image and back again, and leaves no image behind. One of the lab's two images
// is plain, the other lies in an index with its attestation.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inSample } from '../../scripts/config/sample.ts'
import { digestList, type ImageIdentity } from '../../shared/domain/artifact.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { containerStarts, idsOf } from '../support/lab-services.ts'
import { needs } from '../support/needs.ts'
import { otherBundle, removeOtherBundles } from '../support/other-bundle.ts'

/** In CI one of them a day. */
const stores = [
  { store: 'classic', storageDriver: 'overlay2' },
  { store: 'containerd', storageDriver: 'overlayfs' },
].filter((_, place) => inSample(place))

describe.each(stores)('with its images in the $store store', ({ store, storageDriver }) => {
  let appliance: LabAppliance
  let folder: string
  let imagesBefore: string
  const console = new TestConsole()
  const setUp = (solution: string, from: string, ...words: string[]) =>
    console.run('setup', appliance, '--solution', solution, '--from', from, '--yes', ...words)

  beforeAll(async () => {
    if (!canRunLab) return
    folder = await artifactsFolder()
    appliance = await bareAppliance('none', store)
    imagesBefore = await imagesOf(appliance)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeOtherBundles()
  })

  it('sets up every solution, and changes and restarts nothing the second time', async () => {
    expect(await inside(appliance, 'docker', 'info', '--format', '{{.Driver}}')).toBe(`${storageDriver}\n`)
    for (const solution of solutionsIn(folder)) {
      const first = await setUp(solution, folder)
      expect(first, first.errors).toMatchObject({ code: 0, json: { verdict: 'healthy' } })
      const [before, images] = [await containerStarts(appliance), await imagesOf(appliance)]
      expect(images).not.toBe(imagesBefore)
      const second = await setUp(solution, folder)
      expect(second.json, second.errors).toMatchObject({ verdict: 'healthy', changed: 0, sentBytes: 0 })
      expect(await containerStarts(appliance)).toEqual(before)
      expect(await imagesOf(appliance)).toBe(images)
    }
  })

  it('goes to another image and back to the one that it kept, which is not sent again', async () => {
    const before = await containerStarts(appliance)
    const later = await setUp('clinic-starter', await artifactsFolder('--extra-image-mib', '1'), '--soak', '2')
    expect(later.json, later.errors).toMatchObject({ verdict: 'healthy', changed: 3 })
    expect(idsOf(await containerStarts(appliance))[0]).not.toBe(idsOf(before)[0])
    const listed = await console.run('rollback', appliance)
    const versions = listed.json['versions'] as { deployment: string; specDigest: string; inService: boolean }[]
    const kept = versions.filter((one) => one.deployment === 'clinic-model' && !one.inService)
    expect(kept).toHaveLength(1)
    const to = kept[0]?.specDigest.slice(0, 12) ?? ''
    const back = await console.run('rollback', appliance, '--to', to, '--soak', '2', '--yes')
    expect(back.json, back.errors).toMatchObject({ verdict: 'healthy', changed: 1 })
    const again = await setUp('clinic-starter', folder)
    expect(again.json, again.errors).toMatchObject({ verdict: 'healthy', changed: 0, sentBytes: 0 })
    expect(await console.run('drift', appliance)).toMatchObject({ code: 0, json: { drift: [] } })
  })

  it('keeps what five versions need, and removes what the sixth pushes out once nobody uses it', async () => {
    const oldest = imageIn(await artifactsFolder('--extra-image-mib', '1'))
    const change = async (threads: number) => {
      const from = otherBundle(folder, `"--metrics", "--threads-http", "${threads}"`)
      const { json, errors } = await setUp('clinic-starter', from, '--soak', '0')
      expect(json, errors).toMatchObject({ verdict: 'healthy' })
      return json['changed']
    }
    expect([await change(2), await change(3), await change(4)]).toEqual([1, 1, 1])
    const id = await idThere(appliance, oldest)
    await inside(appliance, 'docker', 'create', '--name', 'of-somebody', id)
    expect([await change(5), await idThere(appliance, oldest)]).toEqual([1, id])
    await inside(appliance, 'docker', 'rm', 'of-somebody')
    expect([await change(6), await idThere(appliance, oldest)]).toEqual([2, ''])
    expect(await idThere(appliance, imageIn(folder))).not.toBe('')
  })

  it('leaves no image behind', async () => {
    const { code, json, errors } = await console.run('uninstall', appliance, '--type-host', appliance.address)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ left: [] })
    expect(await inside(appliance, 'docker', 'ps', '--all', '--quiet')).toBe('')
    expect(await imagesOf(appliance)).toBe(imagesBefore)
  })
})

/** By the engine's own list, whose order is none; also those without a name, and by containerd's, where it keeps them. */
function imagesOf(appliance: LabAppliance): Promise<string> {
  return inside(appliance, 'sh', '-c', 'docker image ls --all --no-trunc | sort; ctr --namespace moby images ls')
}

/** Of the model server. */
function imageIn(folder: string): ImageIdentity {
  const { artifacts } = digestList.parse(JSON.parse(readFileSync(join(folder, 'digests.json'), 'utf8')))
  const found = artifacts.find(({ id }) => id.startsWith('llama-server'))
  if (found?.kind !== 'image') throw new Error(`there is no image of the model server in ${folder}`)
  return found.image
}

/** The engine's name for it; empty where it has it no more. */
async function idThere(appliance: LabAppliance, image: ImageIdentity): Promise<string> {
  const ids = (await inside(appliance, 'docker', 'image', 'ls', '--no-trunc', '--quiet')).split('\n')
  return ids.find((id) => id === image.configDigest || id === image.manifestDigest) ?? ''
}

function solutionsIn(folder: string): string[] {
  return readdirSync(join(folder, 'catalog', 'solutions')).map((file) => basename(file, '.yaml'))
}
