// What a run asks of an appliance besides its steps: each question as root, within its time, with a head that says what
// it is; a link that is lost and a script that fails are told as they are.
import { describe, expect, it } from 'vitest'
import { writeBaseline } from '../../../../main/apply/baseline.ts'
import { lookAtHost } from '../../../../main/apply/host-look.ts'
import { isLeftOpen, readLastRun } from '../../../../main/apply/last-run.ts'
import { gatherMade } from '../../../../main/apply/made.ts'
import { waitForUnits } from '../../../../main/apply/units-at-work.ts'
import { unmakeCommands } from '../../../../main/apply/unmake.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { type Failure, fail, type Result } from '../../../../shared/domain/failure.ts'
import { absent } from '../../../../shared/domain/reading.ts'
import { readScriptHead, type ScriptHead } from '../../../../shared/domain/script-head.ts'
import { answeringConnection } from '../../../support/answering-connection.ts'
import { bareFacts } from '../../../support/plan-cases.ts'

const lost: Failure = { kind: 'link-lost', host: 'h', port: 22, during: 'x' }
const folder = { kind: 'directory', path: '/srv/ward', owner: 'root', group: 'root', mode: '0755' } as const
const kibibyte = 1024

async function unitsOf(connection: Connection): Promise<Result<unknown>> {
  const next = await waitForUnits(connection, { pause: async () => undefined, stop: () => undefined }).next()
  return next.done === true && next.value !== undefined ? fail(next.value) : { ok: true, value: undefined }
}

type Question = {
  readonly block: ScriptHead['block']
  readonly ask: (connection: Connection) => Promise<Result<unknown>>
  /** The failure's name for it. */
  readonly step: string
  readonly answerBytes: number
}

const questions: Question[] = [
  { block: 'last-run', ask: readLastRun, step: 'last run', answerBytes: 512 * kibibyte },
  { block: 'made-list', ask: gatherMade, step: 'what was made', answerBytes: 8 * kibibyte * kibibyte },
  { block: 'units-at-work', ask: unitsOf, step: 'units at work', answerBytes: 0 },
  { block: 'host-look', ask: (one) => lookAtHost(one, [folder]), step: 'host look', answerBytes: 427 * kibibyte },
  {
    block: 'baseline',
    ask: (one) => writeBaseline(one, bareFacts(), { engineSettings: absent }),
    step: 'baseline',
    answerBytes: 0,
  },
  {
    block: 'host-look',
    ask: (one) => unmakeCommands(one, { made: folder, before: {} }, bareFacts()),
    step: 'host look',
    answerBytes: 427 * kibibyte,
  },
]

describe.each(questions)('the question $step', ({ block, ask, step, answerBytes }) => {
  it('is asked as root, within a time, with room for its answer', async () => {
    const { connection, asked } = answeringConnection({})
    await ask(connection)
    expect(asked).toMatchObject([
      { script: { name: step }, options: { as: 'root', deadlineSeconds: expect.any(Number) } },
    ])
    expect(readScriptHead(asked[0]?.script.text ?? '')?.block).toBe(block)
    if (answerBytes > 0) expect(asked[0]?.options.outputLimitBytes).toBeGreaterThan(answerBytes)
  })

  it('passes on what the link says, and what a script said that failed', async () => {
    expect(await ask(answeringConnection(lost).connection)).toEqual(fail(lost))
    const failed = answeringConnection({ exitCode: 3, stderr: 'sh: not found\n' })
    expect(await ask(failed.connection)).toEqual(fail({ kind: 'step-failed', step, detail: 'sh: not found' }))
  })
})

describe('a run that was left open', () => {
  it('is none where nobody can be asked', async () => {
    expect(await isLeftOpen(answeringConnection(lost).connection)).toBe(false)
  })
})
