// What a plan with parts asks of the engine, on the simulated machine: containers that publish nothing, a network that
// nothing leaves, and a second network that is joined before a start.
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../../../../main/demo/engine/commands.ts'
import { containerRow } from '../../../../../main/demo/engine/engine-lists.ts'
import { inspectContainer } from '../../../../../main/demo/engine/inspect.ts'
import { bareFacts, planFor } from '../../../../support/plan-cases.ts'
import { catalogWithParts } from '../../../../support/ward-with-parts.ts'
import { asked, carryOut, containerNamed, upload, wardMachine } from './pretend-machine.ts'

const image = { images: { amd64: { artifact: 'note-helper-amd64' } }, overheadBytes: 1 }
const part = (name: string) => ({ name, ...image, healthCommand: ['/bin/true'], startTimeoutSeconds: 30 })
/** Without secrets: the demo's appliances make none. */
const catalog = catalogWithParts({
  configuration: undefined,
  variants: [{ id: 'amd64', ...image, arguments: [], evidence: 'none' }],
  parts: [
    { ...part('db'), containerPort: 5432, user: '999:999' },
    { ...part('worker'), asksModel: true },
  ],
})

describe('an app with parts on the simulated machine', () => {
  it('runs with them, which publish nothing', async () => {
    const machine = await wardMachine()
    upload(machine)
    await runCommand(machine, ['docker', 'rm', '--force', 'rackside-note-helper'])
    const { steps } = planFor({ ...bareFacts(), ...asked(machine) }, catalog)
    const meant = steps.filter(({ change, id }) => change && /^(?:network|container)[.]/.test(id))
    expect(meant.map(({ id }) => id)).toHaveLength(4)
    for (const { spec } of meant) expect(await carryOut(machine, spec)).toBeUndefined()
    machine.passTime(10_000)
    for (const name of ['rackside-note-helper-db', 'rackside-note-helper-worker', 'rackside-note-helper']) {
      const found = containerNamed(machine, name)
      if (found === undefined) throw new Error(`no ${name}`)
      const published = name === 'rackside-note-helper' ? 1 : 0
      const { State, HostConfig } = inspectContainer(machine, found)
      expect(State.Health?.Status).toBe('healthy')
      expect(containerRow(machine, found).Ports).toHaveLength(published)
      expect(Object.keys(HostConfig.PortBindings)).toHaveLength(published)
    }
    const again = planFor({ ...bareFacts(), ...asked(machine) }, catalog)
    const containers = again.steps.filter(({ spec }) => spec.kind === 'container' || spec.kind === 'ready')
    expect(containers.filter(({ change }) => change)).toEqual([])
  })
})
