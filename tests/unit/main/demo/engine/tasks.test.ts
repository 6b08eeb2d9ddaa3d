// Jobs and probes on the simulated machine, by the product's own words and readers.
import { expect, it } from 'vitest'
import { keptProbes, probeNow } from '../../../../../main/apply/probes-now.ts'
import { taskFailed } from '../../../../../main/apply/task-ended.ts'
import { runCommand } from '../../../../../main/demo/engine/commands.ts'
import { installedAnswers } from '../../../../../main/demo/hardware/installed-answers.ts'
import type { Machine } from '../../../../../main/demo/machine.ts'
import { kindOf } from '../../../../../shared/apply/all-kinds.ts'
import { scriptHead } from '../../../../../shared/domain/script-head.ts'
import { readTasks } from '../../../../../shared/facts/installed.ts'
import { madeJob, madeProbe } from '../../../../support/made-tasks.ts'
import { answer } from '../../../shared/facts/recorded.ts'
import { asked, carryOut, containerNamed, containerSpecOf, linkTo, runId, wardMachine } from './pretend-machine.ts'

const { image } = containerSpecOf('note-helper').spec
const of = 'note-helper'
const job = { ...madeJob({ of, image }), pauses: true }
const probe = madeProbe({ of, image })
const service = 'rackside-note-helper'

async function tasksOn(machine: Machine) {
  const told = await installedAnswers['tasks']?.(machine)
  return readTasks(new Map([['tasks', answer('tasks', told?.stdout ?? '')]]))
}

const truthOn = async (machine: Machine) => {
  const facts = { ...asked(machine), tasks: await tasksOn(machine) }
  return [kindOf(job).isTrue(job, facts).reason, kindOf(probe).isTrue(probe, facts).reason]
}

const prover = { run: runId, who: 'wang', at: '2026-11-22T08:00:00Z' }

it('a job and a probe end well after a moment, and are noted', async () => {
  const machine = await wardMachine()
  machine.passTime(60_000)
  expect(await truthOn(machine)).toEqual(['job-not-run', 'probe-due'])
  expect(await carryOut(machine, job)).toBeUndefined()
  machine.passTime(60_000)
  expect(await carryOut(machine, probe)).toBeUndefined()
  expect(await truthOn(machine)).toEqual(['job-run', 'probe-passed'])
  expect(containerNamed(machine, service).state).toBe('running')
})

it('a probe is not tried again while a run is going on, and whose run it is is said', async () => {
  const machine = await wardMachine()
  machine.passTime(60_000)
  await carryOut(machine, probe)
  const link = linkTo(machine)
  const holder = { run: runId, who: 'li', at: '2026-11-22T08:00:00Z' }
  void link.run(
    { name: 'run lock', text: scriptHead({ block: 'run-lock', holder }) },
    { as: 'root', deadlineSeconds: 5 },
  )
  expect(await probeNow(link, probe, { facts: asked(machine), holder: prover })).toEqual({ heldBy: holder })
  expect(await probeNow(linkTo(machine), probe, { facts: asked(machine), holder: prover })).toMatchObject({
    result: { outcome: 'passed' },
  })
})

it('a probe of a service that does not answer fails, in the set-up and when it is tried again', async () => {
  const machine = await wardMachine()
  machine.passTime(60_000)
  await carryOut(machine, probe)
  const link = linkTo(machine)
  const [kept] = await keptProbes(link)
  expect(kept).toEqual(probe)
  expect(await probeNow(link, probe, { facts: asked(machine), holder: prover })).toMatchObject({
    result: { outcome: 'passed', run: runId },
  })
  await runCommand(machine, ['docker', 'stop', service])
  expect(await probeNow(link, probe, { facts: asked(machine), holder: prover })).toMatchObject({
    result: { outcome: 'exit' },
  })
  expect(taskFailed((await carryOut(machine, probe))?.stderr ?? '')).toMatchObject({
    kind: 'task-failed',
    task: 'smoke',
  })
  expect(await truthOn(machine)).toEqual(['job-not-run', 'probe-due'])
})

it('a fresh volume is one that no job has filled', async () => {
  const machine = await wardMachine()
  await carryOut(machine, job)
  expect((await truthOn(machine))[0]).toBe('job-run')
  await carryOut(machine, { kind: 'volume', name: 'rackside-note-helper_notes', deployment: of })
  expect((await truthOn(machine))[0]).toBe('job-not-run')
})

it('a full disk fails it', async () => {
  const machine = await wardMachine()
  machine.setDrill('fill-disk')
  expect((await carryOut(machine, job))?.stderr).toContain('No space left on device')
})
