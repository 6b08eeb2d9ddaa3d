// A service that keeps data in a volume: it is made once, outlives replacements, is saved before each and put back when
// one fails, and goes only where an uninstall is to take data away.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  during,
  inside,
  type LabAppliance,
  lab,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { bundleWith, removeOtherBundles } from '../support/other-bundle.ts'

const app = 'apps/clinic-note-helper.yaml'
const volume = 'rackside-clinic-note-helper_notes'
const backups = '/var/lib/rackside/backups'
const saved = `${backups}/clinic-note-helper`
const volumes = '\nvolumes:\n  - { name: notes, target: /data, backUp: true }\nvariants:'
const spoils = 'echo spoiled >/data/notes.txt; /bin/busybox rm -rf /data/letters; echo 2 >/data/schema; exit 1'
const soak = ['--soak', '2']
const folder = `"$(docker volume inspect --format '{{.Mountpoint}}' ${volume})"`
const spoil = `cd ${folder} && echo spoiled >notes.txt && rm -rf letters && echo 2 >schema`
/** Until its vendor's probe has passed since the data were saved: the new version is watched then. */
const probed = `find /var/lib/rackside/tasks -name '*.probe' -newer "$(ls -t ${saved}/*/of | head -n 1)" 2>/dev/null`
const watched = `n=0; until docker inspect rackside-clinic-note-helper-previous >/dev/null 2>&1 && [ -n "$(${probed})" ]; do
n=$((n + 1)); [ $n -lt 300 ] || exit 1; sleep 0.2; done`

describe('a service with data', () => {
  let appliance: LabAppliance
  let first = ''
  let broken = ''
  let next = ''
  const console = new TestConsole()
  const shell = (text: string) => inside(appliance, 'sh', '-c', text).then((said) => said.trim())
  const setup = (folder: string) => console.setup(appliance, folder, ...soak).ended
  const uninstall = (...words: string[]) =>
    console.run('uninstall', appliance, '--type-host', appliance.address, ...words)
  /** Of everything in the volume: kind, mode, owners, time, where it leads, content. */
  const data = () =>
    shell(`cd ${folder} || exit 1
find . -printf '%P %y %m %U:%G %T@ %l\\n' | sort; find . -type f -exec sha256sum {} + | sort`)
  const archives = () => shell(`ls ${saved} 2>/dev/null | wc -l`).then(Number)
  const service = () => shell("docker inspect --format '{{.Id}} {{.State.Status}}' rackside-clinic-note-helper")
  let written = ''

  beforeAll(async () => {
    if (!canRunLab) return
    first = bundleWith(await artifactsFolder(), app, (text) => text.replace('\nvariants:', volumes))
    broken = bundleWith(first, app, (text) =>
      text
        .replace(/healthCommand: .*/, `healthCommand: [/bin/busybox, sh, -c, ${JSON.stringify(spoils)}]`)
        .replace('startTimeoutSeconds: 60', 'startTimeoutSeconds: 30'),
    )
    next = bundleWith(first, app, (text) => text.replace('      PORT:', '      WARD: "2"\n      PORT:'))
    appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeOtherBundles()
  })

  it('gets its volume once, to write to', async () => {
    const { code, json, errors } = await setup(first)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    const mounts = '{{range .Mounts}}{{.Type}} {{.Name}} {{.Destination}} {{.RW}}{{end}}'
    expect(await shell(`docker inspect --format '${mounts}' rackside-clinic-note-helper`)).toBe(
      `volume ${volume} /data true`,
    )
    expect((await setup(first)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
    await shell(`cd ${folder} || exit 1
mkdir -p letters/.drafts; printf 'of a ward\\n' >notes.txt; printf '病历\\0' >'letters/门诊 1'; ln -s ../notes.txt letters/link
ln notes.txt second; chown -hR 65534:65534 .; chown 1234:4321 letters/.drafts; chmod 2750 letters; chmod 4640 notes.txt
head -c 3000000 /dev/urandom >letters/scan; touch -d '2020-02-03 04:05:06.789012345' notes.txt letters`)
    written = await data()
    expect(written).toContain('1580702706.7890123')
  })

  it('has the old version with its data back, after a new one that spoils them', async () => {
    const before = await service()
    const { code, json, errors } = await setup(broken)
    expect(code, errors).toBe(55)
    expect(json).toMatchObject({ failure: { kind: 'step-failed', undone: true } })
    expect(await data()).toBe(written)
    expect(await service()).toBe(before)
    expect(before).toContain('running')
    expect(await archives()).toBe(1)
    expect((await setup(first)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  it('is not stopped where there is too little room for the archive', async () => {
    const before = `${await service()} ${await shell("docker inspect --format '{{.State.StartedAt}}' rackside-clinic-note-helper")}`
    await lab('fault', appliance.name, 'disk', 'full', backups, '100')
    const { code, json } = await setup(next)
    await lab('fault', appliance.name, 'disk', 'undo')
    expect(code).toBe(37)
    expect(json).toMatchObject({ failure: { kind: 'disk-too-small', path: backups } })
    const after = `${await service()} ${await shell("docker inspect --format '{{.State.StartedAt}}' rackside-clinic-note-helper")}`
    expect(after).toBe(before)
  })

  it('has its data back also where the engine is started anew while the new version is watched', async () => {
    const before = await service()
    const setting = console.setup(appliance, next, '--soak', '60')
    await during(setting, shell(watched))
    await shell(spoil)
    await shell('systemctl restart docker')
    const { code, json, errors } = await setting.ended
    expect(code, errors).toBe(55)
    expect(json).toMatchObject({ failure: { kind: 'step-failed', undone: true } })
    expect([await data(), await service()]).toEqual([written, before])
    expect(await archives()).toBe(2)
  })

  it('keeps them under a new version, and what they were lies beside it for root alone', async () => {
    const old = await shell(
      `docker inspect --format '{{index .Config.Labels "rackside.spec"}}' rackside-clinic-note-helper`,
    )
    const { code, errors } = await setup(next)
    expect(code, errors).toBe(0)
    expect(errors).toContain(saved)
    expect(await data()).toBe(written)
    expect(await archives()).toBe(3)
    const archive = `${saved}/*-${old}/${volume}.tar`
    expect(await shell(`stat -c '%U %a' $(ls -d ${archive} | tail -n 1)`)).toBe('root 600')
    expect(await shell(`tar -tf $(ls -d ${archive} | tail -n 1) | sort | head -n 3`)).toContain('./letters/')
    expect((await setup(next)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  it('keeps them when a person goes back', async () => {
    const { json } = await console.run('rollback', appliance)
    const versions = json['versions'] as { deployment: string; specDigest: string; inService: boolean }[]
    const old = versions.find((one) => one.deployment === 'clinic-note-helper' && !one.inService)
    const back = await console.run('rollback', appliance, '--to', old?.specDigest ?? '', ...soak, '--yes')
    expect(back.code, back.errors).toBe(0)
    expect(back.errors).toContain(saved)
    expect(await data()).toBe(written)
    expect(await archives()).toBe(4)
  })

  it('serves on in its old version after a power cut, with its data as they are then, which are saved anew', async () => {
    const setting = console.setup(appliance, next, '--soak', '60')
    await during(setting, shell(watched))
    await lab('kill', appliance.name)
    await setting.ended
    await lab('boot', appliance.name)
    const answers = () =>
      shell('curl --silent --fail --max-time 2 http://127.0.0.1:8410/healthz >/dev/null && echo yes')
    await expect.poll(answers, { timeout: 60_000 }).toBe('yes')
    await shell(`cd ${folder} && echo late >late`)
    written = await data()
    const { code, json, errors } = await setup(next)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    expect(await data()).toBe(written)
    // The newest five stay.
    expect(await archives()).toBe(5)
    expect(await shell(`tar -tf $(ls -d ${saved}/*/${volume}.tar | tail -n 1)`)).toContain('./late')
  })

  it('leaves them and what was saved of them behind, and a setup finds them again', async () => {
    const { code, json, errors } = await uninstall()
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ left: [] })
    expect(errors).toContain(`${volume}, ${backups}`)
    expect(await data()).toBe(written)
    expect(await archives()).toBe(5)
    expect(await shell('cd /var/lib/rackside && ls')).toBe('backups\nmade\nowners')
    expect((await uninstall()).json).toMatchObject({ changed: 0 })
    expect((await setup(first)).json).toMatchObject({ verdict: 'healthy' })
    expect(await data()).toBe(written)
  })

  it('leaves nothing where data are to go, at once or later', async () => {
    expect((await uninstall()).json).toMatchObject({ left: [] })
    const { code, json, errors } = await uninstall('--delete-data')
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ left: [] })
    const nothing = 'docker volume ls --quiet; ls -d /var/lib/rackside 2>/dev/null; echo end'
    expect(await shell(nothing)).toBe('end')
    expect((await uninstall('--delete-data')).json).toMatchObject({ changed: 0 })
    expect((await setup(first)).json).toMatchObject({ verdict: 'healthy' })
    expect((await uninstall('--delete-data')).json).toMatchObject({ left: [] })
    expect(await shell(nothing)).toBe('end')
  })
})
