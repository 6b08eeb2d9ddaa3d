// Steps that change the system itself, on a server without an engine: the engine comes from the bundle, every other
// kind is applied, holds, and is taken away again with nothing left of it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Connection } from '../../shared/domain/connection.ts'
import type { StepSpec, StepSpecOf } from '../../shared/domain/plan.ts'
import { withoutEngine } from '../support/bare-server.ts'
import { applyHost, planHost, takeAway } from '../support/host-plan.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  insideWith,
  type LabAppliance,
  lab,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { connectToLab } from '../support/lab-connection.ts'
import { needs } from '../support/needs.ts'
import { today } from '../support/today.ts'

const held = { owner: 'root', group: 'root', mode: '0750' }
const settings = '/etc/docker/daemon.json'
const hospital = '{\n    "log-level": "warn",\n    "labels": ["site=ward-3"]\n}\n'

const steps: readonly StepSpec[] = [
  { kind: 'account', user: 'ward-ai', group: 'ward-ai', groups: ['video'] },
  { kind: 'directory', path: '/srv/ward/data', owner: 'ward-ai', group: 'ward-ai', mode: '0750' },
  { kind: 'file', path: '/srv/ward/data/settings.ini', ...held, mode: '0640', content: "name = 'ward'\n" },
  { kind: 'kernel-parameter', key: 'net.core.somaxconn', value: '4242' },
  { kind: 'volume', name: 'ward-records', deployment: 'ward' },
  {
    kind: 'systemd-unit',
    name: 'ward-clock.service',
    content: '[Service]\nExecStart=/usr/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n',
    ...{ enabled: true, started: true },
  },
  {
    kind: 'runtime-registration',
    ...{ runtime: 'ward', path: '/usr/bin/runc', arguments: [], asDefault: false, activation: 'reload' },
  },
]

describe('steps that change the system itself', () => {
  let appliance: LabAppliance
  let folder: string
  let connection: Connection
  const console = new TestConsole()
  const shell = (text: string) => inside(appliance, 'sh', '-c', text).then((said) => said.trim())

  beforeAll(async () => {
    if (!canRunLab) return
    folder = await artifactsFolder()
    appliance = await bareAppliance()
    await withoutEngine(appliance)
    connection = await connectToLab(appliance)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(async () => {
    console.remove()
    await connection?.close()
  })

  it('a bundle that has the engine sets up a server that has none, and nothing the second time', async () => {
    const { code, json, errors } = await console.setup(appliance, folder).ended
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy', unchanged: 1 })
    expect(await shell("dpkg-query -W -f '${db:Status-Abbrev}' docker.io")).toBe('hi')
    const again = await console.setup(appliance, folder).ended
    expect(again.json).toMatchObject({ verdict: 'healthy', changed: 0, unchanged: 11 })
  })

  it('every kind holds, changes nothing the second time, and leaves nothing behind', async () => {
    await insideWith(appliance, hospital, 'sh', '-c', `cat >${settings} && systemctl restart docker`)
    const services = () => shell("docker ps --format '{{.ID}} {{.Names}}' | sort")
    await expect.poll(services, { timeout: 20_000 }).toMatch(/rackside-clinic-model/)
    const [filesBefore, servicesBefore] = [await shell(everything), await services()]
    const first = await applyHost(connection, steps)
    expect(first).toMatchObject({ changed: steps.length, unchanged: 0 })
    expect(first.failure).toBeUndefined()
    expect(await shell(`cat ${settings}`)).toContain('"labels": [')
    expect(await shell('cat /proc/sys/net/core/somaxconn; id -nG ward-ai')).toBe('4242\nward-ai video')
    expect(await applyHost(connection, steps)).toMatchObject({ changed: 0 })
    // What a person changed after it stays.
    await shell('echo more >>/srv/ward/data/settings.ini')
    expect(await applyHost(connection, steps.slice(2, 3))).toMatchObject({ changed: 1 })
    expect(await takeAway(connection, ['docker-debian'])).toHaveLength(steps.length)
    expect(await shell(everything)).toBe(filesBefore)
    expect((await planHost(connection, steps)).map((step) => step.change)).toEqual(steps.map(() => true))
    expect(await services()).toBe(servicesBefore)
  })

  today(0, 3)('settings of the engine that cannot be read are named and not touched', async () => {
    await insideWith(appliance, '{ "log-level": ', 'sh', '-c', `cat >${settings}`)
    const { failure } = await applyHost(connection, steps.slice(-1))
    expect(failure).toEqual({ kind: 'host-object-unusable', what: settings, problem: 'unparsable' })
    expect(await shell(`cat ${settings}`)).toBe('{ "log-level":')
    await insideWith(appliance, hospital, 'sh', '-c', `cat >${settings}`)
  })

  today(0, 3)('a vendor installer runs once, and takes away what it installed', async () => {
    const sha256 = await shell(`printf '%s' '${installer}' >/tmp/one.run; ${keep('/tmp/one.run')}`)
    const vendor: StepSpecOf<'host-package'> = {
      ...packageOf(sha256),
      ...{ package: 'vendor-driver', manager: 'run', arguments: ['--full', '--quiet'] },
      ...{ removeArguments: ['--uninstall'], versionFile: { path: '/opt/vendor/version.info', field: 'Version' } },
      parts: [{ name: 'vendor-driver', version: '25.2.0', fileName: 'driver.run', artifactSha256: sha256 }],
    }
    expect(await applyHost(connection, [vendor])).toMatchObject({ changed: 1 })
    expect(await shell('cat /opt/vendor/version.info')).toBe('Version=25.2.0\nasked for=--full --quiet')
    expect(await applyHost(connection, [vendor])).toMatchObject({ changed: 0 })
    await takeAway(connection, ['docker-debian'])
    expect(await shell('ls -d /opt/vendor 2>/dev/null || echo gone')).toBe('gone')
  })

  today(1, 3)(
    'a package waits for a lock and names who holds it; broken off it is repaired; a reboot is asked for (P54)',
    async () => {
      const sha256 = await shell(makeDeb)
      const wanted: readonly StepSpec[] = [packageOf(sha256), { kind: 'reboot', package: 'ward-driver' }]
      await shell(`setsid python3 -c '${holdLock}' >/dev/null 2>&1 & echo $! >/run/holder; sleep 0.5`)
      const { failure } = await applyHost(connection, wanted)
      expect(failure).toMatchObject({ kind: 'package-manager-busy', holder: expect.stringMatching(/^\d+ \(.*python3/) })
      await shell('kill $(cat /run/holder); : >/run/slow')
      const broken = applyHost(connection, wanted)
      await expect.poll(() => shell('pgrep -f "^sleep 98" || :'), { timeout: 20_000 }).not.toBe('')
      await shell('systemctl kill --signal=KILL rackside-host-package.0.service; rm /run/slow')
      expect((await broken).failure).toMatchObject({ kind: 'step-failed' })
      expect((await planHost(connection, wanted))[0]).toMatchObject({ reason: 'package-broken' })
      expect((await applyHost(connection, wanted)).failure).toEqual({ kind: 'reboot-needed', package: 'ward-driver' })
      await connection.close()
      await lab('kill', appliance.name)
      await lab('boot', appliance.name)
      connection = await connectToLab(appliance)
      expect(await applyHost(connection, wanted)).toMatchObject({ changed: 0, unchanged: 2 })
      // The engine too: it came with Rackside.
      expect(await takeAway(connection)).toEqual(['host-package', 'host-package'])
      expect(await shell('ls /usr/sbin/dockerd /etc/default/docker /etc/init.d/docker 2>/dev/null; echo gone')).toBe(
        'gone',
      )
    },
  )

  today(2, 3)('an uninstall takes the engine away again that came with the bundle', async () => {
    const { code, json, errors } = await console.run('uninstall', appliance, '--type-host', appliance.address)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ left: [] })
    expect(await shell('command -v dockerd || ls /var/lib/rackside 2>/dev/null || echo nothing')).toBe('nothing')
  })
})

/** What is where steps write: paths, owners, modes and contents. */
const everything = `cd / && find etc srv opt var/lib/rackside/made -printf '%p %U %G %m %l\\n' -type f -exec sha256sum {} + 2>/dev/null |
  grep -v -e 'etc/[.a-z]*-$' -e '^etc/[a-z]*- ' | sort; docker volume ls --quiet; getent passwd | tail -n 1`

/** Under the name that a transfer gives it; prints its sha256. */
function keep(file: string): string {
  return `s=$(sha256sum <${file} | cut -c 1-64); cp ${file} /var/lib/rackside/artifacts/sha256-$s; echo $s`
}

const installer = `#!/bin/sh
if [ "$1" = --uninstall ]; then rm -rf /opt/vendor; exit; fi
mkdir -p /opt/vendor && printf "Version=25.2.0\\nasked for=%s\\n" "$*" >/opt/vendor/version.info
`
const makeDeb = `rm -rf /tmp/deb; mkdir -p /tmp/deb/DEBIAN; cd /tmp
printf 'Package: ward-driver\\nVersion: 1.0\\nArchitecture: all\\nMaintainer: ward\\nDescription: lab\\n' >deb/DEBIAN/control
printf '#!/bin/sh\\n[ ! -e /run/slow ] || sleep 98\\n' >deb/DEBIAN/postinst
chmod 755 deb/DEBIAN/postinst && dpkg-deb --build deb one.deb >/dev/null && ${keep('/tmp/one.deb')}`
const holdLock = `import fcntl, time
f = open("/var/lib/dpkg/lock-frontend", "w"); fcntl.lockf(f, fcntl.LOCK_EX); time.sleep(90)`

function packageOf(artifactSha256: string): StepSpecOf<'host-package'> {
  return {
    kind: 'host-package',
    ...{ package: 'ward-driver', manager: 'deb', arguments: [], removeArguments: [] },
    ...{ hold: false, rebootNeeded: true, lockWaitSeconds: 2 },
    parts: [{ name: 'ward-driver', version: '1.0', fileName: 'ward-driver_1.0_all.deb', artifactSha256 }],
  }
}
