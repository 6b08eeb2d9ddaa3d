// Evaluations of a demo appliance over its real link: the score is what somebody else counts, and a console that is killed in
// the middle loses no answer. The demo's model says A to every question, and is graded for that.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { evaluateAppliance, resumeEvaluation } from '../../../main/core/evaluation/run.ts'
import { closeCore } from '../../../main/core/open-core.ts'
import { type EvaluationEvent, type EvaluationResult, evaluationEvent } from '../../../shared/domain/evaluation.ts'
import { demoCore, lastingDemoCore, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'
import { repositoryRoot } from '../../support/repository-files.ts'
import { runCli } from '../../support/run-cli.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const deployment = 'demo-clinic-model'
const file = join(repositoryRoot, 'resources', 'evaluation', 'smoke.json')
const published: readonly { readonly answer: string }[] = JSON.parse(readFileSync(file, 'utf8'))

describe('an evaluation of a demo appliance', () => {
  it('is scored, kept, stopped, resumed and compared, and keeps others away while it goes on', async () => {
    const one = demoCore()
    const made = await makeDemo(one.core)
    const { target, demo } = made
    const { evaluation } = one.client.product
    const { set } = must(await one.client.desk.openEvaluationSet({ file }))
    expect(set).toMatchObject({ items: 50, inChinese: 25, categories: 8, refused: 0 })
    const order = { target, deployment, setDigest: set.digest, wish: {} }
    await expect(read(evaluateAppliance(one.context, order))).rejects.toMatchObject({
      data: { kind: 'usage', problem: 'evaluation-deployment' },
    })
    expect(await setUpDemo(one, made)).toBe('healthy')
    expect(must(await evaluation.candidates({ target }))).toMatchObject([{ deployment }])

    let [refused, resumedTwice]: unknown[] = []
    const stopped = await read(evaluateAppliance(one.context, order), async (event) => {
      if (event.event !== 'progress' || refused !== undefined) return
      expect(one.core.benches.isLoaded(demo.address, deployment)).toBe(true)
      expect(must(await evaluation.list({}))[0]).toMatchObject({ going: true })
      refused = await read(evaluateAppliance(one.context, order)).catch((error) => error.data)
      const [going] = must(await evaluation.list({}))
      const begun = { target, evaluationId: going?.evaluationId ?? '' }
      resumedTwice = await read(resumeEvaluation(one.context, begun)).catch((error) => error.data)
      must(await evaluation.stop({ evaluationId: going?.evaluationId ?? '' }))
    })
    expect(refused).toMatchObject({ kind: 'run-in-progress', holder: 'li' })
    const half = resultIn(stopped)
    expect(resumedTwice).toMatchObject({ kind: 'run-in-progress', runId: half.evaluationId })
    expect(half).toMatchObject({ end: 'stopped', planned: 50, subject: { demo: true, engine: 'llama-cpp' } })
    expect(half.subject.weights).toMatch(/^[0-9a-f]{64}$/)
    expect(half.score.asked).toBeGreaterThan(0)
    expect(half.score.asked).toBeLessThan(50)
    expect(one.core.benches.isLoaded(demo.address, deployment)).toBe(false)

    const { evaluationId } = half
    const resumed = await read(resumeEvaluation(one.context, { target, evaluationId }))
    expect(resumed[0]).toMatchObject({ event: 'begin', asked: half.score.asked })
    const whole = resultIn(resumed)
    const right = published.filter(({ answer }) => answer === 'A').length
    expect(whole).toMatchObject({ end: 'done', resumed: 1, score: { right, asked: 50, unreadable: 0, failed: 0 } })
    expect(must(await evaluation.read({ evaluationId }))).toEqual(whole)
    const records = must(await evaluation.records({ evaluationId, from: 0 }))
    expect(records.map(({ item, chosen }) => [item, chosen])).toEqual(published.map((_, item) => [item, 'A']))
    expect(JSON.stringify(records)).not.toMatch(/demo|演示/)
    await expect(read(resumeEvaluation(one.context, { target, evaluationId }))).rejects.toMatchObject({
      data: { problem: 'evaluation-done' },
    })

    const sample = resultIn(await read(evaluateAppliance(one.context, { ...order, wish: { limit: 10, seed: 7 } })))
    expect(sample).toMatchObject({ planned: 10, score: { asked: 10 } })
    const compared = must(await evaluation.compare({ before: evaluationId, after: sample.evaluationId }))
    expect(compared?.difference).toMatchObject({ items: 10, share: 0, told: 'none-told' })
  })

  it('goes on where a killed console was, without asking again, and not with another model', {
    timeout: 180_000,
  }, async () => {
    const home = temporaryFolder()
    const one = lastingDemoCore(home)
    const made = await makeDemo(one.core)
    expect(await setUpDemo(one, made)).toBe('healthy')
    await closeCore(one.core)

    const kill = new AbortController()
    const running = runCli(['evaluate', made.demo.name, '--json', '--concurrency', '4'], {
      ...{ home, killed: kill.signal, patienceMilliseconds: 60_000 },
    })
    const linesOf = (id: string) =>
      readFileSync(join(home, 'evaluations', `${id}.records`), 'utf8')
        .split('\n')
        .slice(0, -1)
    const id = await until(() => idIn(home))
    await until(() => (linesOf(id).length >= 5 ? true : undefined))
    kill.abort()
    expect((await running).code).toBeNull()
    const before = linesOf(id)
    const listed = await runCli(['evaluate', 'list', '--json'], { home })
    expect(listed.json()).toMatchObject({
      evaluations: [{ evaluationId: id, end: 'cut-off', score: { asked: before.length } }],
    })

    const resumed = await runCli(['evaluate', made.demo.name, '--resume', id, '--json'], {
      ...{ home, patienceMilliseconds: 90_000 },
    })
    expect(resumed.code).toBe(0)
    const lines = linesOf(id)
    expect(lines.slice(0, before.length)).toEqual(before)
    expect(lines).toHaveLength(50)
    const right = published.filter(({ answer }) => answer === 'A').length
    expect(resumed.json()).toMatchObject({ evaluation: { end: 'done', resumed: 1, score: { asked: 50, right } } })

    const again = lastingDemoCore(home)
    const kept = must(await again.client.product.evaluation.read({ evaluationId: id }))
    if (kept === null) throw new Error('it is gone')
    // Of this core the smoke test is one of those that were brought.
    must(await again.client.desk.openEvaluationSet({ file }))
    const other = { ...kept, end: 'stopped' as const, subject: { ...kept.subject, spec: '0'.repeat(64) } }
    must(again.core.state.evaluations.save(other))
    await expect(
      read(resumeEvaluation(again.context, { target: made.target, evaluationId: id })),
    ).rejects.toMatchObject({
      data: { problem: 'evaluation-other-model' },
    })
    await closeCore(again.core)
    const shown = await runCli(['evaluate', 'show', id, '--lang', 'zh-CN'], { home })
    expect(shown.stdout).toContain(`50 题答对 ${right} 题`)
  })
})

/** Of the one that has begun. */
function idIn(home: string): string | undefined {
  const folder = join(home, 'evaluations')
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names.find((name) => name.endsWith('.records'))?.replace('.records', '')
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const seen = look()
    if (seen !== undefined) return seen
    await sleep(50)
  }
}

async function read(
  events: AsyncIterable<EvaluationEvent>,
  hear: (event: EvaluationEvent) => Promise<void> = async () => undefined,
): Promise<EvaluationEvent[]> {
  const all: EvaluationEvent[] = []
  for await (const event of events) {
    all.push(evaluationEvent.parse(event))
    await hear(event)
  }
  return all
}

function resultIn(events: readonly EvaluationEvent[]): EvaluationResult {
  const last = events.at(-1)
  if (last?.event !== 'result') throw new Error(`it ended with ${last?.event}`)
  return last.result
}
