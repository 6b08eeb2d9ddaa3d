// A container is made, started or replaced; the power may go at any word of it. What is planned next must
// lead to one container with the wanted spec, and never lose the only one that works.
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../../shared/domain/command.ts'
import type { Container, Facts } from '../../../../shared/domain/facts.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { remoteDeployments, specLabel } from '../../../../shared/domain/remote-layout.ts'
import { readScriptHead } from '../../../../shared/domain/script-head.ts'
import { planStepOf } from '../../../../shared/plan/plan-step.ts'
import { actingKindOf } from '../../../support/acting-kind.ts'
import { knownValue } from '../../../support/known-value.ts'
import { madeJob, madeProbe } from '../../../support/made-tasks.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'
import { type PretendEngine, pretendEngine } from '../../../support/pretend-engine.ts'

const { facts: installed } = planCase('installed')
const plan = planFor(installed)
const planned = plan.steps.find((s) => s.id === 'container.ward-model')?.spec as StepSpecOf<'container'>
const kind = actingKindOf(planned)
const runId = 'run-20261120T080010Z-0badcafe'
const wanted = { [specLabel]: planned.specDigest }

const live = knownValue(installed.containers).find((c) => c.name === 'rackside-ward-model') as Container
const other = (name: string, spec: string, state: Container['state']): Container => ({
  ...live,
  name,
  state,
  id: `${name} ${spec}`,
  labels: { ...live.labels, [specLabel]: spec },
})

/** What may be found on an appliance before a run. */
const beginnings: Record<string, Container[]> = {
  'nothing there': [],
  'an older spec runs': [other('rackside-ward-model', 'old', 'running')],
  'an older spec is stopped': [other('rackside-ward-model', 'old', 'exited')],
  'the wanted one is stopped': [{ ...live, state: 'exited' }],
  'an older spec lies aside, nothing in its place': [other('rackside-ward-model-previous', 'old', 'exited')],
  'an older spec runs, a still older one lies aside': [
    other('rackside-ward-model', 'old', 'running'),
    other('rackside-ward-model-previous', 'older', 'exited'),
  ],
  'an older spec keeps crashing, the one that worked before it lies aside': [
    other('rackside-ward-model', 'old', 'restarting'),
    other('rackside-ward-model-previous', 'older', 'exited'),
  ],
  'the wanted one runs, and what it replaced lies aside still': [
    live,
    other('rackside-ward-model-previous', 'old', 'exited'),
  ],
  'the wanted one is stopped, and what it replaced lies aside still': [
    { ...live, state: 'exited' },
    other('rackside-ward-model-previous', 'old', 'exited'),
  ],
  'an older spec runs, and one that nobody proved is left beside it': [
    other('rackside-ward-model', 'old', 'running'),
    other('rackside-ward-model-next', 'older', 'exited'),
  ],
  'the wanted one runs, and one that nobody proved is left beside it': [
    live,
    other('rackside-ward-model-next', 'older', 'exited'),
  ],
}
const { image } = planned.spec
const withTasks = {
  ...planned,
  jobs: [madeJob({ of: 'ward-model', image })],
  probes: [madeProbe({ of: 'ward-model', image })],
}
/** Each where the old one stops first, and where there is memory for both. */
const cases = Object.entries(beginnings).flatMap(([name, containers]) => [
  { name, containers, step: planned },
  { name: `there is memory for both, and ${name}`, containers, step: { ...planned, beside: { memoryBytes: 0 } } },
  // In the image of the service, which is there.
  { name: `a job and a probe belong to it, and ${name}`, containers, step: withTasks },
])

const engineWith = (containers: Container[]) => pretendEngine(plan, { ...installed, containers: known(containers) })
const seen = (engine: PretendEngine): Facts => ({ ...installed, ...engine.objects() })
const containersOf = (engine: PretendEngine) => knownValue(engine.objects().containers)

describe.each(cases)('where $name', ({ containers, step }) => {
  /** Runs the commands of a fresh look; `stopAfter` of them and then the power is gone. Answers what failed. */
  function apply(engine: PretendEngine, stopAfter = Number.POSITIVE_INFINITY): string | undefined {
    const facts = seen(engine)
    if (kind.isTrue(step, facts).holds) return undefined
    for (const command of kind.commands(step, facts, runId).slice(0, stopAfter)) {
      const problem = engine.execute(command)
      if (problem !== undefined) return `${command.words.slice(0, 5).join(' ')}: ${problem}`
    }
    return undefined
  }

  it('one run brings the wanted container about', () => {
    const engine = engineWith(containers)
    expect(apply(engine)).toBeUndefined()
    expect(containersOf(engine)).toMatchObject([{ name: 'rackside-ward-model', state: 'running', labels: wanted }])
    expect(knownValue(engine.objects().networks)).toEqual(['rackside-ward'])
    expect(kind.isTrue(step, seen(engine)).holds).toBe(true)
  })

  it('a run cut off at any command is completed by the next one', () => {
    for (let at = 0; at < 20; at++) {
      const engine = engineWith(containers)
      apply(engine, at)
      expect(apply(engine), `after a cut at command ${at}`).toBeUndefined()
      const found = containersOf(engine).find((one) => one.name === 'rackside-ward-model')
      expect(found, `after a cut at command ${at}`).toMatchObject({ state: 'running', labels: wanted })
      expect(knownValue(engine.objects().networks), `after a cut at command ${at}`).toEqual(['rackside-ward'])
    }
  })

  it('a power cut at any command leaves it in service, and the next run completes it', () => {
    const served = containers.some((one) => one.state === 'running')
    for (const order of [(found: Container[]) => found, (found: Container[]) => found.toReversed()]) {
      for (let at = 0; at < 20; at++) {
        const engine = engineWith(containers)
        apply(engine, at)
        engine.reboot(order)
        const inService = containersOf(engine).filter((one) => one.state === 'running')
        if (served) expect(inService, `after a power cut at command ${at}`).toHaveLength(1)
        expect(apply(engine), `after a power cut at command ${at}`).toBeUndefined()
        const found = containersOf(engine).find((one) => one.name === 'rackside-ward-model')
        expect(found, `after a power cut at command ${at}`).toMatchObject({ state: 'running', labels: wanted })
        expect(knownValue(engine.objects().networks), `after a power cut at command ${at}`).toEqual(['rackside-ward'])
      }
    }
  })

  it('a power cut while a failure is undone leaves what was in service before it there too', () => {
    const served = containers.some((one) => one.state === 'running')
    const facts = seen(engineWith(containers))
    const commands = kind.commands(step, facts, runId)
    for (const failing of commands.keys()) {
      const undo = kind.undo(step, facts, { runId, failedAt: failing })
      for (const cut of undo.keys()) {
        const engine = engineWith(containers)
        for (const command of [...commands.slice(0, failing), ...undo.slice(0, cut)]) engine.execute(command)
        engine.reboot((found) => found)
        const inService = containersOf(engine).filter((one) => one.state === 'running')
        if (served) expect(inService, `when command ${failing} failed, undone to ${cut}`).toHaveLength(1)
        expect(apply(engine), `when command ${failing} failed, undone to ${cut}`).toBeUndefined()
      }
    }
  })

  it('a command that fails, and then a power cut, leaves one in service: the new one once it is recorded', () => {
    const served = containers.some((one) => one.state === 'running')
    const facts = seen(engineWith(containers))
    const commands = kind.commands(step, facts, runId)
    for (const order of [(found: Container[]) => found, (found: Container[]) => found.toReversed()]) {
      for (const failing of commands.keys()) {
        const engine = engineWith(containers)
        for (const command of commands.slice(0, failing)) engine.execute(command)
        for (const command of kind.undo(step, facts, { runId, failedAt: failing })) engine.execute(command)
        engine.reboot(order)
        const inService = containersOf(engine).filter((one) => one.state === 'running')
        if (served) expect(inService, `when command ${failing} failed`).toHaveLength(1)
        const isRecorded = commands.slice(0, failing).some((one) => one.words.includes(remoteDeployments))
        const mayStartBoth = commands[failing - 1]?.words.includes(remoteDeployments) === true
        if (isRecorded && !mayStartBoth)
          expect(inService, `when command ${failing} failed`).toMatchObject([{ labels: wanted }])
      }
    }
  })

  it('says that it interrupts what a power cut brought back aside', () => {
    const engine = engineWith(containers)
    apply(engine, step.beside === undefined ? 4 : 10)
    engine.reboot((found) => found)
    const aside = containersOf(engine).some((one) => one.name.endsWith('-previous') && one.state === 'running')
    if (aside) expect(planStepOf('container.ward-model', step, seen(engine)).interrupts).toBe(true)
  })

  it('a command that fails leaves what ran before in service, until the new one is proven and recorded', () => {
    // What a run that broke off set aside was in service before it; what it put in its place was never proven.
    const aside = containers.find((one) => one.name.endsWith('-previous'))
    const before = aside ?? containers.find((one) => one.state === 'running')
    const facts = seen(engineWith(containers))
    const commands = kind.commands(step, facts, runId)
    for (const failing of commands.keys()) {
      const engine = engineWith(containers)
      for (const command of commands.slice(0, failing)) engine.execute(command)
      for (const command of kind.undo(step, facts, { runId, failedAt: failing })) engine.execute(command)
      if (before === undefined) continue
      // One that is not proven stays as long as nobody took it away.
      const isLeft = commands
        .slice(failing)
        .some((one) => one.words.join(' ') === 'docker rm --force rackside-ward-model')
      const unproven = containers.find((one) => one.name === 'rackside-ward-model')
      const after = containersOf(engine).find((one) => one.name === 'rackside-ward-model')
      const newOneStays = commands.slice(0, failing).some((one) => one.words.includes(remoteDeployments))
      const expected = newOneStays
        ? { state: 'running', labels: wanted }
        : { state: 'running', id: (isLeft ? unproven : before)?.id }
      expect(after, `when command ${failing} failed`).toMatchObject(expected)
    }
  })
})

describe('jobs and probes of a replacement', () => {
  const facts = seen(engineWith([other('rackside-ward-model', 'old', 'running')]))
  const blocks = (commands: readonly Command[]) =>
    commands.map(({ words }) => readScriptHead(words[2] ?? '')?.block ?? words.slice(0, 2).join(' '))

  it('run when the old one has stopped, and before the new one is watched', () => {
    expect(blocks(kind.commands(withTasks, facts, runId))).toEqual([
      ...['docker stop', 'docker rename', 'task', 'docker run', 'until-healthy', 'smoke', 'task', 'soak', 'smoke'],
      ...['docker update', 'record', 'docker update', 'record', 'version-record', 'docker rm'],
    ])
    const beside = { ...withTasks, beside: { memoryBytes: 0 } }
    const words = blocks(kind.commands(beside, facts, runId))
    expect(words.slice(words.lastIndexOf('docker network'))).toEqual([
      ...[
        'docker network',
        'smoke',
        'task',
        'soak',
        'smoke',
        'docker update',
        'record',
        'docker update',
        'record',
        'version-record',
      ],
      ...['clear-stage', 'docker rm'],
    ])
  })

  it('are not there where nothing is replaced', () => {
    const fresh = seen(engineWith([]))
    expect(blocks(kind.commands(withTasks, fresh, runId))).not.toContain('task')
  })

  it('that fail bring the old one back, and a job that may have run has not run any more', () => {
    const undoAt = (failedAt: number) => kind.undo(withTasks, facts, { runId, failedAt })
    const forgets = (commands: readonly Command[]) => commands.filter(({ words }) => words[2]?.includes('forget-job'))
    expect(forgets(undoAt(1))).toEqual([])
    for (const failing of [2, 3, 6]) expect(forgets(undoAt(failing)), `at ${failing}`).toHaveLength(1)
    expect(blocks(undoAt(6))).toEqual(['host-act', 'docker rm', 'docker rename', 'docker start', 'until-healthy'])
  })

  it('are kept out of what a person can go back to', () => {
    const kept = kind.commands(withTasks, facts, runId).find(({ words }) => words[2]?.includes('version-record'))
    expect(kept?.words.some((word) => word.includes('"probes"') || word.includes('"jobs"'))).toBe(false)
  })
})
