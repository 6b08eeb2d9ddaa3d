// Weights that are a folder of safetensors: sent file by file, put together of hard links, read by a container that is not
// root; damaged and mended, cut off and finished, replaced and taken away.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  bareAppliance,
  type CliEnd,
  type CliRun,
  canRunLab,
  during,
  inside,
  type LabAppliance,
  lab,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { containerStarts } from '../support/lab-services.ts'
import { needs } from '../support/needs.ts'
import { bundleWith, removeOtherBundles } from '../support/other-bundle.ts'

const models = '/var/lib/rackside/models'
const artifacts = '/var/lib/rackside/artifacts'
const mib = 1024 * 1024
/** All of the model's files, without the one of weights that another version has in its place. */
const shared = [
  ...['assets/licences/notice.json', 'config.json', 'generation_config.json', 'model-00001-of-00003.safetensors'],
  ...['model-00002-of-00003.safetensors', 'model.safetensors.index.json', 'tokenizer.json', 'tokenizer_config.json'],
]
const changing = 'model-00003-of-00003.safetensors'
/** As slow as on a disk that has much to do: somebody may be killed between two links. */
const slowLn = `printf '#!/bin/sh\\nsleep 1\\nexec /usr/bin/ln "$@"\\n' >/usr/sbin/ln && chmod 755 /usr/sbin/ln`
const halfMade = `n=0; until [ "$(find ${models}/*.new -type f 2>/dev/null | wc -l)" -ge 3 ]; do
n=$((n + 1)); [ $n -lt 600 ] || exit 1; sleep 0.1; done`

describe('a model in a folder of safetensors', () => {
  let appliance: LabAppliance
  let first = ''
  let second = ''
  const console = new TestConsole()
  const shell = (text: string) => inside(appliance, 'sh', '-c', text).then((said) => said.trim())
  const setup = (folder: string, ...words: string[]): CliRun =>
    console.start('setup', appliance, '--solution', 'folder-starter', '--from', folder, '--soak', '1', ...words)
  const installed = (folder: string): Promise<CliEnd> => setup(folder, '--yes').ended
  const folders = () => shell(`ls ${models} 2>/dev/null || true`).then((text) => text.split('\n').filter(Boolean))
  const read = () => shell('curl --silent http://127.0.0.1:8460/files').then((text) => JSON.parse(text))
  /** Bytes on the disk of what Rackside has there, each file once. */
  const usedBytes = () => shell('du -sb /var/lib/rackside | cut -f 1').then(Number)

  beforeAll(async () => {
    if (!canRunLab) return
    first = String((await lab('model-folder'))['folder'])
    second = String((await lab('model-folder', '--model-version', '2'))['folder'])
    appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeOtherBundles()
  })

  it('leaves nothing half where the console is killed between two links', async () => {
    await shell(slowLn)
    const killed = setup(first, '--yes')
    await during(killed, shell(halfMade))
    killed.process.kill('SIGKILL')
    await killed.ended
    const atWork = () => shell('pgrep -f rackside/artifact[s]/sha256 >/dev/null && echo yes || echo no')
    await expect.poll(atWork, { timeout: 15_000 }).toBe('no')
    expect((await folders()).every((name) => name.endsWith('.new'))).toBe(true)
    await shell('rm /usr/sbin/ln')
  })

  it('is set up by the same command, sends nothing twice, and every file is read by a user who is not root', async () => {
    const { code, json, errors } = await installed(first)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy', sentBytes: 0 })
    const [folder = '', ...others] = await folders()
    expect(others).toEqual([])
    expect(folder).toMatch(/^sha256-[0-9a-f]{64}$/)
    const { user, type, files } = await read()
    expect([user, type, Object.keys(files)]).toEqual([65_534, 'llama', [...shared, changing].sort()])
    const mounts = `docker inspect --format '{{range .Mounts}}{{.Source}} {{.Destination}} {{.RW}}{{end}}'`
    expect(await shell(`${mounts} rackside-folder-model`)).toBe(`${models}/${folder} /models/rackside-folder false`)
    const held = `cd ${models} && find . -mindepth 1 -printf '%y %m %U:%G\\n' | sort -u`
    expect(await shell(held)).toBe('d 755 0:0\nf 444 0:0')
    expect(
      await shell(`cd ${models}/${folder} && sha256sum --quiet --check ${artifacts}/${folder} && echo right`),
    ).toBe('right')
    expect(await shell("docker inspect --format '{{.HostConfig.ShmSize}}' rackside-folder-model")).toBe(
      String(256 * mib),
    )
  })

  it('takes the room of its bytes once, and a second run changes nothing', async () => {
    const sent = await shell(`du -sb ${artifacts} | cut -f 1`).then(Number)
    expect(sent).toBeGreaterThan(80 * mib)
    expect((await usedBytes()) - sent).toBeLessThan(mib)
    const before = await containerStarts(appliance)
    expect((await installed(first)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
    expect(await containerStarts(appliance)).toEqual(before)
  })

  it('without one of its files has drifted, and is mended where a container has it mounted', async () => {
    const [folder = ''] = await folders()
    await shell(`rm ${models}/${folder}/tokenizer.json && echo more >${models}/${folder}/assets/more`)
    const drifted = await console.run('drift', appliance)
    expect(drifted.json['drift'], drifted.errors).toMatchObject([
      { deployment: 'folder-model', what: 'weights-differ', was: `${models}/${folder}`, now: 'tokenizer.json' },
    ])
    const before = await containerStarts(appliance)
    const again = await installed(first)
    expect(again.code, again.errors).toBe(0)
    expect(again.json).toMatchObject({ verdict: 'healthy', changed: 1, sentBytes: 0 })
    expect(await containerStarts(appliance)).toEqual(before)
    const names = 'docker exec rackside-folder-model ls /models/rackside-folder /models/rackside-folder/assets'
    expect(await shell(names)).toContain('tokenizer.json')
    expect(await shell(names)).not.toContain('more')
    expect((await console.run('drift', appliance)).json).toMatchObject({ drift: [] })
  })

  it('says which link was refused, and by what', async () => {
    await shell(`mkdir /root/models && cp -a ${models}/. /root/models && mount -t tmpfs none ${models}`)
    const { code, json } = await installed(first)
    await shell(`umount ${models} && rm -r /root/models`)
    expect([code, json]).toMatchObject([107, { failure: { kind: 'links-refused', problem: 'other-filesystem' } }])
    expect((await installed(first)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  it('of another version shares what is the same, and with the last of the old one its own files go', async () => {
    const [old = ''] = await folders()
    const upgraded = await installed(second)
    expect(upgraded.code, upgraded.errors).toBe(0)
    expect(upgraded.json).toMatchObject({ verdict: 'healthy' })
    expect(Number(upgraded.json['sentBytes'])).toBeLessThan(6 * mib)
    expect(await folders()).toHaveLength(2)
    expect((await usedBytes()) / mib).toBeLessThan(87)
    // As if the old version had been pushed out by those after it.
    await shell(`rm $(grep -l ${old} /var/lib/rackside/versions/folder-model/*.json)`)
    const others = bundleWith(second, 'runtime-folder-reader.yaml', (text) =>
      text.replace('"environment": {}', '"environment": { "WARD": "2" }'),
    )
    const replaced = await installed(others)
    expect(replaced.code, replaced.errors).toBe(0)
    expect(replaced.errors).toContain(`Take apart the model folder ${old.slice(7, 19)}`)
    expect(await folders()).toHaveLength(1)
    expect(await folders()).not.toContain(old)
    expect((await usedBytes()) / mib).toBeLessThan(82)
    expect((await installed(others)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  it('leaves nothing behind when it is uninstalled', async () => {
    const { code, json, errors } = await console.run('uninstall', appliance, '--type-host', appliance.address)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ left: [] })
    expect(
      await shell('ls -d /var/lib/rackside 2>/dev/null; docker ps --all --quiet; docker images --quiet; echo end'),
    ).toBe('end')
  })
})
