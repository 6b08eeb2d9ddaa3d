// Whom the recorder tells, in real shells with real curl: what lasts is told once, and once that it is over, whoever
// restarts it; what did not get out is tried again and stands in its state; and no argument of a process has the address.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { recorderAlertConfig, recorderAlertFor } from '../../../../main/core/recorder/recorder-alert.ts'
import { command, Secret } from '../../../../shared/domain/command.ts'
import { nvidia } from '../../../../shared/facts/accelerators/nvidia.ts'
import { toolProbe } from '../../../../shared/facts/probe.ts'
import { readRecorderLook, recorderLookScript } from '../../../../shared/facts/recorder-look.ts'
import { recorderScript, segmentBytes } from '../../../../shared/facts/recorder-script.ts'
import { pretendCore } from '../../../support/pretend-core.ts'
import { realShells } from '../../../support/real-shells.ts'
import { finished, killGroup, movedTo, startShell } from '../../../support/shell-appliance.ts'
import { programFolder } from '../../../support/shell-process.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { receiveWeb } from '../../../support/web-receiver.ts'

const probes = [toolProbe(nvidia.sampleProbe.id, command('fake-nvidia'), 5)]
const address = { host: '10.78.0.11', port: 22, user: 'ops' }
const token = 'tok-7f3a-secret'

type Shell = readonly [string, ...string[]]

/** A server that says of its containers, its disk, its cards and the time what the files of its folder say. */
async function serverFor(shell: Shell) {
  const folder = temporaryFolder()
  const says = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const path = [
    programFolder(
      'docker',
      `echo look >>${folder}/looks\n[ -e ${folder}/containers ] || exit 1\ncat ${folder}/containers`,
    ),
    programFolder('df', `echo head; echo "disk 9000000 0 9000000 $(cat ${folder}/share)% /"`),
    programFolder(
      'date',
      `case $* in +%s) echo $(($(/bin/date +%s) + $(cat ${folder}/ahead))) ;; *) exec /bin/date "$@" ;; esac`,
    ),
    programFolder('fake-nvidia', `cat ${folder}/cards`),
    // What the arguments were, and then the real one.
    programFolder('curl', `echo "$*" >>${folder}/arguments\nexec /usr/bin/curl "$@"`),
    process.env['PATH'],
  ].join(':')
  says('containers', 'rackside-ward Up 3 minutes\n')
  says('share', '50')
  says('ahead', '0')
  says('cards', '0, GPU-a, x\n1, GPU-b, x\n')
  says('looks', '')
  const recorder = join(folder, 'rackside', 'recorder')
  mkdirSync(join(recorder, 'ring'), { recursive: true })
  mkdirSync(join(folder, 'rackside', 'deployments'))
  writeFileSync(join(folder, 'rackside', 'deployments', 'ward.json'), '{}')

  const answer = { status: 204 }
  const receiver = await receiveWeb(() => answer)
  onTestFinished(() => receiver.close())
  const { core } = pretendCore()
  const credentialId = 'hook-token'
  core.alerts.secrets.of = async () => ({ ok: true, value: { token: new Secret(token) } })
  const settings = core.alerts.keeper.settings()
  if (!settings.ok) throw new Error('no settings')
  const way = { kind: 'webhook', url: `${receiver.origin}/hook/{token}`, keyId: credentialId } as const
  core.alerts.keeper.change({
    ...settings.value,
    channels: [{ id: 'duty', atLeast: 'info', list: 'first', language: 'en', way }],
  })
  const alert = recorderAlertFor(core, { channel: 'duty', address })
  if (!alert.ok) throw new Error(alert.failure.kind)
  const config = await recorderAlertConfig(core, alert.value, address)
  if (!config.ok) throw new Error(config.failure.kind)
  writeFileSync(join(recorder, 'alert.conf'), movedTo(folder, config.value.reveal()))
  writeFileSync(join(recorder, 'recorder.sh'), 'it runs from its text here')
  writeFileSync(join(recorder, 'alert.sh'), movedTo(folder, alert.value.script))

  // In front of the folders that a script looks in before those of its own PATH: this machine may have a real docker there.
  const text = movedTo(folder, recorderScript(probes, { intervalSeconds: 1, limitBytes: 3 * segmentBytes })).replace(
    'export LC_ALL=C PATH="',
    `export LC_ALL=C PATH="${path}:`,
  )
  const looks = () => readFileSync(join(folder, 'looks'), 'utf8').split('\n').length
  return {
    folder,
    says,
    answer,
    messages: () => receiver.received.map(({ body }) => JSON.parse(body) as Record<string, string>),
    received: receiver.received,
    start() {
      const child = startShell(text, path, shell)
      onTestFinished(() => killGroup(child))
      return child
    },
    /** So many looks at the services from now on. */
    async looked(times: number) {
      const from = looks()
      await until(() => looks() >= from + times)
    },
    async state() {
      const { stdout } = await finished(startShell(movedTo(folder, recorderLookScript.text), path, shell))
      const read = readRecorderLook(stdout, { nowMs: Date.now(), scriptSha256: '' })
      return read.state === 'known' ? read.value.state : read
    },
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let look = 0; look < 200 && !holds(); look += 1) await sleep(100)
  expect(holds()).toBe(true)
}

describe.each(realShells.map((shell) => [shell.join(' '), shell] as const))(
  'whom the recorder tells in %s',
  (_, shell) => {
    it('hears of a killed container once, through a restart, and once that it is over', async () => {
      const server = await serverFor(shell)
      const first = server.start()
      await server.looked(4)
      expect(server.messages()).toEqual([])
      server.says('containers', 'rackside-ward Exited (137) 2 seconds ago\n')
      await until(() => server.received.length === 1)
      await server.looked(2)
      const over = finished(first)
      killGroup(first)
      await over
      server.start()
      await server.looked(5)
      server.says('ahead', '100')
      server.says('containers', 'rackside-ward Up 1 second\n')
      await until(() => server.received.length === 2)
      // Again within the hour: nobody is told before it is over.
      server.says('containers', '')
      await server.looked(5)
      expect(server.messages()).toMatchObject([
        { kind: 'fired', rule: 'runtime-down', subject: 'ward', appliance: '10.78.0.11:22', by: 'recorder' },
        { kind: 'over', rule: 'runtime-down', subject: 'ward' },
      ])
      server.says('ahead', '4000')
      await until(() => server.received.length === 3)
      const [{ title = '', lines = '', at = '', since = '' } = {}] = server.messages()
      expect(title).toBe('[critical] 10.78.0.11:22 ward: service does not answer')
      expect(lines).toContain('The recorder on the server itself says this, whether or not a console watches.')
      expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(120_000)
      expect(since).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC[+-]\d{4}\)$/)
      expect(new Set(server.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(3)
      // The address goes where it should, and no argument of a process has it.
      expect(server.received.map(({ url }) => url)).toEqual(Array(3).fill(`/hook/${token}`))
      const all = readFileSync(join(server.folder, 'arguments'), 'utf8')
      expect(all).toContain('--config')
      expect(all).not.toContain(token)
    }, 90_000)

    it('hears of one whose check fails, and not that it is over before that says so', async () => {
      const server = await serverFor(shell)
      server.start()
      await server.looked(2)
      server.says('containers', 'rackside-ward Up 9 minutes (unhealthy)\n')
      await until(() => server.received.length === 1)
      server.says('ahead', '100')
      // Whoever crashes at every start is up most of the time.
      server.says('containers', 'rackside-ward Up 20 seconds (health: starting)\n')
      await server.looked(5)
      expect(server.messages()).toMatchObject([{ kind: 'fired', rule: 'runtime-down', subject: 'ward' }])
      server.says('containers', 'rackside-ward Up 2 minutes (healthy)\n')
      await until(() => server.received.length === 2)
      expect(server.messages().at(-1)).toMatchObject({ kind: 'over', rule: 'runtime-down', subject: 'ward' })
    }, 90_000)

    it('hears of a silent engine, a full disk and a lost card, and of nothing that lasted for less', async () => {
      const server = await serverFor(shell)
      server.start()
      await server.looked(3)
      server.says('containers', 'rackside-ward Exited (1)\n')
      await server.looked(1)
      server.says('containers', 'rackside-ward Up 1 second\n')
      await server.looked(3)
      expect(server.messages()).toEqual([])
      server.says('share', '96')
      server.says('cards', '0, GPU-a, x\n')
      await until(() => server.received.length === 2)
      const gone = join(server.folder, 'containers')
      writeFileSync(`${gone}.kept`, '')
      rmSync(gone)
      await until(() => server.received.length === 3)
      expect(
        server.messages().map(({ rule, subject, kind }) => [kind, rule, subject?.replace(server.folder, '')]),
      ).toEqual([
        ['fired', 'disk-full', '/rackside 96 %'],
        ['fired', 'device-lost', `${nvidia.sampleProbe.id} 1/2`],
        ['fired', 'engine-silent', 'Docker'],
      ])
      // Between the limits it is neither.
      server.says('ahead', '100')
      server.says('share', '94')
      await server.looked(5)
      expect(server.received).toHaveLength(3)
      server.says('share', '93')
      await until(() => server.received.length === 4)
      expect(server.messages().at(-1)).toMatchObject({ kind: 'over', rule: 'disk-full' })
    }, 90_000)

    it('gets later what it did not take, and the state says so until then', async () => {
      const server = await serverFor(shell)
      server.answer.status = 307
      server.start()
      await server.looked(2)
      server.says('containers', '')
      await until(() => server.received.length === 1)
      await server.looked(4)
      expect(server.received).toHaveLength(1)
      expect(await server.state()).toMatchObject({
        alert: { host: expect.stringMatching(/^127/), untold: { exitCode: 0 } },
      })
      server.answer.status = 200
      server.says('ahead', '61')
      await until(() => server.received.length === 2)
      await server.looked(3)
      expect(server.received).toHaveLength(2)
      expect((await server.state()) as object).toMatchObject({ alert: { host: expect.any(String) } })
      expect(JSON.stringify(await server.state())).not.toContain('untold')
      const [one, two] = server.received
      expect(one?.headers['idempotency-key']).toBe(two?.headers['idempotency-key'])
    }, 90_000)

    it('hears nothing while a run is at work, and once of what was taken away while it was down', async () => {
      const server = await serverFor(shell)
      server.start()
      await server.looked(2)
      const lock = join(server.folder, 'rackside', 'lock')
      const run = startShell(
        `exec 9>>${lock}; flock -n 9; printf '%s\\n' '{"run":"r"}' $$ >${lock}; sleep 7; :`,
        '/usr/bin:/bin',
      )
      await until(() => existsSync(lock) && readFileSync(lock, 'utf8') !== '')
      server.says('containers', '')
      await finished(run)
      expect(server.received).toEqual([])
      await until(() => server.received.length === 1)
      const record = join(server.folder, 'rackside', 'deployments', 'ward.json')
      rmSync(record)
      server.says('ahead', '100')
      await until(() => server.received.length === 2)
      expect(server.messages().at(-1)).toMatchObject({ kind: 'over', rule: 'runtime-down' })
      expect(JSON.stringify(server.messages().at(-1))).toContain('it is not there any more')
    }, 90_000)
  },
)
