// Evaluations on the disk: each answer is a line, what was cut short is dropped, the newest of each question counts.
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listEvaluations, readEvaluation } from '../../../../main/core/evaluation/kept.ts'
import { evaluationSetsIn } from '../../../../main/store/evaluation-sets.ts'
import { evaluationsIn } from '../../../../main/store/evaluations.ts'
import { openState } from '../../../../main/store/state.ts'
import type { EvaluationRecord } from '../../../../shared/domain/evaluation.ts'
import { evaluationResultOf, smokeHead } from '../../../support/evaluation-results.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const id = 'evaluation-0badcafe'
const record = (item: number, verdict: EvaluationRecord['verdict'] = 'right'): EvaluationRecord => ({
  ...{ item, verdict, milliseconds: 5 },
})

function must<T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

describe('the answers of an evaluation', () => {
  it('come back in the order of the set, the last one of each question', () => {
    const kept = evaluationsIn(temporaryFolder())
    const writer = must(kept.openRecords(id))
    for (const one of [record(3), record(0, 'failed'), record(1), record(0, 'wrong')]) must(writer.append(one))
    writer.close()
    expect(must(kept.records(id)).map(({ item, verdict }) => [item, verdict])).toEqual([
      [0, 'wrong'],
      [1, 'right'],
      [3, 'right'],
    ])
  })

  it('lose the line that was cut short, and nothing stands behind it', () => {
    const folder = temporaryFolder()
    const kept = evaluationsIn(folder)
    const first = must(kept.openRecords(id))
    must(first.append(record(0)))
    first.close()
    const file = join(folder, 'evaluations', `${id}.records`)
    appendFileSync(file, '{"item":1,"verdict":"ri')
    expect(must(kept.records(id))).toHaveLength(1)
    const again = must(kept.openRecords(id))
    must(again.append(record(2)))
    again.close()
    expect(must(kept.records(id)).map(({ item }) => item)).toEqual([0, 2])
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3)
  })

  it('cannot be added to once they are closed', () => {
    const kept = evaluationsIn(temporaryFolder())
    const writer = must(kept.openRecords(id))
    must(writer.append(record(0)))
    writer.close()
    expect(() => writer.append(record(1))).toThrow('closed')
    expect(must(kept.records(id))).toHaveLength(1)
  })

  it('are read past lines that are none of ours', () => {
    const folder = temporaryFolder()
    const kept = evaluationsIn(folder)
    must(kept.openRecords(id)).close()
    const lines = ['nonsense', '{"item":-1}', JSON.stringify(record(4)), '']
    writeFileSync(join(folder, 'evaluations', `${id}.records`), lines.join('\n'))
    expect(must(kept.records(id)).map(({ item }) => item)).toEqual([4])
  })

  it('are counted of an evaluation whose console was killed', () => {
    const state = openState(temporaryFolder())
    must(state.evaluations.save(evaluationResultOf({ end: 'cut-off' })))
    const writer = must(state.evaluations.openRecords(id))
    for (const one of [record(0), record(1, 'wrong')]) must(writer.append(one))
    writer.close()
    const benches = { isGoing: () => false } as never
    expect(must(listEvaluations({ state, benches }))[0]?.score).toMatchObject({ right: 1, asked: 2 })
    expect(must(readEvaluation({ state }, id))?.score).toMatchObject({ right: 1, asked: 2 })
  })
})

describe('sets that were brought', () => {
  const items = [{ line: 1, question: 'which', options: ['a', 'b'], right: 'A' }]
  const setOf = (place: number) => {
    const digest = place.toString(16).padStart(64, '0')
    return { format: 1 as const, set: { ...smokeHead, digest, name: `set ${place}` }, refusals: [], items }
  }

  it('are listed once each, and the oldest go when there are many', () => {
    const folder = temporaryFolder()
    const sets = evaluationSetsIn(folder)
    for (let place = 0; place < 32; place += 1) must(sets.save(setOf(place)))
    must(sets.save(setOf(31)))
    const names = must(sets.list()).map(({ name }) => name)
    expect([names.length, names[0], names.at(-1)]).toEqual([30, 'set 2', 'set 31'])
    expect(must(sets.read(setOf(0).set.digest))).toBeNull()
    expect(must(sets.read(setOf(31).set.digest))?.items).toEqual(items)
    rmSync(folder, { recursive: true, force: true })
  })
})
