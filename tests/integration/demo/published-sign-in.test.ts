// A password that everybody knows, over the real link to a demo appliance: it stands in every verdict and is a finding,
// until somebody says that it was changed; then every console knows that, and what is saved with the data goes with them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { status } from '../../../main/core/appliances.ts'
import { trustDemoBundle } from '../../../main/core/demo/trust-demo-bundle.ts'
import { examineAppliance } from '../../../main/core/doctor.ts'
import { closeCore } from '../../../main/core/open-core.ts'
import { confirmSignIn } from '../../../main/core/runs/confirm-sign-in.ts'
import { applySetup, planSetup } from '../../../main/core/runs/setup.ts'
import { listSignIns } from '../../../main/core/runs/sign-ins.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import { type DemoCore, demoCore, makeDemo, must } from '../../support/demo-core.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** Its app as one whose maker publishes its first password. */
function withPublished({ core }: DemoCore): void {
  const folder = join(core.demos.folders.bundle, 'catalog')
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.ya?ml$/.test(file)) continue
    const path = join(folder, file)
    const entry = JSON.parse(readFileSync(path, 'utf8')) as { kind: string }
    if (entry.kind !== 'app') continue
    writeFileSync(path, JSON.stringify({ ...entry, signIn: { by: 'published', user: 'admin', password: 'everybody' } }))
  }
  must(trustDemoBundle(core))
}

const isFinding = async (core: DemoCore['core'], target: Parameters<typeof status>[1]) =>
  must(await examineAppliance(core, target)).findings.some(({ rule }) => rule === 'sign-in-published')

it('is said after a setup and from then on, until somebody says that it was changed', async () => {
  const home = temporaryFolder()
  const one = demoCore(home)
  const { target, bundleId } = await makeDemo(one.core)
  withPublished(one)
  const plan = must(await planSetup(one.core, { target, bundleId, solution: 'demo-clinic' }))
  const app = plan.steps.flatMap(({ spec }) =>
    spec.kind === 'container' && spec.proof.serves === 'page' ? [spec.spec.deployment] : [],
  )[0]
  if (app === undefined) throw new Error('the demo has no app')
  const events: RunEvent[] = []
  for await (const event of applySetup(one.context, { planId: plan.id, target })) events.push(event)
  const verified = events.find((event) => event.event === 'verified')
  const toldOf = (deployments: readonly { deployment: string; publishedUser?: string | undefined }[]) =>
    deployments.flatMap(({ deployment, publishedUser }) =>
      publishedUser === undefined ? [] : [[deployment, publishedUser]],
    )
  expect(verified?.event === 'verified' && toldOf(verified.verdict.deployments)).toEqual([[app, 'admin']])
  expect(toldOf(must(await status(one.core, target)).deployments)).toEqual([[app, 'admin']])
  expect(await isFinding(one.core, target)).toBe(true)
  const refused = await confirmSignIn(one.context, { target, deployment: 'demo-model' })
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'facts-unreadable' } })
  const ways = must(await confirmSignIn(one.context, { target, deployment: app }))
  expect(ways.find((way) => way.deployment === app)).toMatchObject({ isChanged: true })
  await closeCore(one.core)

  const other = demoCore(home)
  expect(toldOf(must(await status(other.core, target)).deployments)).toEqual([])
  expect(await isFinding(other.core, target)).toBe(false)
  expect(must(await listSignIns(other.core, target)).find((way) => way.deployment === app)).toMatchObject({
    isChanged: true,
  })
  await closeCore(other.core)
})
