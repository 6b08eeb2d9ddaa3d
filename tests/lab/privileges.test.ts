// What a container is given is what its entry declares, seen from the engine and from the network, and nothing wider is put
// in its place before somebody agrees to it by name (P43). What was chosen of its settings stays meanwhile.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { bundleWith, removeOtherBundles } from '../support/other-bundle.ts'

const app = 'apps/clinic-note-helper.yaml'
const name = 'rackside-clinic-note-helper'
const why = 'why: { en: It needs it., zh-CN: 需要。 }'
const raw = `{ kind: capability, name: NET_RAW, ${why} }`
const read = `{ kind: host-path, path: /srv/scans, target: /scans, readOnly: true, ${why} }`
const wide = [
  raw,
  read.replace('true', 'false'),
  `{ kind: capability, name: CHOWN, ${why} }`,
  `{ kind: writable-root, ${why} }`,
  `{ kind: user, user: "0:0", ${why} }`,
  `{ kind: host-ipc, ${why} }`,
]
const nameOf = (one: string) => `clinic-note-helper/${one}`
const first = ['capability=NET_RAW', 'host-path=/srv/scans'].map(nameOf)
const later = ['writable-host-path=/srv/scans', 'capability=CHOWN', 'writable-root', 'user=0:0', 'host-ipc'].map(nameOf)
const allow = (names: readonly string[]) => names.flatMap((one) => ['--allow-privilege', one])

function declaring(folder: string, privileges: readonly string[]): string {
  const list = privileges.map((one) => `\n      - ${one}`).join('')
  return bundleWith(folder, app, (text) =>
    text.replace('    evidence: lab', `    privileges:${list}\n    evidence: lab`),
  )
}

const told = `{{.HostConfig.CapAdd}} {{.HostConfig.CapDrop}} {{.HostConfig.Privileged}} {{.HostConfig.ReadonlyRootfs}} \
{{.HostConfig.IpcMode}} {{.HostConfig.SecurityOpt}} user={{.Config.User}} {{range .Mounts}}{{.Type}}:{{.Source}}:{{.Destination}}:{{.RW}} {{end}}`

describe('what a container is given', () => {
  let appliance: LabAppliance
  let plain = ''
  let some = ''
  let more = ''
  const console = new TestConsole()
  const shell = (text: string) => inside(appliance, 'sh', '-c', text).then((said) => said.trim())
  const setup = (folder: string, ...words: string[]) => console.setup(appliance, folder, '--soak', '1', ...words).ended
  const given = () => shell(`docker inspect --format '${told}' ${name}`)
  const identity = () =>
    shell(`docker inspect --format '{{.Id}} {{.State.StartedAt}}' ${name}; ls /var/lib/rackside/journal`)
  /** Where anybody listens but sshd, the system's own, and the engine's halves between each other. */
  const listening = () =>
    shell(
      `ss -Hltnp | grep -vE '"(sshd|systemd[a-z-]*|containerd)"' | awk '{print $4}' | grep -v ':22$' | sort -u | tr '\\n' ' '`,
    )
  const draft = () =>
    shell(`docker inspect --format '{{json .Config.Env}}' ${name} | grep -o 'MAX_OUTPUT_TOKENS=[0-9]*'`)

  beforeAll(async () => {
    if (!canRunLab) return
    plain = await artifactsFolder()
    some = declaring(plain, [raw, read])
    more = declaring(plain, wide)
    appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeOtherBundles()
  })

  it('is nothing beyond the limits where nothing is declared', async () => {
    const { code, errors } = await setup(plain, '--set', 'clinic-note-helper.longest-draft=600')
    expect(code, errors).toBe(0)
    expect(await given()).toBe('[] [ALL] false true private [no-new-privileges] user=65534:65534')
    expect(await listening()).toBe('127.0.0.1:8400 127.0.0.1:8410')
    expect(await draft()).toBe('MAX_OUTPUT_TOKENS=600')
  })

  it('is no folder of the server that is not there: the plan says it, and nothing is changed', async () => {
    const before = await identity()
    const { code, json } = await setup(some, ...allow(first))
    expect([code, json]).toEqual([
      225,
      expect.objectContaining({
        failure: { kind: 'host-folder-missing', neededBy: 'clinic-note-helper', folders: ['/srv/scans'] },
      }),
    ])
    expect(await identity()).toBe(before)
    await shell('mkdir -p /srv/scans && echo scan >/srv/scans/one && chmod 777 /srv/scans')
  })

  it('is refused until somebody agrees to each of it by name, and nothing is changed', async () => {
    const before = await identity()
    const refused = await setup(some)
    expect([refused.code, refused.errors]).toEqual([110, expect.stringContaining(allow(first).join(' '))])
    const half = await setup(some, ...allow(first.slice(1)))
    expect([half.code, half.json]).toEqual([
      110,
      expect.objectContaining({ failure: { kind: 'privilege-not-agreed', privileges: first.slice(0, 1) } }),
    ])
    expect(await identity()).toBe(before)
  })

  it('is exactly what was declared', async () => {
    const { code, errors } = await setup(some, ...allow(first))
    expect(code, errors).toBe(0)
    expect(await given()).toBe(
      '[CAP_NET_RAW] [ALL] false true private [no-new-privileges] user=65534:65534 bind:/srv/scans:/scans:false',
    )
    expect(await shell(`docker exec ${name} /bin/busybox cat /scans/one`)).toBe('scan')
    expect(await shell(`docker exec ${name} /bin/busybox touch /scans/two 2>&1`)).toMatch(/Read-only/)
    expect(await listening()).toBe('127.0.0.1:8400 127.0.0.1:8410')
    // Nobody said anything of it this time.
    expect(await draft()).toBe('MAX_OUTPUT_TOKENS=600')
  })

  it('is not asked again, and wider is refused unagreed with nothing changed', async () => {
    expect(await setup(some)).toMatchObject({ code: 0, json: { changed: 0 } })
    const before = await identity()
    const refused = await setup(more, ...allow(first))
    expect(refused.json).toMatchObject({ failure: { kind: 'privilege-not-agreed', privileges: later } })
    expect(refused.code).toBe(110)
    expect(await identity()).toBe(before)
  })

  it('is wider once each new one is agreed to, and narrower without a question', async () => {
    const { code, errors } = await setup(more, ...allow(later))
    expect(code, errors).toBe(0)
    expect(await given()).toBe(
      // Whoever shares memory with the host gets no label of SELinux from the engine: that is part of it.
      '[CAP_CHOWN CAP_NET_RAW] [ALL] false false host [no-new-privileges label=disable] user=0:0 bind:/srv/scans:/scans:true',
    )
    expect(await shell(`docker exec ${name} /bin/busybox sh -c 'touch /scans/two /three && id -u'`)).toBe('0')
    const narrower = await setup(plain, '--unset', 'clinic-note-helper.longest-draft')
    expect(narrower.code, narrower.errors).toBe(0)
    expect(await given()).toBe('[] [ALL] false true private [no-new-privileges] user=65534:65534')
    expect(await draft()).toBe('MAX_OUTPUT_TOKENS=400')
  })
  it('is the network of the server where that is declared: it listens there itself, and nothing is published', async () => {
    // Nobody finds it by its name from the network of the solution: its smoke test could not either.
    const untested = bundleWith(plain, 'solutions/clinic-starter.yaml', (text) =>
      text.replace(/ {2}- role: probe\n[\s\S]*$/, ''),
    )
    const folder = bundleWith(declaring(untested, [`{ kind: host-network, ${why} }`]), app, (text) =>
      text
        .replace('requires: [openai-chat@1]', 'requires: []')
        .replace('containerPort: 8080', 'containerPort: 8410')
        .replaceAll('127.0.0.1:8080', '127.0.0.1:8410')
        // Its model is not found by its name from there.
        .replace('readyPath: /readyz', 'readyPath: /healthz')
        .replace('      PORT:', '      HOST: 127.0.0.1\n      PORT:'),
    )
    const { code, errors } = await setup(folder, ...allow([nameOf('host-network')]))
    expect(code, errors).toBe(0)
    expect(
      await shell(`docker inspect --format '{{.HostConfig.NetworkMode}} {{.HostConfig.PortBindings}}' ${name}`),
    ).toBe('host map[]')
    expect(await shell(`ss -Hltnp 'sport = :8410' | grep -c docker-proxy`)).toBe('0')
    expect(await listening()).toBe('127.0.0.1:8400 127.0.0.1:8410')
    expect(await setup(folder)).toMatchObject({ code: 0, json: { changed: 0 } })
    expect((await setup(plain)).code).toBe(0)
    expect(await shell(`ss -Hltnp 'sport = :8410' | grep -c docker-proxy`)).toBe('1')
  })
})
