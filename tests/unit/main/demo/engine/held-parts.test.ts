// An app of several containers that is replaced, on the simulated machine: wherever it fails, all of them are as they
// were, and wherever a run broke off, the next one ends with all of them new or all of them old.
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../../../../main/demo/engine/commands.ts'
import { kindOf } from '../../../../../shared/apply/all-kinds.ts'
import { heldParts } from '../../../../../shared/apply/held-parts.ts'
import type { StepSpecOf } from '../../../../../shared/domain/plan.ts'
import { specLabel, versionLabel } from '../../../../../shared/domain/remote-layout.ts'
import { actingKindOf } from '../../../../support/acting-kind.ts'
import { bareFacts, planFor } from '../../../../support/plan-cases.ts'
import { catalogWithParts } from '../../../../support/ward-with-parts.ts'
import { asked, carryOut, type PretendMachine, runId, upload, wardMachine } from './pretend-machine.ts'

const image = { images: { amd64: { artifact: 'note-helper-amd64' } }, overheadBytes: 1 }
const part = (name: string, more: object = {}) => ({
  ...{ name, ...image, healthCommand: ['/bin/true'], startTimeoutSeconds: 30 },
  ...more,
})
/** Without secrets: the demo's appliances make none. */
const catalogOf = (version: string, more: object[] = []) =>
  catalogWithParts({
    ...{ version, configuration: undefined },
    variants: [{ id: 'amd64', ...image, arguments: [], evidence: 'none' }],
    parts: [
      part('db', { containerPort: 5432, volumes: [{ name: 'data', target: '/data', backUp: true }] }),
      part('worker', { asksModel: true }),
      ...more,
    ],
  })
const earlierRun = 'run-20261121T080010Z-0badcafe'
const old = catalogOf('4')
const next = catalogOf('5', [part('queue')])

const planned = (machine: PretendMachine, of = next) => planFor({ ...bareFacts(), ...asked(machine) }, of)
const changes = (machine: PretendMachine, of = next) =>
  planned(machine, of).steps.filter(({ change, id }) => change && /^(?:network|container)[.]/.test(id))
const specOf = (machine: PretendMachine, deployment: string, of = next) => {
  const found = planned(machine, of).steps.find(({ id }) => id === `container.${deployment}`)?.spec
  if (found?.kind !== 'container') throw new Error(`no ${deployment}`)
  return found
}
/** What is there of the app: name, version, whether it runs, whether it starts with the engine. */
const there = (machine: PretendMachine) =>
  machine.state.containers
    .filter(({ name }) => name.startsWith('rackside-note-helper'))
    .map((one) => [one.name.slice('rackside-'.length), one.labels[versionLabel], one.state, one.id] as const)
    .sort()

async function apply(machine: PretendMachine, of = next, run = runId): Promise<string[]> {
  const done: string[] = []
  for (const { id, spec } of changes(machine, of)) {
    const holds = () => kindOf(spec).isTrue(spec as never, asked(machine)).holds
    if (holds()) continue
    const failed = await carryOut(machine, spec, run)
    if (failed !== undefined) throw new Error(`${id}: ${JSON.stringify(failed)}`)
    done.push(id)
    expect(holds(), id).toBe(true)
  }
  machine.passTime(10_000)
  return done
}

async function withOld(): Promise<PretendMachine> {
  const machine = await wardMachine()
  upload(machine)
  await runCommand(machine, ['docker', 'rm', '--force', 'rackside-note-helper'])
  await apply(machine, old, earlierRun)
  return machine
}

/** The parts of the next version in their places, and the app still the one before. */
async function withNewParts(): Promise<PretendMachine> {
  const machine = await withOld()
  for (const { id, spec } of changes(machine)) if (id !== 'container.note-helper') await carryOut(machine, spec)
  return machine
}

/** Everything up to that command worked; that one fails. */
async function failAt(machine: PretendMachine, spec: StepSpecOf<'container'>, failedAt: number): Promise<string[]> {
  const facts = asked(machine)
  const kind = actingKindOf(spec)
  const problems: string[] = []
  for (const { words } of kind.commands(spec, facts, runId).slice(0, failedAt)) await runCommand(machine, words)
  for (const { words } of kind.undo(spec, facts, { runId, failedAt })) {
    const { exitCode, stderr } = await runCommand(machine, words)
    if (exitCode !== 0) problems.push(`${words.slice(0, 4).join(' ')}: ${stderr}`)
  }
  return problems
}

const notesOf = (machine: PretendMachine, folder: string) =>
  Object.keys(machine.state.files).filter((one) => one.includes(`/${folder}/`) && one.includes('note-helper-'))

describe('an app of several containers that is replaced', () => {
  it('gives up what its parts were only with what it was itself, and says so in its plan', async () => {
    const machine = await withOld()
    const before = notesOf(machine, 'versions')
    for (const { id, spec } of changes(machine)) if (id !== 'container.note-helper') await carryOut(machine, spec)
    const aside = there(machine).map(([name, version]) => `${name} ${version}`)
    expect(aside).toEqual([
      'note-helper 4',
      ...['note-helper-db 5', 'note-helper-db-previous 4', 'note-helper-queue 5'],
      ...['note-helper-worker 5', 'note-helper-worker-previous 4'],
    ])
    // Nobody goes back to what was never in service.
    expect(notesOf(machine, 'versions')).toEqual(before)
    const app = specOf(machine, 'note-helper')
    expect(app.settles?.map(({ spec }) => spec.deployment)).toEqual(
      ['db', 'worker', 'queue'].map((one) => `note-helper-${one}`),
    )
    expect(await apply(machine)).toEqual(['container.note-helper'])
    expect(there(machine).map(([name, version, state]) => `${name} ${version} ${state}`)).toEqual(
      ['', '-db', '-queue', '-worker'].map((one) => `note-helper${one} 5 running`),
    )
    expect(notesOf(machine, 'versions').length).toBeGreaterThan(before.length)
    expect(changes(machine)).toEqual([])
  })

  it('has parts that are said to wait for it, until it is set up again', async () => {
    expect(heldParts(asked(await withOld()))).toEqual([])
    const machine = await withNewParts()
    // A part that is new has nothing aside: the others say that the app has not taken its place.
    const waiting = heldParts(asked(machine)).map(({ part, of }) => `${part} of ${of}`)
    expect(waiting.sort()).toEqual(['db', 'worker'].map((one) => `note-helper-${one} of note-helper`))
    await apply(machine)
    expect(heldParts(asked(machine))).toEqual([])
  })

  it('is whole as it was where one of its parts died before it was proven', async () => {
    const machine = await withNewParts()
    const app = specOf(machine, 'note-helper')
    await runCommand(machine, ['docker', 'stop', 'rackside-note-helper-worker'])
    const failed = await carryOut(machine, app)
    expect(failed?.words.slice(-2)).toEqual(['rackside-note-helper-worker', '30'])
    expect(there(machine).map(([name, version]) => `${name} ${version}`)).toEqual(
      ['', '-db', '-worker'].map((one) => `note-helper${one} 4`),
    )
  })

  it('is whole as it was wherever it fails, until it is proven', async () => {
    const machine = await withNewParts()
    const commands = actingKindOf(specOf(machine, 'note-helper')).commands(
      specOf(machine, 'note-helper'),
      asked(machine),
      runId,
    )
    const recorded = commands.findIndex(
      ({ words }) => words[3]?.includes('note-helper-db') === true || words.includes('note-helper-db'),
    )
    expect(recorded).toBeGreaterThan(3)
    for (let failedAt = 0; failedAt <= recorded; failedAt += 1) {
      const one = await withOld()
      const before = there(one)
      for (const { id, spec } of changes(one)) if (id !== 'container.note-helper') await carryOut(one, spec)
      expect(await failAt(one, specOf(one, 'note-helper'), failedAt), `at ${failedAt}`).toEqual([])
      expect(there(one), `at ${failedAt}`).toEqual(before)
    }
  })

  it('is whole as it was where a later part of it fails', async () => {
    for (const failedAt of [0, 1, 2, 3, 4]) {
      const machine = await withOld()
      const before = there(machine)
      await carryOut(machine, specOf(machine, 'note-helper-db'))
      expect(await failAt(machine, specOf(machine, 'note-helper-worker'), failedAt), `at ${failedAt}`).toEqual([])
      expect(there(machine), `at ${failedAt}`).toEqual(before)
    }
  })

  it('brings nothing back that it did not move, where somebody else made a part or it runs as it should', async () => {
    const machine = await withOld()
    const worker = machine.state.containers.find(({ name }) => name === 'rackside-note-helper-worker')
    await runCommand(machine, ['docker', 'update', '--restart', 'no', 'rackside-note-helper-worker'])
    await failAt(machine, specOf(machine, 'note-helper'), 3)
    expect(machine.state.containers).toContain(worker)
  })

  it('goes on with what was held where a console died, and goes back where the version before is set up again', async () => {
    const on = await withNewParts()
    expect((await apply(on)).at(-1)).toBe('container.note-helper')
    expect(changes(on)).toEqual([])
    const back = await withNewParts()
    await apply(back, old)
    expect(changes(back, old)).toEqual([])
    expect(there(back).filter(([, version]) => version === '4')).toHaveLength(3)
    expect(there(back).map(([name]) => name)).not.toContain('note-helper-db-previous')
  })

  it('runs in the version before after a power cut in between, and nobody shares its data', async () => {
    const machine = await withNewParts()
    const policies = asked(machine).containers
    if (policies.state !== 'known') throw new Error(policies.state)
    const starting = policies.value.filter(
      ({ name, settings }) => name.startsWith('rackside-note-helper') && settings?.restartPolicy === 'always',
    )
    expect(starting.map(({ labels }) => labels[versionLabel])).toEqual(['4', '4', '4'])
    expect(new Set(starting.map(({ labels }) => labels[specLabel])).size).toBe(3)
  })
})
