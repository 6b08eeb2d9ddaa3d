// A vendor's operator on a hospital's console: its own app on the granted appliance after a second person's word, an upgrade
// of it, and nothing else; every refusal stands in the audit. On a real appliance, by the commands that people give.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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

const passphraseOf = (name: string) => `the passphrase of ${name}`
const joins = ['--allow-privilege', 'clinic-note/join-network=rackside-clinic-starter']

describe("a vendor's operator", () => {
  let appliance: LabAppliance
  let lab = ''
  const hospital = new TestConsole({ RACKSIDE_ALLOW_UNSIGNED: '' })
  const work = mkdtempSync(join(tmpdir(), 'rackside-vendor-role-'))
  const at = (...names: string[]) => join(work, ...names)
  const secret = ['--passphrase-file', at('passphrase')]
  const bundles = new Map<string, string>()

  beforeAll(async () => {
    if (!canRunLab) return
    writeFileSync(at('passphrase'), 'correct horse battery staple\n', { mode: 0o600 })
    lab = await artifactsFolder()
    appliance = await bareAppliance('ascend-910b4x8')
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    hospital.remove()
    rmSync(work, { recursive: true, force: true })
  })

  const ended = async (code: number, run: Promise<CliEnd>) => {
    const end = await run
    expect(end.code, `${end.errors} ${JSON.stringify(end.json)}`).toBe(code)
    return end.json
  }
  const asks = (code: number, ...words: string[]) => ended(code, hospital.startWords(...words, '--json').ended)
  const fileOf = (name: string, passphrase = passphraseOf(name)) => {
    const file = at(`passphrase-${name}`)
    writeFileSync(file, `${passphrase}\n`, { mode: 0o600 })
    return file
  }
  const signsIn = (name: string) => asks(0, 'sign-in', name, '--passphrase-file', fileOf(name))
  /** Added by whoever administers, with a passphrase that is changed at the first sign-in. */
  const adds = async (name: string, ...duties: string[]) => {
    await asks(0, 'operators', 'add', name, ...duties, '--passphrase-file', fileOf(name, 'set by somebody else'))
  }
  const takesOwnPassphrase = async (name: string) => {
    const first = at('first')
    writeFileSync(first, 'set by somebody else\n', { mode: 0o600 })
    await asks(0, 'sign-in', name, '--passphrase-file', first)
    await asks(203, 'appliances')
    await asks(0, 'operators', 'passphrase', '--passphrase-file', first, '--new-passphrase-file', fileOf(name))
  }
  const release = async (project: string, file: string, code = 0) => {
    await asks(0, 'vendor', 'pack', at(project))
    const signed = await asks(code, 'vendor', 'sign', at(project), '--out', at(file), ...secret)
    return String(signed['fingerprint'])
  }
  const setsUp = (code: number, file: string, solution: string, ...words: string[]) => {
    const from = ['--solution', solution, '--from', bundles.get(file) ?? '', '--soak', '1']
    return asks(code, 'setup', 'ward', ...from, '--yes', ...words)
  }
  const trusts = async (file: string, fingerprint: string) => {
    const copied = await asks(0, 'bundle', 'import', at(file))
    expect(copied).toMatchObject({ usable: false, why: { kind: 'publisher-unknown', fingerprint } })
    const { bundleId } = copied as { bundleId: string }
    bundles.set(file, bundleId)
    await asks(0, 'publishers', 'pin', bundleId, '--fingerprint', fingerprint)
  }
  const sh = async (text: string) => (await inside(appliance, 'sh', '-c', text)).trim()
  const containers = () => sh("docker ps --all --format '{{.ID}} {{.Names}}' | sort")
  const audited = () =>
    readFileSync(join(hospital.home, 'audit.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { who: string; act: string; input: Record<string, unknown> })

  it('is named by the hospital, after the model of another publisher runs', async () => {
    await asks(
      0,
      'vendor',
      'init',
      at('clinic-starter'),
      '--publisher-id',
      'builder',
      '--publisher-name',
      'Builders',
      ...secret,
    )
    const sources = { format: 1, publisher: { id: 'builder', name: 'Builders' }, artifacts: labSources(lab) }
    putText(at('sources.json'), JSON.stringify(sources))
    putText(at('facts.json'), JSON.stringify(await ended(0, hospital.run('detect', appliance, '--save', 'ward'))))
    const build = ['--catalog', join(lab, 'catalog'), '--solution', 'clinic-starter', '--for', at('facts.json')]
    await asks(0, 'bundle', 'build', ...build, '--sources', at('sources.json'), '--out', at('built', 'clinic-starter'))
    const parts = ['--from', at('built', 'clinic-starter'), '--out', at('starter.rsb'), ...secret]
    const signed = await asks(0, 'vendor', 'sign', at('clinic-starter'), ...parts)
    await trusts('starter.rsb', String(signed['fingerprint']))
    expect(await setsUp(0, 'starter.rsb', 'clinic-starter')).toMatchObject({ verdict: 'healthy' })

    const made = await asks(
      0,
      'vendor',
      'init',
      at('note'),
      '--publisher-id',
      'acme',
      '--publisher-name',
      'Acme',
      ...secret,
    )
    for (const entry of ['apps/clinic-note-helper', 'probes/clinic-note-smoke-test', 'solutions/clinic-note']) {
      putText(at('note', 'catalog', `${entry}.yaml`), ownEntry(entry))
    }
    rmSync(at('note', 'catalog', 'apps', 'note.yaml'))
    rmSync(at('note', 'catalog', 'solutions', 'note.yaml'))
    const artifacts = { 'clinic-note-helper-amd64': labSources(lab)['clinic-note-helper-amd64'] }
    putText(at('note', 'vendor.yaml'), JSON.stringify({ format: 1, line: 'note', publisher: 'publisher', artifacts }))
    await release('note', 'note-1.rsb')
    await trusts('note-1.rsb', String(made['fingerprint']))

    await asks(0, 'operators', 'begin', 'wang', '--passphrase-file', fileOf('wang'))
    await adds('acme-li', '--role', 'vendor', '--grant-publisher', 'acme', '--grant-appliance', 'ward')
    await adds('zhao', '--role', 'approver')
    for (const name of ['zhao', 'acme-li']) await takesOwnPassphrase(name)
  })

  it('sees its own part, and is refused everything else, with a line in the audit', async () => {
    await signsIn('acme-li')
    expect(await asks(0, 'publishers', 'list')).toMatchObject({ publishers: [{ id: 'acme' }] })
    const before = await containers()
    await setsUp(205, 'starter.rsb', 'clinic-starter')
    await asks(204, 'uninstall', 'ward', '--type-host', 'ward')
    await asks(204, 'logs', 'ward')
    await asks(204, 'appliances', 'forget', 'ward')
    await asks(204, 'operators', 'add', 'me', '--role', 'administrator', '--passphrase-file', fileOf('me'))
    await ended(204, hospital.run('detect', appliance))
    expect(await containers()).toBe(before)
    const refused = audited().filter(({ act, who }) => act === 'call-refused' && who === 'acme-li')
    const calls = refused.map(({ input }) => input['call'])
    expect(calls).toEqual(
      expect.arrayContaining(
        ['product.setup.plan', 'product.upkeep.planUninstall', 'product.logs.sources', 'desk.addOperator'].map((one) =>
          one.slice(one.indexOf('.') + 1),
        ),
      ),
    )
  })

  it('installs its own app once a second person has approved of what it gets', async () => {
    const needed = await setsUp(207, 'note-1.rsb', 'clinic-note', ...joins)
    const { subject } = needed['failure'] as { subject: string }
    await asks(0, 'approvals', 'ask', subject, '--note', 'as agreed on Monday')
    await asks(204, 'approvals', 'give', subject, '--digest', 'a'.repeat(64))
    await setsUp(207, 'note-1.rsb', 'clinic-note', ...joins)

    await signsIn('zhao')
    const { approvals } = (await asks(0, 'approvals')) as { approvals: { subject: string; digest: string }[] }
    const waiting = approvals.find((one) => one.subject === subject)
    await asks(0, 'approvals', 'give', subject, '--digest', waiting?.digest ?? '')
    await setsUp(204, 'note-1.rsb', 'clinic-note', ...joins)

    await signsIn('acme-li')
    expect(await setsUp(0, 'note-1.rsb', 'clinic-note', ...joins)).toMatchObject({ verdict: 'healthy' })
    expect(
      audited()
        .filter(({ act }) => act === 'plan-apply')
        .at(-1),
    ).toMatchObject({ who: 'acme-li' })
  })

  it('upgrades its own app, and the model beside it is not touched', async () => {
    const model = "docker inspect --format '{{.Id}} {{.State.StartedAt}}' rackside-clinic-model"
    const before = await sh(model)
    const entry = readFileSync(at('note', 'catalog', 'apps', 'clinic-note-helper.yaml'), 'utf8')
    putText(at('note', 'catalog', 'apps', 'clinic-note-helper.yaml'), entry.replace('version: "1"', 'version: "2"'))
    await release('note', 'note-2.rsb')
    bundles.set('note-2.rsb', String((await asks(0, 'bundle', 'import', at('note-2.rsb')))['bundleId']))
    // It gets nothing that it has not had before: nobody else is asked.
    expect(await setsUp(0, 'note-2.rsb', 'clinic-note')).toMatchObject({ verdict: 'healthy' })
    expect(await sh(model)).toBe(before)
  })
})
