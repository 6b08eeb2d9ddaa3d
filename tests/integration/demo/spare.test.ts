// Upgrade after upgrade of a demo appliance, over its real link: five versions stay, and what the others needed goes.
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Core } from '../../../main/core/context.ts'
import { bundleNamed, registerBundle } from '../../../main/core/desk/bundles.ts'
import { applySetup, planSetup } from '../../../main/core/runs/setup.ts'
import { listVersions } from '../../../main/core/runs/upkeep.ts'
import type { Artifact } from '../../../shared/domain/artifact.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import { demoCore, makeDemo, must } from '../../support/demo-core.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A copy of the demo's bundle in which everything is a few bytes, and the app another image by its number. */
function otherBundle(core: Core, bundleId: string, number: number): string {
  const { folder } = must(bundleNamed(core, bundleId))
  const made = join(temporaryFolder(), 'bundle')
  cpSync(folder, made, { recursive: true, filter: (path) => !path.includes('/artifacts/') })
  mkdirSync(join(made, 'artifacts'), { recursive: true })
  const file = join(made, 'digests.json')
  const { artifacts } = JSON.parse(readFileSync(file, 'utf8')) as { artifacts: Artifact[] }
  const others = artifacts.map((artifact) => {
    const text = `${artifact.id}, version ${artifact.id === 'demo-note-image' ? number : 0}`.padEnd(50_000)
    const digest = sha256(text)
    writeFileSync(join(made, 'artifacts', `sha256-${digest}`), text)
    const base = { ...artifact, sha256: digest, bytes: text.length, chunks: [digest] }
    if (base.kind !== 'image') return base
    const [configDigest, manifestDigest] = ['config', 'manifest'].map((what) => `sha256:${sha256(`${what} ${text}`)}`)
    return { ...base, image: { ...base.image, configDigest, manifestDigest } }
  })
  writeFileSync(file, JSON.stringify({ format: 1, artifacts: others }))
  rmSync(join(made, 'recipe.sha256'), { force: true })
  // What was changed is what nobody signed.
  rmSync(join(made, 'trust'), { recursive: true })
  return must(registerBundle(core, made)).bundleId
}

/** A file lies there that no version knows of. */
async function sendLeftover(core: Core, name: string): Promise<void> {
  const opening = must(core.state.appliances.read()).find((one) => one.name === name)
  if (opening === undefined) throw new Error(`there is no ${name}`)
  const connection = must(await core.sessions.open(opening))
  const digest = sha256('left over')
  const artifact = { kind: 'file' as const, id: 'left-over', sha256: digest, bytes: 9, chunks: [digest] }
  const source = {
    read: async function* () {
      yield Buffer.from('left over')
    },
  }
  must(await connection.put(artifact, source, { onProgress: () => undefined }))
}

it('keeps five versions of each deployment, says before what goes with the sixth, and removes it at the end', async () => {
  const { core, context } = demoCore()
  const { demo, target, bundleId: first } = await makeDemo(core, 'workstation-2')
  const upgrade = async (number: number) => {
    const bundleId = otherBundle(core, first, number)
    const plan = must(await planSetup(core, { target, bundleId, solution: 'demo-clinic', soakSeconds: 0 }))
    const events: RunEvent[] = []
    for await (const event of applySetup(context, { planId: plan.id, target })) events.push(event)
    expect(events.at(-1)).toMatchObject({ event: 'verified', stillToDo: [], verdict: { state: 'healthy' } })
    return { plan, events }
  }
  for (const number of [1, 2, 3, 4, 5]) {
    const { plan } = await upgrade(number)
    expect(plan.steps.some(({ spec }) => spec.kind.startsWith('spare-'))).toBe(false)
  }
  await sendLeftover(core, demo.name)
  const { plan, events } = await upgrade(6)
  const spare = plan.steps.filter(({ spec }) => spec.kind.startsWith('spare-'))
  expect(spare).toMatchObject([
    { change: true, spec: { kind: 'spare-image' } },
    { change: true, freesBytes: 9, spec: { kind: 'spare-artifact' } },
  ])
  expect(plan.steps.slice(-2)).toEqual(spare)
  const ended = events.filter((one) => one.event === 'step-end' && one.step.startsWith('spare-'))
  expect(ended).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }])
  const versions = must(await listVersions(core, target))
  expect(versions.filter(({ deployment }) => deployment === 'demo-clinic-notes')).toHaveLength(5)
  const again = (await upgrade(7)).plan.steps.filter(({ spec }) => spec.kind.startsWith('spare-'))
  expect(again).toMatchObject([{ change: true, spec: { kind: 'spare-image' } }])
  expect(again[0]?.id).not.toBe(spare[0]?.id)
}, 120_000)
