// A real server is accepted: measured, signed, checked by another console. One that is slow, garbles, cuts its answers off,
// or computes on its processor instead of its accelerators is refused, for that reason.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Acceptance, AcceptancePoint } from '../../shared/domain/acceptance.ts'
import { artifactsFolder, bareAppliance, canRunLab, type LabAppliance, labNeeds, TestConsole } from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { plantModel } from '../support/planted-model.ts'
import { repositoryRoot } from '../support/repository-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type Manner, standAside, standInFront, tellLab } from '../support/told-model.ts'

const [deployment, modelPort] = ['clinic-model', 8400]
/** Slow enough for this machine beside another test, and short. */
const agreed = ['--users', '2', '--seconds', '4', '--input', '64', '--output', '16']
const limits = ['--slo-ttft', '60000', '--slo-tpot', '5000']

describe('accepting a real server', () => {
  let appliance: LabAppliance
  let passphrase = ''
  const console = new TestConsole()

  beforeAll(async () => {
    if (!canRunLab) return
    appliance = await bareAppliance('ascend-910b4x8')
    const { code, errors } = await console.setup(appliance, await artifactsFolder(), '--soak', '1').ended
    if (code !== 0) throw new Error(errors)
    passphrase = join(console.home, 'passphrase')
    writeFileSync(passphrase, 'correct horse battery staple\n', { mode: 0o600 })
    const vault = await console.startWords('vault', 'create', '--vault-passphrase-file', passphrase, '--json').ended
    if (vault.code !== 0) throw new Error(vault.errors)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => console.remove())

  const accept = (...words: string[]) =>
    console.run('acceptance', appliance, '--vault-passphrase-file', passphrase, ...agreed, ...words)
  const refusals = ({ points }: Acceptance): AcceptancePoint['point'][] =>
    points.flatMap((one) => (one.weight === 'refuses' ? [one.point] : []))
  const refused = async (words: readonly string[]) => {
    const { code, json, errors } = await accept('--soak', '0', ...words)
    expect(code, `${errors} ${JSON.stringify(json)}`).toBe(70)
    expect(json).not.toHaveProperty('signature')
    return json['document'] as Acceptance
  }

  it('signs what speaks for it, anybody can check it, and no digit of it can be another one', async () => {
    const out = join(temporaryFolder(), 'paper')
    const { code, json, errors } = await accept(...limits, '--soak', '10', '--out', out)
    expect(code, errors).toBe(0)
    const document = json['document'] as Acceptance
    expect(refusals(document)).toEqual([])
    expect(document).toMatchObject({ verdict: 'open', devices: [{ deployment, state: 'proven' }] })
    expect(document.canaries).toMatchObject([{ deployment, set: 'basic', verdict: 'passed' }])
    expect(document.loads).toMatchObject([{ deployment, end: 'done' }])
    expect(document.soak?.requests).toBeGreaterThan(0)

    const file = join(out, `${document.acceptanceId}.json`)
    const other = new TestConsole()
    try {
      const verify = (name: string) => other.startWords('certificate', 'verify', name, '--json').ended
      const genuine = await verify(file)
      expect(genuine.code, genuine.errors).toBe(0)
      expect(genuine.json).toMatchObject({ valid: true, key: 'first', document: { verdict: 'open' } })
      const place = join(out, 'changed')
      mkdirSync(place)
      const text = readFileSync(file, 'utf8')
      const at = text.indexOf('"users":2')
      writeFileSync(join(place, 'a.json'), `${text.slice(0, at)}"users":3${text.slice(at + '"users":2'.length)}`)
      writeFileSync(join(place, 'a.sig.json'), readFileSync(file.replace('.json', '.sig.json')))
      const changed = await verify(join(place, 'a.json'))
      expect([changed.code, changed.json['fault']]).toEqual([118, 'changed'])
      // What was measured becomes evidence of the entry that it was installed from, for the next plan on such hardware.
      const catalog = join(out, 'catalog')
      cpSync(join(repositoryRoot, 'resources/catalog'), catalog, { recursive: true })
      const given = await other.startWords('catalog', 'evidence', file, catalog, '--json').ended
      expect(given.code, given.errors).toBe(0)
      expect(given.json).toMatchObject({
        left: [],
        written: [
          { deployment, file: 'models/rackside-tiny.yaml', measured: { hardware: { on: 'processor' }, users: 2 } },
        ],
      })
      expect((await other.startWords('catalog', 'lint', catalog, '--json').ended).json['problems']).toEqual([])
    } finally {
      other.remove()
    }
    expect(readFileSync(file.replace('.json', '.html'), 'utf8')).toContain(document.acceptanceId)
  })

  describe('with a stand-in in the place of its model', () => {
    beforeAll(async () => {
      if (canRunLab) await standInFront(appliance, deployment, modelPort)
    })
    afterAll(async () => {
      if (canRunLab) await standAside(appliance, modelPort)
    })

    it.each<[Manner, readonly string[], AcceptancePoint['point']]>([
      ['slow', ['--slo-ttft', '60000', '--slo-tpot', '60'], 'slower-tokens'],
      ['garbled', limits, 'canary-failed'],
      ['cut-off', limits, 'canary-failed'],
    ])('refuses one that is %s', async (manner, words, point) => {
      await tellLab(appliance, manner)
      expect(refusals(await refused(words))).toContain(point)
    })
  })

  it('refuses one that has accelerators and computes on its processor', async () => {
    await plantModel(appliance, ['--device', '/dev/davinci0', '--device', '/dev/davinci1'], ['--n-gpu-layers', '99'])
    const document = await refused(limits)
    expect(document.points).toContainEqual({
      ...{ weight: 'refuses', point: 'device-refuted', about: deployment, detail: 'computes-on-processor' },
    })
  })
})
