// Whose the deployments of an appliance are, over the real link to a demo appliance: the publisher, the terms that were
// accepted and by whom are read from the appliance itself by any console; what was taken back is said where it runs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { status } from '../../../main/core/appliances.ts'
import { trustDemoBundle } from '../../../main/core/demo/trust-demo-bundle.ts'
import { examineAppliance } from '../../../main/core/doctor.ts'
import { closeCore } from '../../../main/core/open-core.ts'
import { applySetup, planSetup } from '../../../main/core/runs/setup.ts'
import { listVersions } from '../../../main/core/runs/upkeep.ts'
import { demoPublisher } from '../../../shared/domain/demo.ts'
import { type DemoCore, demoCore, makeDemo, must } from '../../support/demo-core.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const notes = 'demo-clinic-notes'
const terms = { en: 'No clinical use.', 'zh-CN': '不得用于临床。' }

/** Its entries ask for terms to be accepted; signed anew, as this console signs what it makes. */
function withTerms({ core }: DemoCore): void {
  const folder = join(core.demos.folders.bundle, 'catalog')
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.ya?ml$/.test(file)) continue
    const path = join(folder, file)
    const entry = JSON.parse(readFileSync(path, 'utf8')) as { kind: string; licence: object }
    if (entry.kind !== 'app') continue
    writeFileSync(path, JSON.stringify({ ...entry, licence: { ...entry.licence, terms } }))
  }
  must(trustDemoBundle(core))
}

function takeBack({ core }: DemoCore, entry: string, version: string): void {
  const known = must(core.state.trust.read())
  const reason = { en: 'It loses notes.', 'zh-CN': '会丢失记录。' }
  const blocked = [{ entry, versions: [version], reason, since: '2026-11-01' }]
  const publishers = known.publishers.map((one) => (one.id === demoPublisher ? { ...one, blocked } : one))
  must(core.state.trust.write({ ...known, publishers }))
}

it('says who vouched, who accepted which terms, and what was taken back since, to every console', async () => {
  const home = temporaryFolder()
  const one = demoCore(home)
  const { target, bundleId } = await makeDemo(one.core)
  withTerms(one)
  const plan = must(await planSetup(one.core, { target, bundleId, solution: 'demo-clinic' }))
  const [licence] = plan.licences ?? []
  if (licence === undefined) throw new Error('no terms')
  const accepts = [`${licence.entry}@${licence.version}`]
  for await (const _ of applySetup(one.context, { planId: plan.id, target, accepts }));
  const begun = readFileSync(join(home, 'audit.jsonl'), 'utf8')
  const lines = begun
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { act: string; who: string; input: object })
  const told = { entry: licence.entry, version: licence.version, spdx: licence.spdx, terms: expect.any(String) }
  expect(lines.find(({ act }) => act === 'run-begin')).toMatchObject({ who: 'li', input: { licences: [told] } })
  await closeCore(one.core)

  const other = demoCore(home)
  const before = must(await status(other.core, target))
  const app = before.deployments.find(({ deployment }) => deployment === notes)
  expect(app).toMatchObject({
    publisher: { id: demoPublisher, fingerprint: expect.stringMatching(/^SHA256:/) },
    accepted: [{ ...told, terms: expect.stringMatching(/^[0-9a-f]{64}$/), by: 'li', at: expect.any(String) }],
  })
  expect(before.deployments.find(({ deployment }) => deployment !== notes)).not.toHaveProperty('accepted')

  takeBack(other, licence.entry, licence.version)
  const after = must(await status(other.core, target))
  expect([before.state, after.state]).toEqual(['healthy', 'healthy'])
  const flagged = after.deployments.filter(({ takenBack }) => takenBack !== undefined)
  expect(flagged).toMatchObject([{ deployment: notes, takenBack: [{ entry: licence.entry, since: '2026-11-01' }] }])
  const { findings } = must(await examineAppliance(other.core, target))
  expect(findings.map(({ rule }) => rule)).toContain('version-taken-back')
  const again = must(await planSetup(other.core, { target, bundleId, solution: 'demo-clinic' }))
  expect(again.steps.some(({ change }) => change)).toBe(false)
  expect(again.takenBack).toMatchObject([{ deployment: notes }])
  const kept = must(await listVersions(other.core, target))
  expect(kept.filter(({ takenBack }) => takenBack).map(({ deployment }) => deployment)).toEqual([notes])
}, 60_000)
