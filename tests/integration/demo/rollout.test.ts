// Rollouts over real links to demo appliances: one that is dead is left out, a canary that fails keeps the others
// untouched; one that is well is set up and has nothing to do the next time.
import { expect, it } from 'vitest'
import { drillDemo } from '../../../main/core/demo/demo.ts'
import type { Rollout, RolloutEvent } from '../../../shared/domain/rollout.ts'
import { type DemoCore, demoCore, type MadeDemo, makeDemo, must } from '../../support/demo-core.ts'
import { today } from '../../support/today.ts'

const standsOf = ({ members }: Rollout) => members.map(({ ring, stand }) => [ring, stand.state])

async function plan({ client }: DemoCore, { bundleId }: MadeDemo, appliances: string[], canary?: string) {
  const wish = {
    bundleId,
    solution: 'demo-clinic',
    soakSeconds: 0,
    appliances,
    ...(canary !== undefined && { canary }),
  }
  return must(await client.product.rollouts.plan(wish))
}

async function carriedOut({ client }: DemoCore, { id: rolloutId }: Rollout): Promise<Rollout> {
  let last: RolloutEvent | undefined
  for await (const event of await client.product.rollouts.apply({ rolloutId })) last = event
  if (last?.event !== 'rollout-end') throw new Error('the last event is not the end of the rollout')
  return last.rollout
}

it('one that is dead is left out, and a canary that fails is the only one that is touched', async () => {
  const started = demoCore()
  const { core, client } = started
  const first = await makeDemo(core, 'workstation-2')
  const names = [first.demo.name, (await makeDemo(core, 'workstation-2')).demo.name]
  const [other = '', canary = ''] = names
  const saved = must(core.state.appliances.read())
  const address = { host: '127.0.0.1', port: 1, user: 'ops' }
  must(core.state.appliances.write([...saved, { name: 'dead', address, credentialId: saved[0]?.credentialId ?? '' }]))
  const planned = await plan(started, first, ['dead', ...names], canary)
  expect(standsOf(planned)).toEqual([
    [undefined, 'left-out'],
    [2, 'planned'],
    [1, 'planned'],
  ])
  must(await drillDemo(core, { name: canary, drill: 'fill-disk', on: true }))
  const ended = await carriedOut(started, planned)
  expect(standsOf(ended)).toEqual([
    [undefined, 'left-out'],
    [2, 'not-begun'],
    [1, 'failed'],
  ])
  expect(must(await client.product.setup.lastRun({ target: { by: 'name', name: other } }))).toBe(null)
})

today(0)('one that is well is set up and proven, and then has nothing to do and is proven again', async () => {
  const started = demoCore()
  const made = await makeDemo(started.core, 'workstation-2')
  const { name } = made.demo
  const ended = await carriedOut(started, await plan(started, made, [name]))
  expect(ended.members[0]?.stand).toEqual({ state: 'done', verdict: 'healthy' })
  const again = await carriedOut(started, await plan(started, made, [name]))
  expect(again.members[0]?.stand).toEqual({ state: 'nothing-to-do', verdict: 'healthy' })
})
