// A demo appliance takes a bundle whose model is a folder of safetensors, over its real link: set up, left alone by a
// second run, replaced without anything of it being called spare, and taken away.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Core } from '../../../main/core/context.ts'
import { bundleNamed, registerBundle } from '../../../main/core/desk/bundles.ts'
import { applySetup, planSetup } from '../../../main/core/runs/setup.ts'
import { lookForDrift, planUninstall, uninstall } from '../../../main/core/runs/upkeep.ts'
import type { Artifact } from '../../../shared/domain/artifact.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import { demoCore, makeDemo, must } from '../../support/demo-core.ts'
import { madeWeights } from '../../support/made-weights.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** A copy of the demo's bundle whose small model is a folder, with a word in one of its files. */
function bundleWithFolder(core: Core, bundleId: string, word: string): string {
  const { folder } = must(bundleNamed(core, bundleId))
  const made = join(temporaryFolder(), 'bundle')
  cpSync(folder, made, { recursive: true })
  rmSync(join(made, 'recipe.sha256'))
  const weights = madeWeights('demo-folder', { 'config.json': '{}', 'deep/model.safetensors': word })
  for (const [sha256, text] of weights.contents) writeFileSync(join(made, 'artifacts', `sha256-${sha256}`), text)
  const digests = JSON.parse(readFileSync(join(made, 'digests.json'), 'utf8')) as { artifacts: Artifact[] }
  const artifacts = [...digests.artifacts, ...weights.files, weights.list]
  writeFileSync(join(made, 'digests.json'), JSON.stringify({ format: 1, artifacts }))
  // What was changed is what nobody signed.
  rmSync(join(made, 'trust'), { recursive: true })
  const catalog = join(made, 'catalog')
  for (const name of readdirSync(catalog)) {
    const text = readFileSync(join(catalog, name), 'utf8')
      .replace(
        '"weights": "demo-clinic-8b-weights",\n      "format": "gguf"',
        '"weights": "demo-folder", "format": "safetensors"',
      )
      .replace(/"weightsFormats": \[\s*"gguf"\s*\]/, '"weightsFormats": ["safetensors"]')
    writeFileSync(join(catalog, name), text)
  }
  return must(registerBundle(core, made)).bundleId
}

it('a model in a folder is set up, kept and taken away on a demo appliance', async () => {
  const { core, context } = demoCore()
  const { demo, target, bundleId: own } = await makeDemo(core, 'workstation-2')
  const setUp = async (bundleId: string) => {
    const plan = must(await planSetup(core, { target, bundleId, solution: 'demo-clinic', soakSeconds: 0 }))
    const events: RunEvent[] = []
    for await (const event of applySetup(context, { planId: plan.id, target })) events.push(event)
    expect(events.at(-1)).toMatchObject({ event: 'verified', stillToDo: [], verdict: { state: 'healthy' } })
    return plan.steps.filter(({ change }) => change).map(({ id }) => id)
  }
  const [first, second] = ['one', 'other'].map((word) => bundleWithFolder(core, own, word)) as [string, string]
  expect(await setUp(first)).toEqual(
    expect.arrayContaining(['artifact.demo-folder.1', 'artifact.demo-folder', 'model-folder.demo-folder']),
  )
  expect(await setUp(first)).toEqual([])
  expect(must(await lookForDrift(core, target))).toEqual([])
  const changed = await setUp(second)
  expect(changed).toContain('model-folder.demo-folder')
  expect(changed.filter((id) => id.startsWith('spare-'))).toEqual([])
  const plan = must(await planUninstall(core, { target, deletesData: false }))
  const events: RunEvent[] = []
  const away = uninstall(context, { planId: plan.id, target, typedHost: demo.name })
  for await (const event of away) events.push(event)
  expect(events.at(-1)).toMatchObject({ event: 'verified', stillToDo: [] })
}, 120_000)
