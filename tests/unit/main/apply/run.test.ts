// A whole run against an appliance that is a folder: what it tells, what it writes down, and what it leaves when
// something goes wrong half-way.
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { unreadable } from '../../../../shared/domain/reading.ts'
import { apply, planAgain, runId, short, start, stepsDone } from '../../../support/apply-run.ts'
import { planCase } from '../../../support/plan-cases.ts'
import type { ShellAppliance } from '../../../support/shell-appliance.ts'

/** Nobody holds the lock any more, and no run is written in it. */
async function expectReleased(place: ShellAppliance, text = ''): Promise<void> {
  expect(place.lockText()).toBe(text)
  const look = { name: 'is it free', text: `flock -w 2 '${place.root}/lock' true` }
  expect(await place.connection.run(look, { as: 'root', deadlineSeconds: 5 })).toMatchObject({ value: { exitCode: 0 } })
}

describe('a run on a bare appliance', () => {
  it('does every step in order, and writes each down before and after', async () => {
    const { plan, place } = start()
    const { events, end, progress } = await apply(place, plan)
    const ids = plan.steps.map((step) => step.id)
    expect(events.map(short)).toEqual([
      'run-begin',
      ...ids.flatMap((id) => [`step-begin ${id}`, `step-end ${id} done`]),
      'run-end',
    ])
    expect(events.filter((e) => e.event === 'step-begin').map((e) => [e.number, e.of])).toEqual(
      ids.map((_, at) => [at + 1, ids.length]),
    )
    const sentBytes = plan.steps.reduce((sum, step) => sum + step.uploadBytes, 0)
    expect(end).toEqual({ event: 'run-end', run: runId, changed: ids.length, unchanged: 0, sentBytes })
    // Steps that only wait leave no record: nothing was changed.
    const acting = ids.filter((id) => !id.startsWith('ready.'))
    expect(place.journal().map(short)).toEqual([
      'run-begin',
      ...acting.flatMap((id) => [`step-begin ${id}`, `step-end ${id} done`]),
      'run-end done',
    ])
    expect(progress.map((one) => [one.run, one.step])).toEqual(
      ids.filter((id) => id.startsWith('artifact.')).map((id) => [runId, id]),
    )
    await expectReleased(place)
  })

  it('leaves nothing to do: the next plan is empty, and its run touches nothing', async () => {
    const { plan, place } = start()
    await apply(place, plan)
    const again = await planAgain(place)
    expect(again.steps.filter((step) => step.change)).toEqual([])
    const calls = place.calls.length
    const { events, end } = await apply(place, again)
    expect(place.calls.length).toBe(calls)
    expect(events.map((one) => one.event)).toEqual(['run-begin', 'run-end'])
    expect(end).toMatchObject({ changed: 0, unchanged: plan.steps.length })
    expect(end.failure).toBeUndefined()
  })

  it('has waited for what it started, also where that was ready before the look at it', async () => {
    const { plan, place } = start()
    const ask = async () => {
      await place.pause()
      return place.ask()
    }
    const { events, end } = await apply(place, plan, { ask })
    expect(stepsDone(events)).toEqual(plan.steps.map((step) => `${step.id} done`))
    expect(end).toMatchObject({ changed: plan.steps.length, unchanged: 0 })
  })

  it('leaves alone what became true since it was planned', async () => {
    const { plan, place } = start()
    await apply(place, plan)
    const words = place.engineWords().length
    const { events, end } = await apply(place, plan)
    expect(stepsDone(events)).toEqual(plan.steps.map((step) => `${step.id} already`))
    expect(end).toMatchObject({ changed: 0, unchanged: plan.steps.length })
    expect(place.engineWords().length).toBe(words)
  })
})

describe('a run that is stopped', () => {
  it('between two steps ends there, and the next one goes on from there', async () => {
    const { plan, place } = start()
    const stop = new AbortController()
    const run = apply(place, plan, { onProgress: () => stop.abort(), signal: stop.signal })
    const { events, end } = await run
    expect(end.failure).toEqual({ kind: 'cancelled', at: plan.steps[1]?.id })
    expect(stepsDone(events)).toEqual([`${plan.steps[0]?.id} done`])
    expect(place.journal().map(short).at(-1)).toBe('run-end cancelled')
    await expectReleased(place)
    const { end: second } = await apply(place, await planAgain(place))
    expect(second.failure).toBeUndefined()
    expect(place.calls.filter((name) => name.startsWith('put '))).toHaveLength(3)
  })

  it('by a lost link says so, and the next one knows which run ended without a word', async () => {
    const { plan, place } = start()
    const failure = { kind: 'link-lost', host: '10.78.0.11', port: 22, during: 'put' } as const
    const { end } = await apply(place, plan, { onProgress: () => place.refuse(/./, failure) })
    expect(end.failure).toEqual(failure)
    expect(JSON.parse(place.lockText())).toMatchObject({ run: runId, who: 'li' })
    place.allow()
    const next = 'run-20261120T090000Z-00000002'
    const second = await apply(place, await planAgain(place), { runId: next })
    expect(second.end.failure).toBeUndefined()
    const begun = place.journal().filter((one) => one.record === 'run-begin')
    expect(begun.map((one) => [one.run, one.resumes])).toEqual([
      [runId, undefined],
      [next, runId],
    ])
    await expectReleased(place)
  })
})

describe('a step that fails', () => {
  it('ends the run with what the engine said, and nothing after it is done', async () => {
    const { plan, place } = start()
    place.break('run', 'docker: Error response from daemon: driver failed programming external connectivity\n')
    const { events, end } = await apply(place, plan)
    expect(end.failure).toMatchObject({ kind: 'step-failed', step: 'container.ward-model' })
    expect(JSON.stringify(end.failure)).toContain('driver failed programming')
    expect(stepsDone(events).at(-1)).toBe('container.ward-model failed')
    expect(events.filter((e) => e.event === 'step-begin').at(-1)).toMatchObject({ step: 'container.ward-model' })
    expect(place.journal().map(short).slice(-2)).toEqual(['step-end container.ward-model undone', 'run-end failed'])
    await expectReleased(place)
  })

  it('because the disk ran full has a failure of its own', async () => {
    const { plan, place } = start()
    place.break('load', 'write /var/lib/docker/overlay2/x: no space left on device\n')
    const { end } = await apply(place, plan)
    expect(end.failure).toMatchObject({ kind: 'disk-full', detail: expect.stringContaining('no space left') })
    await expectReleased(place)
  })

  it('without saying so is found out, because it is asked once more', async () => {
    const { plan, place } = start()
    place.break('network', '')
    const { end } = await apply(place, plan)
    expect(end.failure).toMatchObject({ kind: 'step-failed', step: 'network.rackside-ward' })
  })

  it('in sending ends with the failure of the sending', async () => {
    const { plan, place } = start()
    const failure = { kind: 'artifact-damaged', artifact: 'qwen3-8b-q4', chunk: 3, detail: 'x' } as const
    place.refuse(/^put qwen3/, failure)
    const { end } = await apply(place, plan)
    expect(end.failure).toEqual(failure)
    expect(place.journal().map(short)).toContain('step-end artifact.qwen3-8b-q4 failed')
    await expectReleased(place)
  })

  it('is mended by a second run, which does only the rest', async () => {
    const { plan, place } = start()
    place.refuse(/^GET 8400/, { kind: 'http-failed', port: 8400, detail: 'refused' })
    const clock = ticking(1000)
    const first = await apply(place, plan, { clock })
    expect(first.end.failure).toMatchObject({ kind: 'not-ready', deployment: 'ward-model' })
    const runs = place.engineWords().filter((words) => words.startsWith('run ')).length
    place.allow()
    const second = await apply(place, await planAgain(place))
    expect(second.end.failure).toBeUndefined()
    expect(place.engineWords().filter((words) => words.startsWith('run ')).length).toBe(runs + 1)
  })
})

describe('what cannot be read', () => {
  it('is not made again over what may be there', async () => {
    const { plan, place } = start(planCase('installed-with-another-spec').facts)
    const blind = async () => {
      const asked = await place.ask()
      return asked.ok
        ? { ok: true as const, value: { ...asked.value, containers: unreadable('one line was broken') } }
        : asked
    }
    const { end } = await apply(place, plan, { ask: blind })
    expect(end.failure).toBeDefined()
    expect(place.engineWords().filter((words) => /^(run|rm|stop|rename)/.test(words))).toEqual([])
    expect(existsSync(place.root)).toBe(true)
  })
})

function ticking(milliseconds: number): () => number {
  let now = 0
  return () => (now += milliseconds)
}
