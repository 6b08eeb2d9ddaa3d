// From a vendor's desk to a hospital without the internet, and through the vendor's next versions: one file each time, and
// nothing of it is used that its publisher did not sign.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../scripts/lab/host/run-command.ts'
import { type AirGap, airGap } from '../support/air-gap.ts'
import { flipByte } from '../support/container-cases.ts'
import {
  artifactsFolder,
  bareAppliance,
  type CliEnd,
  canRunLab,
  inside,
  type LabAppliance,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { labSources, ownEntry, putText } from '../support/lab-vendor.ts'
import { needs } from '../support/needs.ts'

const scans = 'kind: host-path, path: /srv/scans, target: /scans, readOnly: true'
/** Where the model is that it asks. */
const joins = ['--allow-privilege', 'clinic-note/join-network=rackside-clinic-starter']
const agreed = ['--allow-privilege', 'clinic-note/host-path=/srv/scans']

describe('a vendor and a hospital without the internet', () => {
  let appliance: LabAppliance
  let gap: AirGap
  let hospital: TestConsole
  let lab = ''
  const desk = new TestConsole({ RACKSIDE_ALLOW_UNSIGNED: '' })
  const work = mkdtempSync(join(tmpdir(), 'rackside-vendor-'))
  const at = (...names: string[]) => join(work, ...names)
  const secret = ['--passphrase-file', at('passphrase')]
  const fingerprints = new Map<string, string>()
  const bundles = new Map<string, string>()

  beforeAll(async () => {
    if (!canRunLab) return
    writeFileSync(at('passphrase'), 'correct horse battery staple\n', { mode: 0o600 })
    lab = await artifactsFolder()
    appliance = await bareAppliance('ascend-910b4x8')
    gap = await airGap(appliance, Number(process.env['VITEST_POOL_ID'] ?? 1))
    hospital = new TestConsole({ RACKSIDE_ALLOW_UNSIGNED: '' }, gap.inFront)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(async () => {
    await gap?.close()
    hospital?.remove()
    desk.remove()
    rmSync(work, { recursive: true, force: true })
  })

  const ended = async (code: number, run: Promise<CliEnd>) => {
    const end = await run
    expect(end.code, `${end.errors} ${JSON.stringify(end.json)}`).toBe(code)
    return end.json
  }
  const vendor = (...words: string[]) => ended(0, desk.startWords('vendor', ...words, '--json').ended)
  const asks = (code: number, ...words: string[]) => ended(code, hospital.startWords(...words, '--json').ended)
  const init = async (id: string, name: string, project: string) => {
    const made = await vendor('init', at(project), '--publisher-id', id, '--publisher-name', name, ...secret)
    fingerprints.set(id, String(made['fingerprint']))
  }
  /** Of a project that is ready: one file, named as its release. */
  const release = async (project: string, file: string) => {
    await vendor('pack', at(project))
    const signed = await vendor('sign', at(project), '--out', at(file), ...secret)
    await vendor('verify', at(file), '--fingerprint', String(signed['fingerprint']))
  }
  const takes = async (file: string) =>
    bundles.set(file, String((await asks(0, 'bundle', 'import', at(file)))['bundleId']))
  const installs = (code: number, file: string, solution: string, ...words: string[]) => {
    const from = ['--solution', solution, '--from', bundles.get(file) ?? '', '--soak', '1']
    return ended(code, hospital.run('setup', appliance, ...from, '--yes', ...words))
  }
  const sh = async (text: string) => (await inside(appliance, 'sh', '-c', text)).trim()
  const untouched = () =>
    sh("docker ps --all --format '{{.ID}} {{.Names}}' | sort; ls -A /var/lib/rackside 2>/dev/null")

  it('builds a bundle for this very server, and its parts are taken once all of them are there', async () => {
    const facts = await ended(0, hospital.run('detect', appliance))
    putText(at('facts.json'), JSON.stringify(facts))
    await init('builder', 'Appliance Builders', 'clinic-starter')
    putText(
      at('sources.json'),
      JSON.stringify({
        ...{ format: 1, publisher: { id: 'builder', name: 'Appliance Builders' }, artifacts: labSources(lab) },
      }),
    )
    const build = ['--catalog', join(lab, 'catalog'), '--solution', 'clinic-starter', '--for', at('facts.json')]
    const out = ['--sources', at('sources.json'), '--out', at('built', 'clinic-starter')]
    await ended(0, desk.startWords('bundle', 'build', ...build, ...out, '--json').ended)
    const parts = ['--from', at('built', 'clinic-starter'), '--out', at('starter.rsb'), '--part-size', '64M', ...secret]
    const signed = await vendor('sign', at('clinic-starter'), ...parts)
    const files = signed['files'] as string[]
    expect(files.length).toBeGreaterThan(2)
    const withoutOne = files.filter((file) => !file.endsWith('.002'))
    await asks(121, 'bundle', 'import', ...(await elsewhere(withoutOne)))
    const copied = await asks(0, 'bundle', 'import', ...files)
    const { fingerprint, bundleId } = copied['why'] as { fingerprint: string; bundleId: string }
    expect(fingerprint).toBe(fingerprints.get('builder'))
    bundles.set('starter.rsb', bundleId)
  })

  /** What somebody copied without one part. */
  const elsewhere = async (files: readonly string[]) => {
    const folder = mkdtempSync(at('stick-'))
    return files.map((file) => {
      const copy = join(folder, file.split('/').at(-1) ?? '')
      writeFileSync(copy, readFileSync(file))
      return copy
    })
  }

  it('is trusted by its fingerprint only, and set up', async () => {
    const id = bundles.get('starter.rsb') ?? ''
    await asks(116, 'publishers', 'pin', id, '--fingerprint', `SHA256:${'A'.repeat(43)}`)
    await installs(114, 'starter.rsb', 'clinic-starter')
    await asks(0, 'publishers', 'pin', id, '--fingerprint', fingerprints.get('builder') ?? '')
    expect(await installs(0, 'starter.rsb', 'clinic-starter')).toMatchObject({ verdict: 'healthy' })
  })

  it('gets the app of another vendor beside it, and nothing else is touched', async () => {
    const before = await sh(
      "docker inspect --format '{{.Id}} {{.State.StartedAt}}' rackside-clinic-model rackside-clinic-note-helper",
    )
    await init('acme', 'Acme Medical', 'note')
    for (const entry of ['apps/clinic-note-helper', 'probes/clinic-note-smoke-test', 'solutions/clinic-note']) {
      putText(at('note', 'catalog', `${entry}.yaml`), ownEntry(entry))
    }
    rmSync(at('note', 'catalog', 'apps', 'note.yaml'))
    rmSync(at('note', 'catalog', 'solutions', 'note.yaml'))
    const image = labSources(lab)['clinic-note-helper-amd64']
    const artifacts = { 'clinic-note-helper-amd64': image }
    putText(at('note', 'vendor.yaml'), JSON.stringify({ format: 1, line: 'note', publisher: 'publisher', artifacts }))
    await vendor('lint', at('note'))
    const tried = await vendor('try', at('note'), '--for', at('facts.json'))
    expect(tried['trials']).toMatchObject([{ solution: 'clinic-note' }])
    await release('note', 'note-1.rsb')
    const copied = await asks(0, 'bundle', 'import', at('note-1.rsb'))
    const { bundleId } = copied['why'] as { bundleId: string }
    bundles.set('note-1.rsb', bundleId)
    await asks(0, 'publishers', 'pin', bundleId, '--fingerprint', fingerprints.get('acme') ?? '')
    expect(await installs(0, 'note-1.rsb', 'clinic-note', ...joins)).toMatchObject({ verdict: 'healthy' })
    expect(await installs(0, 'note-1.rsb', 'clinic-note')).toMatchObject({ verdict: 'healthy', changed: 0 })
    const visit = JSON.stringify({ visit: 'Cough for three days.', language: 'en' })
    const draft = `curl --silent --max-time 60 -H 'content-type: application/json' -d '${visit}' http://127.0.0.1:8420/api/draft`
    expect(await sh(draft)).toContain('"text"')
    const after = await sh(
      "docker inspect --format '{{.Id}} {{.State.StartedAt}}' rackside-clinic-model rackside-clinic-note-helper",
    )
    expect(after).toBe(before)
  })

  it('sees what an upgrade wants besides, and nothing of it happens before somebody agrees', async () => {
    await sh('mkdir -p /srv/scans && chmod 777 /srv/scans')
    const entry = readFileSync(at('note', 'catalog', 'apps', 'clinic-note-helper.yaml'), 'utf8')
    const why = 'why: { en: It reads scans., zh-CN: 读取扫描件。 }'
    const wider = entry
      .replace('version: "1"', 'version: "2"')
      .replace('    evidence: lab', `    privileges:\n      - { ${scans}, ${why} }\n    evidence: lab`)
    putText(at('note', 'catalog', 'apps', 'clinic-note-helper.yaml'), wider)
    await release('note', 'note-2.rsb')
    await takes('note-2.rsb')
    const before = await untouched()
    const refused = await installs(110, 'note-2.rsb', 'clinic-note')
    expect(refused).toMatchObject({ failure: { privileges: ['clinic-note/host-path=/srv/scans'] } })
    const wish = ['--solution', 'clinic-note', '--from', bundles.get('note-2.rsb') ?? '']
    const { replacements } = await ended(0, hospital.run('plan', appliance, ...wish))
    expect(replacements).toMatchObject([
      {
        service: 'clinic-note',
        differences: [{ what: 'privileges', before: [], after: ['host-path=/srv/scans'] }, { what: 'version' }],
      },
    ])
    expect(await untouched()).toBe(before)
    expect(await installs(0, 'note-2.rsb', 'clinic-note', ...agreed)).toMatchObject({ verdict: 'healthy' })
    await asks(118, 'bundle', 'import', at('note-1.rsb'))
  })

  it('uses nothing of a file in which one byte is another one, wherever that is', async () => {
    const whole = readFileSync(at('note-2.rsb'))
    const before = await untouched()
    const places = [100, 3000, 9000, Math.floor(whole.length / 3), Math.floor(whole.length / 2), whole.length - 1]
    for (const place of places) {
      const file = at(`tampered-${place}.rsb`)
      writeFileSync(file, whole)
      flipByte(file, place)
      const stranger = new TestConsole({ RACKSIDE_ALLOW_UNSIGNED: '' }, gap.inFront)
      const { code, json } = await stranger.startWords('bundle', 'import', file, '--json').ended
      stranger.remove()
      rmSync(file)
      // Those that take it as whole would ask for trust in the publisher (114).
      expect([118, 120, 121], `byte ${place}: ${JSON.stringify(json)}`).toContain(code)
    }
    expect(await untouched()).toBe(before)
  })

  it('hears that a version was taken back by a file that brings nothing else', async () => {
    await vendor('init', at('advisories'), '--keys', at('note', 'publisher'))
    rmSync(at('advisories', 'catalog'), { recursive: true })
    putText(
      at('advisories', 'vendor.yaml'),
      JSON.stringify({
        ...{ format: 1, line: 'advisories', publisher: '../note/publisher', artifacts: {} },
      }),
    )
    const reason = 'reason: { en: It loses notes., zh-CN: 会丢失记录。 }'
    putText(
      at('advisories', 'blocked.yaml'),
      `blocked:\n  - { entry: clinic-note-helper, versions: ["2"], since: 2026-11-27, ${reason} }\n`,
    )
    await release('advisories', 'advisories.rsb')
    await takes('advisories.rsb')
    const flagged = await hospital.run('status', appliance)
    expect(JSON.stringify(flagged.json)).toContain('It loses notes.')
    expect(flagged.json['verdict']).toBe('healthy')
    await sh('docker rm --force rackside-clinic-note')
    expect(await installs(125, 'note-2.rsb', 'clinic-note', ...agreed)).toMatchObject({
      failure: { kind: 'version-blocked', publisher: 'Acme Medical', version: '2' },
    })
  })

  it('takes new keys by the same kind of file, and the next version with them', async () => {
    const rotated = await vendor('rotate', at('note'), '--root-too', ...secret)
    const entry = readFileSync(at('note', 'catalog', 'apps', 'clinic-note-helper.yaml'), 'utf8')
    putText(at('note', 'catalog', 'apps', 'clinic-note-helper.yaml'), entry.replace('version: "2"', 'version: "3"'))
    await release('note', 'note-3.rsb')
    await takes('note-3.rsb')
    const listed = (await asks(0, 'publishers', 'list'))['publishers'] as { id: string; fingerprint: string }[]
    expect(listed.find(({ id }) => id === 'acme')?.fingerprint).toBe(rotated['fingerprint'])
    expect(rotated['fingerprint']).not.toBe(fingerprints.get('acme'))
    expect(await installs(0, 'note-3.rsb', 'clinic-note', ...agreed)).toMatchObject({ verdict: 'healthy' })
  })

  it('sent not one packet out of the house, and one would have been counted', async () => {
    expect(await gap.packetsOut()).toEqual({ console: 0, appliance: 0 })
    const outward =
      'import("node:dgram").then(({createSocket}) => { const s = createSocket("udp4"); s.send("x", 9, "192.0.2.1", () => s.close()) })'
    const [program = '', ...words] = [...gap.inFront, process.execPath, '-e', outward]
    await runCommand([program, ...words])
    await sh('curl --silent --max-time 1 http://192.0.2.1/ || true')
    const { console, appliance: server } = await gap.packetsOut()
    expect(console).toBeGreaterThan(0)
    expect(server).toBeGreaterThan(0)
  })
})
