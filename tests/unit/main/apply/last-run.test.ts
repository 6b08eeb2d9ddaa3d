// What an appliance's journal tells of its newest run: asked in a real shell that must leave no trace, read from
// whatever lies there.
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isLeftOpen, lastRunFrom, readLastRun } from '../../../../main/apply/last-run.ts'
import { acquireLock } from '../../../../main/apply/lock.ts'
import { fail, ok } from '../../../../shared/domain/failure.ts'
import { journaledRun } from '../../../../shared/domain/run.ts'
import { apply, runId, start } from '../../../support/apply-run.ts'

const at = '2026-11-20T08:00:01Z'
const line = (record: object) => JSON.stringify({ run: runId, ...record, at })
const begin = line({ record: 'run-begin', plan: 'plan-1', planDigest: 'x', who: 'li' })
const stepBegin = (step: string) => line({ record: 'step-begin', step })
const stepEnd = (step: string, outcome: string) => line({ record: 'step-end', step, outcome })
const runEnd = (outcome: string) => line({ record: 'run-end', outcome })
const holder = JSON.stringify({ run: runId, who: 'li', at })
const read = (lines: string[], held = '') => lastRunFrom([held, `${runId}.jsonl`, ...lines, ''].join('\n'))

describe('the newest journal', () => {
  it('tells who began what, and how each step went', () => {
    const lines = [begin, stepBegin('a'), stepEnd('a', 'done'), stepEnd('b', 'already'), stepBegin('c')]
    expect(read(lines)).toEqual(
      ok({
        run: runId,
        planId: 'plan-1',
        who: 'li',
        beganAt: at,
        steps: [{ step: 'a', outcome: 'done' }, { step: 'b', outcome: 'already' }, { step: 'c' }],
        state: 'broken-off',
      }),
    )
  })

  it.each([
    ['done', [begin, runEnd('done')], holder],
    ['failed', [begin, runEnd('failed')], ''],
    ['cancelled', [begin, runEnd('cancelled')], ''],
    ['running', [begin, stepBegin('a')], holder],
    ['broken-off', [begin, stepBegin('a')], ''],
    // Another run holds the lock and has not begun its journal: this one is not it.
    ['broken-off', [begin], holder.replace('0badcafe', '00000001')],
  ])('of a run that is %s', (state, lines, held) => {
    expect(read(lines, held)).toMatchObject({ value: { state } })
  })

  it('says of each step how it went, also where one was tried again or several were going on', () => {
    const lines = [stepBegin('a'), stepBegin('b'), stepEnd('a', 'failed'), stepBegin('c'), stepEnd('a', 'done')]
    expect(read([begin, ...lines])).toMatchObject({
      value: {
        steps: [{ step: 'a', outcome: 'failed' }, { step: 'b' }, { step: 'c' }, { step: 'a', outcome: 'done' }],
      },
    })
  })

  it('counts nothing that is no record of this run, and shows nothing that could harm a screen', () => {
    const foreign = stepEnd('x', 'failed').replace('0badcafe', '00000001')
    const hostile = line({
      record: 'run-begin',
      plan: 'p'.repeat(9000),
      planDigest: 'x',
      who: `\u001b[2J${'w'.repeat(900)}`,
    })
    const deep = '['.repeat(100_000)
    const lines = [deep, '{"record"', foreign, hostile, line({ record: 'run-end', outcome: 'splendid' }), begin]
    const found = read([...lines, ...Array(2000).fill(stepBegin('a\u202e'))])
    if (!found.ok || found.value === null) throw new Error('not read')
    expect(journaledRun.safeParse(found.value).success).toBe(true)
    expect(found.value).toMatchObject({ state: 'broken-off', who: expect.stringMatching(/^\[2Jw+ \[cut\]$/) })
    expect([found.value.steps.length, found.value.steps[0]]).toEqual([500, { step: 'a' }])
  })

  it('that does not say what was begun is unreadable, not empty', () => {
    const detail = `journal ${runId}.jsonl: it does not say what was begun`
    expect(read(['garbage'])).toEqual(fail({ kind: 'facts-unreadable', detail }))
    expect(read([stepBegin('a')])).toEqual(fail({ kind: 'facts-unreadable', detail }))
    expect(lastRunFrom('')).toEqual(ok(null))
  })
})

describe('asking the appliance', () => {
  it('where nothing was ever set up finds nothing and makes nothing', async () => {
    const { place } = start()
    expect(await readLastRun(place.connection)).toEqual(ok(null))
    expect(existsSync(place.root)).toBe(false)
    mkdirSync(join(place.root, 'journal'), { recursive: true })
    expect(await readLastRun(place.connection)).toEqual(ok(null))
    expect(readdirSync(place.root)).toEqual(['journal'])
  })

  it('finds the newest of several runs as it went, and changes nothing', async () => {
    const { plan, place } = start()
    await apply(place, plan)
    // Of a console whose clock was fast.
    const older = join(place.root, 'journal', 'run-20981119T080000Z-ffffffff.jsonl')
    writeFileSync(older, `${begin.replaceAll(runId, 'run-20981119T080000Z-ffffffff')}\n`)
    utimesSync(older, 1000, 1000)
    writeFileSync(join(place.root, 'journal', 'run-20991120T080000Z-0badcafe.jsonl'), '')
    const before = readdirSync(place.root, { recursive: true })
    const found = await readLastRun(place.connection)
    expect(found).toMatchObject({ value: { run: runId, planId: plan.id, who: 'li', state: 'done' } })
    // Waiting leaves no line of its own.
    const changed = plan.steps.filter((s) => s.change && s.spec.kind !== 'ready').map((s) => s.id)
    expect(found.ok && found.value?.steps.map((s) => s.step)).toEqual(changed)
    expect(found.ok && found.value?.steps.every((s) => s.outcome === 'done')).toBe(true)
    expect(readdirSync(place.root, { recursive: true })).toEqual(before)
  })

  it('finds the run that began last, whatever the clocks said meanwhile', async () => {
    const { place } = start()
    mkdirSync(join(place.root, 'journal'), { recursive: true })
    const later = 'run-20261121T080000Z-0badcafe'
    const files = { [runId]: begin, [later]: begin.replaceAll(runId, later) }
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(place.root, 'journal', `${name}.jsonl`), `${text}\n`)
    for (const named of Object.keys(files)) {
      writeFileSync(join(place.root, 'journal', 'newest'), `${named}\n`)
      expect(await readLastRun(place.connection)).toMatchObject({ value: { run: named } })
    }
    for (const nonsense of ['../../format', 'run-nobody', '']) {
      writeFileSync(join(place.root, 'journal', 'newest'), `${nonsense}\n`)
      expect(await readLastRun(place.connection)).toMatchObject({ ok: true, value: { run: expect.any(String) } })
    }
  })

  it('calls a run running while its lock is held, and broken off afterwards', async () => {
    const { place } = start()
    const waiting = { pause: place.pause, signal: new AbortController().signal }
    const lock = await acquireLock(place.connection, { run: runId, who: 'li', at }, waiting).next()
    if (lock.done !== true || !lock.value.ok) throw new Error('no lock')
    writeFileSync(join(place.root, 'journal', `${runId}.jsonl`), `${begin}\n${stepBegin('a')}\n`)
    expect(await readLastRun(place.connection)).toMatchObject({ value: { state: 'running' } })
    expect(lock.value.value.held()).toBe(true)
    await place.loseLock()
    expect(await readLastRun(place.connection)).toMatchObject({ value: { state: 'broken-off' } })
    rmSync(join(place.root, 'lock'))
    expect(await readLastRun(place.connection)).toMatchObject({ value: { state: 'broken-off' } })
    expect(existsSync(join(place.root, 'lock'))).toBe(false)
  })

  it('is left open where a run did not say how it ended, or not how it found things then', async () => {
    const { place } = start()
    mkdirSync(join(place.root, 'journal'), { recursive: true })
    const openAfter = async (...lines: string[]) => {
      writeFileSync(join(place.root, 'journal', `${runId}.jsonl`), `${lines.join('\n')}\n`)
      return isLeftOpen(place.connection)
    }
    const verified = line({ record: 'verified', verdict: 'healthy', stillToDo: [], proofs: [] })
    expect(await isLeftOpen(place.connection)).toBe(false)
    expect(await openAfter(begin, stepBegin('a'))).toBe(true)
    expect(await openAfter(begin, runEnd('done'))).toBe(true)
    expect(await openAfter(begin, runEnd('done'), verified)).toBe(false)
    expect(await openAfter(begin, runEnd('done'), verified.replace('healthy', 'down'))).toBe(true)
    expect(await openAfter(begin, runEnd('done'), verified.replace('0badcafe', '00000001'))).toBe(true)
    expect(await openAfter(begin, runEnd('failed'))).toBe(false)
    expect(await openAfter(begin, runEnd('cancelled'))).toBe(false)
  })

  it('says why where it cannot be asked', async () => {
    const { place } = start()
    const refused = { kind: 'sudo-refused', user: 'ops', reason: 'not-allowed', detail: '' } as const
    place.refuse(/last run/, refused)
    expect(await readLastRun(place.connection)).toEqual(fail(refused))
  })
})
