// Licence terms on the real way: nothing is begun before each is accepted by its name, and the audit says who did.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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

const name = 'rackside-tiny@1'

describe('a bundle with licence terms', () => {
  let appliance: LabAppliance
  let folder: string
  const console = new TestConsole()

  beforeAll(async () => {
    if (!canRunLab) return
    const terms = 'terms: { en: No clinical use., zh-CN: 不得用于临床。 }'
    folder = bundleWith(await artifactsFolder(), 'models/rackside-tiny.yaml', (entry) =>
      entry.replace(/^( *)spdx: .*$/m, (line, indent: string) => `${line}\n${indent}${terms}`),
    )
    appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    removeOtherBundles()
  })

  it('is not set up by --yes alone, and nothing is left of it on the appliance', async () => {
    const { code, errors } = await console.setup(appliance, folder).ended
    expect([code, errors]).toEqual([106, expect.stringContaining(`--accept-licence ${name}`)])
    expect(await inside(appliance, 'sh', '-c', 'ls /var/lib/rackside/journal 2>/dev/null; docker ps -aq')).toBe('')
  })

  it('is set up once they are accepted by their name, which stands in the audit', async () => {
    const { code, errors } = await console.setup(appliance, folder, '--accept-licence', name).ended
    expect(code, errors).toBe(0)
    expect(readFileSync(join(console.home, 'audit.jsonl'), 'utf8')).toContain(`"accepts":["${name}"]`)
  })

  it('keeps on the appliance who accepted what, beside the service and in its kept version', async () => {
    const read = (files: string) => inside(appliance, 'sh', '-c', `cat ${files}`)
    const records = (await read('/var/lib/rackside/deployments/*.json')).trim().split('\n')
    const accepted = expect.objectContaining({ entry: 'rackside-tiny', version: '1', by: expect.stringMatching(/./) })
    const told = records.map((line) => (JSON.parse(line) as { origin: object }).origin)
    expect(told).toContainEqual(expect.objectContaining({ accepted: [accepted] }))
    expect(await read('/var/lib/rackside/versions/*/*.json')).toContain('"accepted":[{"entry":"rackside-tiny"')
    const owners = (await read('/var/lib/rackside/owners/*.json')).trim().split('\n')
    expect(owners.map((line) => Object.keys(JSON.parse(line) as object))).toEqual(
      records.map(() => ['deployment', 'network']),
    )
  })

  it('asks for nothing again where nothing changes', async () => {
    const { code, errors } = await console.setup(appliance, folder).ended
    expect(code, errors).toBe(0)
  })
})
