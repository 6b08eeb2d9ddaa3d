// An app of three containers: a page, a real Redis that only it reaches, and a worker. Its parts start before it, keep
// their data under new versions, are seen where one stops, and go with it.
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mustRun } from '../../scripts/lab/host/run-command.ts'
import { bridge } from '../../scripts/lab/machine/network.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  during,
  inside,
  type LabAppliance,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { containerStarts } from '../support/lab-services.ts'
import { needs } from '../support/needs.ts'
import { bundleWith, removeOtherBundles } from '../support/other-bundle.ts'

const entry = 'apps/note-register.yaml'
const network = 'rackside-ward-register_register'
const volume = 'rackside-register-db_data'
const secret = '/var/lib/rackside/secrets/register/database.1'
const page = 'http://127.0.0.1:8610'
const all = [
  'rackside-letters',
  'rackside-register',
  'rackside-register-db',
  'rackside-register-worker',
  'rackside-ward-model',
]
const ask = (...words: string[]) => ['--solution', 'ward-register', ...words]

/** With a route over the lab's own bridge, so that no packet for it leaves this machine. */
async function reachedByNeighbour(gateway: string, host: string, port: number): Promise<boolean> {
  await mustRun(['ip', 'route', 'add', `${host}/32`, 'via', gateway, 'dev', bridge])
  try {
    expect(await mustRun(['ip', 'route', 'get', host])).toContain(`dev ${bridge}`)
    return await new Promise<boolean>((resolve) => {
      const socket = connect({ host, port }).setTimeout(3000, () => socket.destroy(new Error('no answer')))
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
      socket.on('close', () => resolve(false))
    })
  } finally {
    await mustRun(['ip', 'route', 'delete', `${host}/32`, 'via', gateway, 'dev', bridge])
  }
}

describe('an app of several containers', () => {
  let appliance: LabAppliance
  let first = ''
  let next = ''
  let broken = ''
  let failing = ''
  const console = new TestConsole()
  const shell = (text: string) => inside(appliance, 'sh', '-c', text).then((said) => said.trim())
  const start = (folder: string) => console.start('setup', appliance, ...ask('--from', folder, '--yes', '--soak', '2'))
  const setup = (folder: string) => start(folder).ended
  const notes = () => shell(`curl --silent --fail ${page}/notes`)
  const ticks = () => shell(`curl --silent --fail ${page}/ticks`).then(Number)
  const running = () =>
    shell("docker ps --filter label=rackside.deployment --format '{{.Names}}' | sort").then((said) => said.split('\n'))
  const addressOf = (name: string) =>
    shell(
      `docker inspect --format '{{with index .NetworkSettings.Networks "${network}"}}{{.IPAddress}}{{end}}' ${name}`,
    )

  beforeAll(async () => {
    if (!canRunLab) return
    first = await artifactsFolder('--parts')
    next = bundleWith(first, entry, (text) =>
      text.replace('version: "1"', 'version: "2"').replace('      PORT:', '      WARD: "2"\n      PORT:'),
    )
    broken = bundleWith(next, entry, (text) =>
      text
        .replace('version: "2"', 'version: "3"')
        .replace(
          'healthCommand: [/usr/bin/redis-cli, -e, ping]\n    startTimeoutSeconds: 60',
          'healthCommand: [/bin/busybox, sh, -c, "exit 1"]\n    startTimeoutSeconds: 20',
        ),
    )
    // Its parts are well and it is too, but it never takes requests.
    failing = bundleWith(next, entry, (text) =>
      text.replace('version: "2"', 'version: "4"').replace('readyPath: /readyz', 'readyPath: /nowhere'),
    )
    appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeOtherBundles()
  })

  it('goes on where a console died while its parts were started', async () => {
    const setting = start(first)
    const begun =
      'n=0; until docker inspect rackside-register-db >/dev/null 2>&1; do n=$((n + 1)); [ $n -lt 900 ] || exit 1; sleep 0.1; done'
    await during(setting, shell(begun))
    setting.process.kill('SIGKILL')
    await setting.ended
    expect(await shell('docker inspect rackside-register 2>/dev/null | head -c 1; echo .')).not.toContain('running')
    const { code, json, errors } = await setup(first)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    expect(await running()).toEqual(all)
  })

  it('is set up once, and keeps what is written to it', async () => {
    const before = await containerStarts(appliance)
    expect((await setup(first)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
    expect(await containerStarts(appliance)).toEqual(before)
    await shell(
      `curl --silent --fail --data 'of the ward' ${page}/notes; curl --silent --fail --data '门诊' ${page}/notes`,
    )
    expect(JSON.parse(await notes())).toEqual(['of the ward', '门诊'])
    const counted = await ticks()
    await expect.poll(ticks).toBeGreaterThan(counted)
  })

  it('has a network of its own, in which nobody else is and from which nothing is published', async () => {
    const members = `docker network inspect --format '{{.Internal}} {{range .Containers}}{{.Name}} {{end}}' ${network}`
    expect((await shell(members)).split(' ').sort()).toEqual(
      ['true', 'rackside-register', 'rackside-register-db', 'rackside-register-worker'].sort(),
    )
    const ports = `docker inspect --format '{{.Name}} {{json .HostConfig.PortBindings}}' rackside-register-db rackside-register-worker`
    expect(await shell(ports)).toBe('/rackside-register-db {}\n/rackside-register-worker {}')
    expect(await shell('ss -Hltn | grep -c :6379 || :')).toBe('0')
  })

  it('has a database that no other app and nobody in the local network reaches', async () => {
    const address = await addressOf('rackside-register-db')
    expect(address).toMatch(/^\d+\.\d+\.\d+\.\d+$/)
    const reach = (container: string, host: string) =>
      shell(`docker exec ${container} /usr/bin/node -e '
const socket = require("net").connect({ host: "${host}", port: 6379 }).setTimeout(2000, () => end("no answer"))
const end = (said) => { console.log(said); process.exit() }
socket.on("connect", () => end("reached")).on("error", (error) => end(error.code))'`)
    expect(await reach('rackside-register', 'register-db')).toBe('reached')
    expect(await reach('rackside-register', address)).toBe('reached')
    expect(await reach('rackside-letters', 'register-db')).not.toBe('reached')
    expect(await reach('rackside-letters', address)).not.toBe('reached')
    // Another machine of the same network that sends packets for it to the appliance, as a neighbour can.
    expect(await reachedByNeighbour(appliance.address, address, 6379)).toBe(false)
  })

  it('has a password that is nowhere but in its own files and containers', async () => {
    const value = await shell(`cat ${secret}`)
    expect(value).toMatch(/^[0-9a-f]{64}$/)
    expect(await shell(`grep -rlaF -f ${secret} /var/lib/rackside | sort | sed 's/-[0-9a-f]\\{12\\}/-X/'`)).toBe(
      [
        secret,
        '/var/lib/rackside/services/register-db/env-X',
        '/var/lib/rackside/services/register-db/files-X/redis.conf',
        '/var/lib/rackside/services/register-worker/files-X/password',
        '/var/lib/rackside/services/register/env-X',
      ].join('\n'),
    )
    const seen = `ps -eo args=; docker inspect --format '{{json .Config.Labels}} {{json .Config.Cmd}} {{json .Config.Healthcheck}}' $(docker ps -aq); journalctl --no-pager 2>/dev/null`
    expect(await shell(`{ ${seen}; } | grep -cF -f ${secret}`)).toBe('0')
    const files = readdirSync(console.home, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    expect(files.length).toBeGreaterThan(0)
    for (const one of files) expect(readFileSync(join(one.parentPath, one.name), 'latin1')).not.toContain(value)
    const unasked = 'docker exec --env REDISCLI_AUTH= rackside-register-db /usr/bin/redis-cli ping 2>&1 | head -n 1'
    expect(await shell(unasked)).toMatch(/NOAUTH|WRONGPASS/)
  })

  it('is seen where a part of it stops, and a set-up starts that again', async () => {
    await shell('docker stop rackside-register-worker')
    const { json } = await console.run('status', appliance)
    expect(json).toMatchObject({
      ...{
        verdict: 'down',
        deployments: expect.arrayContaining([
          expect.objectContaining({
            deployment: 'register-worker',
            partOf: 'register',
            state: 'down',
            reason: 'not-running',
          }),
          expect.objectContaining({
            deployment: 'register-db',
            partOf: 'register',
            state: 'healthy',
            reason: 'check-passes',
          }),
        ]),
      },
    })
    const drift = await console.run('drift', appliance)
    expect(JSON.stringify(drift.json)).toContain('container-stopped')
    expect((await setup(first)).json).toMatchObject({ verdict: 'healthy', changed: 2 })
  })

  it('is as it was where a new version of a part does not become well, with its data', async () => {
    const before = await shell("docker inspect --format '{{.Id}}' rackside-register-db rackside-register")
    const { code, json, errors } = await setup(broken)
    expect(code, errors).toBe(55)
    expect(json).toMatchObject({ failure: { kind: 'step-failed', undone: true } })
    expect(await shell("docker inspect --format '{{.Id}}' rackside-register-db rackside-register")).toBe(before)
    expect(JSON.parse(await notes())).toEqual(['of the ward', '门诊'])
    expect((await setup(first)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  const inspected = (format: string) => shell(`docker inspect --format '${format}' ${all.slice(1, 4).join(' ')}`)
  const saved = () => shell(`ls /var/lib/rackside/backups/register-db/*/${volume}.tar 2>/dev/null | wc -l`).then(Number)

  it('is whole as it was where it fails itself after its parts were replaced, with their data', async () => {
    const before = await inspected('{{.Id}} {{.State.Running}} {{.HostConfig.RestartPolicy.Name}}')
    const savedBefore = await saved()
    const { code, json, errors } = await setup(failing)
    expect(code, errors).toBe(55)
    expect(json).toMatchObject({ failure: { kind: 'step-failed', step: 'container.register', undone: true } })
    expect(await saved()).toBeGreaterThan(savedBefore)
    expect(await inspected('{{.Id}} {{.State.Running}} {{.HostConfig.RestartPolicy.Name}}')).toBe(before)
    expect(await running()).toEqual(all)
    expect(JSON.parse(await notes())).toEqual(['of the ward', '门诊'])
    expect(await shell("docker ps -a --format '{{.Names}}' | grep -c previous || :")).toBe('0')
    expect((await setup(first)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  /** A console dies after the new database took its place; what was begun ends by itself. */
  const cutUpgrade = async () => {
    const setting = start(next)
    const between = `n=0; until [ "$(docker inspect --format '{{index .Config.Labels "rackside.version"}}' rackside-register-db 2>/dev/null)" = 2 ]; do n=$((n + 1)); [ $n -lt 1800 ] || exit 1; sleep 0.1; done`
    await during(setting, shell(between))
    setting.process.kill('SIGKILL')
    await setting.ended
    await shell(
      "n=0; while systemctl --plain --no-legend list-units 'rackside-*' | grep -q running; do n=$((n + 1)); [ $n -lt 120 ] || exit 1; sleep 0.5; done",
    )
  }
  const version = '{{index .Config.Labels "rackside.version"}}'

  it('goes back where a console died between its parts and itself', async () => {
    await cutUpgrade()
    expect(await inspected(version)).not.toBe('2\n2\n2')
    const back = await setup(first)
    expect(back.json, back.errors).toMatchObject({ verdict: 'healthy' })
    expect(await inspected(version)).toBe('1\n1\n1')
    expect(JSON.parse(await notes())).toEqual(['of the ward', '门诊'])
    expect(await shell("docker ps -a --format '{{.Names}}' | grep -c previous || :")).toBe('0')
  })

  it('keeps its data under a new version of it and its parts, and what they were is saved, also where a console died in between', async () => {
    await cutUpgrade()
    const { code, json, errors } = await setup(next)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    expect(JSON.parse(await notes())).toEqual(['of the ward', '门诊'])
    expect(await shell(`ls /var/lib/rackside/backups/register-db/*/${volume}.tar | wc -l`)).not.toBe('0')
    expect(
      await shell(`docker inspect --format '{{index .Config.Labels "rackside.version"}}' ${all.slice(1, 4).join(' ')}`),
    ).toBe('2\n2\n2')
    expect((await setup(next)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  it('goes back as a whole, and no part of it alone', async () => {
    const { json } = await console.run('rollback', appliance)
    const versions = json['versions'] as { deployment: string; specDigest: string; inService: boolean }[]
    expect(versions.map(({ deployment }) => deployment)).not.toContain('register-db')
    const old = versions.find((one) => one.deployment === 'register' && !one.inService)
    const back = await console.run('rollback', appliance, '--to', old?.specDigest ?? '', '--soak', '2', '--yes')
    expect(back.code, back.errors).toBe(0)
    expect(
      await shell(`docker inspect --format '{{index .Config.Labels "rackside.version"}}' ${all.slice(1, 4).join(' ')}`),
    ).toBe('1\n1\n1')
    expect(JSON.parse(await notes())).toEqual(['of the ward', '门诊'])
    expect((await setup(first)).json).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  it('leaves nothing, its parts and their network neither', async () => {
    const { code, json, errors } = await console.run(
      'uninstall',
      appliance,
      '--type-host',
      appliance.address,
      '--delete-data',
    )
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ left: [] })
    const nothing =
      "docker ps -aq; docker volume ls -q; docker network ls --format '{{.Name}}' | grep rackside; docker images -q; ls -d /var/lib/rackside 2>/dev/null; echo end"
    expect(await shell(nothing)).toBe('end')
  })
})
