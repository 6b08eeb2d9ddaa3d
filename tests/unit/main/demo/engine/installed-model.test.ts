// An app that brings no model, set up on a simulated machine where another solution runs one: it finds that model, and
// nothing of it is touched.
import { expect, it } from 'vitest'
import { runCommand } from '../../../../../main/demo/engine/commands.ts'
import { inspectContainer } from '../../../../../main/demo/engine/inspect.ts'
import { bareFacts, planFor } from '../../../../support/plan-cases.ts'
import { catalogBeside } from '../../../../support/ward-beside.ts'
import { addressOf } from '../services/served-machine.ts'
import { asked, carryOut, containerNamed, upload, wardMachine } from './pretend-machine.ts'

it('finds the model of the other solution in the network of that, and needs it', async () => {
  const machine = await wardMachine()
  machine.passTime(20_000)
  upload(machine)
  const model = JSON.stringify(containerNamed(machine, 'rackside-ward-model'))
  const planned = () => planFor({ ...bareFacts(), ...asked(machine) }, catalogBeside(), { solution: 'letters' })
  expect(planned().uses).toMatchObject([{ uses: { deployment: 'ward-model', network: 'rackside-ward' } }])
  for (const { spec } of planned().steps) expect(await carryOut(machine, spec)).toBeUndefined()
  machine.passTime(10_000)
  const { NetworkSettings } = inspectContainer(machine, containerNamed(machine, 'rackside-letters'))
  expect(Object.keys(NetworkSettings.Networks)).toEqual(['rackside-letters', 'rackside-ward'])
  expect(JSON.stringify(containerNamed(machine, 'rackside-ward-model'))).toBe(model)
  const again = planned().steps.filter(({ spec }) => spec.kind === 'container' || spec.kind === 'ready')
  expect(again.filter(({ change }) => change)).toEqual([])
  const ready = await addressOf(machine, 8420)
  expect((await fetch(`${ready}/readyz`)).status).toBe(200)
  await runCommand(machine, ['docker', 'stop', 'rackside-ward-model'])
  expect(await (await fetch(`${ready}/readyz`)).json()).toMatchObject({ reason: 'model_unreachable' })
  expect((await runCommand(machine, ['docker', 'network', 'rm', 'rackside-ward'])).stderr).toContain('active endpoints')
})
