// Between what somebody agreed to and what is carried out a bundle becomes another one: nothing of the other one is used (P38).
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { applySetup, planSetup } from '../../../main/core/runs/setup.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { type DemoCore, demoCore, type MadeDemo, makeDemo, must } from '../../support/demo-core.ts'

async function agreedPlan(started: DemoCore) {
  const made = await makeDemo(started.core, 'workstation-2')
  const { target, bundleId } = made
  const plan = must(await planSetup(started.core, { target, bundleId, solution: 'demo-clinic' }))
  return { made, plan, bundle: started.core.demos.folders.bundle }
}

/** How the run ends, or why it does not begin. */
async function carriedOut({ context }: DemoCore, planId: string, { target }: MadeDemo): Promise<Failure | string> {
  try {
    let end: Failure | string = 'no end'
    for await (const event of applySetup(context, { planId, target })) {
      if (event.event === 'run-end') end = event.failure ?? 'done'
    }
    return end
  } catch (refusal) {
    return (refusal as { data: Failure }).data
  }
}

function changeEntry(bundle: string, from: RegExp, to: string): void {
  const files = readdirSync(join(bundle, 'catalog'), { recursive: true, encoding: 'utf8' })
  const file = files
    .map((name) => join(bundle, 'catalog', name))
    .find((one) => one.endsWith('.yaml') && from.test(readFileSync(one, 'utf8')))
  if (file === undefined) throw new Error(`no entry has ${from}`)
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
}

const installed = async ({ client }: DemoCore, { target }: MadeDemo) =>
  must(await client.product.appliances.status({ target })).deployments

it('an entry that somebody changed after it was signed is not read', async () => {
  const started = demoCore()
  const { made, plan, bundle } = await agreedPlan(started)
  changeEntry(bundle, /"overheadBytes": ?\d+/, '"overheadBytes": 1')
  expect(await carriedOut(started, plan.id, made)).toMatchObject({
    kind: 'bundle-not-trusted',
    problem: 'swapped-file',
  })
  expect(await installed(started, made)).toEqual([])
})

it('an entry that became another one, and that is as good, is not what was agreed to', async () => {
  const started = demoCore()
  const { made, plan, bundle } = await agreedPlan(started)
  rmSync(join(bundle, 'trust'), { recursive: true })
  changeEntry(bundle, /"containerPort": ?8080/, '"containerPort": 8081')
  const refused = await carriedOut(started, plan.id, made)
  expect(refused).toMatchObject({ kind: 'plan-outdated', differences: [/^bundle: container\./ as never] })
  expect(await installed(started, made)).toEqual([])
})

it('bytes that became others are noticed on the appliance before they are used', async () => {
  const started = demoCore()
  const { made, plan, bundle } = await agreedPlan(started)
  for (const name of readdirSync(join(bundle, 'artifacts'))) {
    const bytes = readFileSync(join(bundle, 'artifacts', name))
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    rmSync(join(bundle, 'artifacts', name))
    writeFileSync(join(bundle, 'artifacts', name), bytes)
  }
  expect(await carriedOut(started, plan.id, made)).toMatchObject({ kind: 'artifact-damaged' })
  expect(await installed(started, made)).toEqual([])
})

it('what nobody changed is carried out', async () => {
  const started = demoCore()
  const { made, plan } = await agreedPlan(started)
  expect(await carriedOut(started, plan.id, made)).toBe('done')
})
