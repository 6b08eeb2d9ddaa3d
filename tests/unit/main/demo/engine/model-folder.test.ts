// Folders of weights on the simulated machine: there once they were made, never called spare, and gone again.
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../../../../main/demo/engine/commands.ts'
import { installedAnswers } from '../../../../../main/demo/hardware/installed-answers.ts'
import type { Machine } from '../../../../../main/demo/machine.ts'
import { removeModelFolder } from '../../../../../shared/apply/model-folder.ts'
import { readModelFolders } from '../../../../../shared/facts/installed.ts'
import { actingKindOf } from '../../../../support/acting-kind.ts'
import { answer } from '../../../shared/facts/recorded.ts'
import { asked, carryOut, containerSpecOf, pretendMachine, wardMachine } from './pretend-machine.ts'

const sha256 = 'a'.repeat(64)
const spec = { kind: 'model-folder', sha256, files: 3 } as const
const step = actingKindOf(spec)

function folders(machine: Machine) {
  const said = installedAnswers['models']?.(machine)
  const text = said !== undefined && 'stdout' in said ? (said.stdout ?? '') : ''
  const read = readModelFolders(new Map([['models', answer('models', text)]]))
  return read.state === 'known' ? read.value : read
}

describe('a folder of weights', () => {
  it('is whole once it was made, and goes', async () => {
    const machine = pretendMachine()
    expect(folders(machine)).toEqual([])
    for (const { words } of step.commands(spec, asked(machine), 'run')) {
      expect(await runCommand(machine, words)).toMatchObject({ exitCode: 0 })
    }
    expect(folders(machine)).toEqual([{ sha256, isWhole: true, differs: '' }])
    for (const { words } of step.undo(spec, asked(machine), { runId: 'run', failedAt: 0 })) {
      expect(await runCommand(machine, words)).toMatchObject({ exitCode: 0 })
    }
    // What was whole stays.
    expect(folders(machine)).toHaveLength(1)
    expect(await runCommand(machine, removeModelFolder(sha256).words)).toMatchObject({ exitCode: 0 })
    expect(folders(machine)).toEqual([])
  })
})

it('a container says how much shared memory it was given, or what the engine gives', async () => {
  const machine = await wardMachine()
  const shmBytesOf = () => {
    const { containers } = asked(machine)
    const found = containers.state === 'known' ? containers.value : []
    return found.find(({ name }) => name === 'rackside-note-helper')?.settings?.shmBytes
  }
  expect(shmBytesOf()).toBe(64 * 1024 ** 2)
  const app = containerSpecOf('note-helper')
  const larger = { ...app, specDigest: 'f'.repeat(64), spec: { ...app.spec, shmBytes: 1024 ** 3 } }
  expect(await carryOut(machine, larger)).toBeUndefined()
  expect(shmBytesOf()).toBe(1024 ** 3)
})
