// An evaluation on the page of an appliance: what is chosen is asked for, the score is shown as it comes and with its interval
// at the end, one that ended early is gone on with, and a file of the import folder is read first.
import { fireEvent, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { EvaluationPanel } from '../../renderer/features/appliance/evaluation-panel.tsx'
import type { ApplianceAnswers } from '../../renderer/features/appliance/use-appliance.ts'
import { evaluationHeadOf } from '../../shared/domain/evaluation.ts'
import { differenceOf } from '../../shared/verify/evaluation/compare.ts'
import { smokeHead } from '../support/evaluation-results.ts'
import { answers, type Script } from './gallery/pretend-console.ts'
import { applianceNamed } from './gallery/scripted.ts'
import {
  evaluationDone,
  evaluationFailed,
  evaluationGoing,
  evaluationNothing,
  evaluationResults,
} from './gallery/scripted-evaluation.ts'
import { show } from './show.tsx'

const name = 'radiology-01'
const saved = applianceNamed(name, '10.78.0.11')
const target = { by: 'name', name }

function showPanel(evaluation: Script['evaluation'] = {}, watchOnly = false) {
  const appliance = {
    ...{ name, target, saved: watchOnly ? { ...saved, watchOnly: true } : saved },
  } as unknown as ApplianceAnswers
  return show(<EvaluationPanel appliance={appliance} />, { evaluation })
}

const start = async () => fireEvent.click(await screen.findByRole('button', { name: 'Ask' }))

describe('an evaluation', () => {
  it('asks a sample of the set that was chosen, and shows how far it is', async () => {
    const { link } = showPanel(evaluationGoing)
    expect(await screen.findByText(/no measure of clinical quality/)).toBeTruthy()
    fireEvent.change(screen.getByLabelText('How many'), { target: { value: '20' } })
    await start()
    expect(await screen.findByText(/119 of 500, 70\.6 % right so far, 34\.2 a minute/)).toBeTruthy()
    const asked = link.asked.find(({ call }) => call === 'evaluation.run')
    const wish = { concurrency: 4, limit: 20 }
    expect(asked?.input).toEqual({ target, deployment: 'ward-model', setDigest: smokeHead.digest, wish })
  })

  it('says the score with its interval, in words and for the eye', async () => {
    showPanel(evaluationDone)
    await start()
    const result = within(await screen.findByTestId('evaluation-result'))
    const said = '41 of 50 right: 82.0 % (95 % interval 69.2–90.2 %).'
    expect(result.getByText(said)).toBeTruthy()
    expect(result.getByRole('img', { name: said }).querySelector('.rs-interval-band')).toBeTruthy()
    expect(result.getByText(/could not be read/)).toBeTruthy()
  })

  it('that ended early is gone on with, and says why it ended again', async () => {
    const { link } = showPanel(evaluationFailed)
    const kept = within(await screen.findByTestId('evaluation-kept'))
    fireEvent.click(kept.getByRole('button', { name: 'Resume' }))
    expect(await screen.findByText(/10 requests failed/)).toBeTruthy()
    const { evaluationId } = evaluationResults[0] ?? { evaluationId: '' }
    expect(link.asked).toContainEqual({ call: 'evaluation.resume', input: { target, evaluationId } })
  })

  it('is held beside an earlier one, and says where no difference can be told', async () => {
    const [after, , before] = evaluationResults.map(evaluationHeadOf)
    if (before === undefined || after === undefined) throw new Error('not two')
    const difference = differenceOf({ items: 50, both: 34, onlyBefore: 2, onlyAfter: 7 })
    showPanel({ ...evaluationDone, compare: answers({ before, after, difference, unlike: ['seed'] }) })
    const kept = within(await screen.findByTestId('evaluation-kept'))
    for (const box of kept.getAllByRole('checkbox').slice(1)) fireEvent.click(box)
    fireEvent.click(kept.getByRole('button', { name: 'Hold the two beside each other' }))
    const compared = await screen.findByTestId('evaluation-comparison')
    expect(compared.textContent).toMatch(/No difference can be told\. .*36 right, then 41/)
    expect(compared.textContent).toMatch(/scores do: seed\..*no measure of clinical quality/)
  })

  it('reads a file of the import folder first, and says what is left out of it', async () => {
    const set = { ...smokeHead, digest: '9'.repeat(64), name: 'cmb.json', refused: 7, builtIn: undefined }
    const { builtIn: _, ...head } = set
    const refusals = [{ line: 3, fault: 'no-right-answer' as const }]
    const { link } = showPanel({ ...evaluationNothing, takeSet: answers({ set: head, refusals }) })
    fireEvent.mouseDown(await screen.findByLabelText('Questions'))
    fireEvent.click(await screen.findByText(/cmb-exam-test-merge\.json/))
    expect(screen.queryByRole('button', { name: 'Ask' })).toBeNull()
    fireEvent.click(await screen.findByRole('button', { name: 'Read this file' }))
    const brought = await screen.findByTestId('evaluation-brought')
    expect(brought.textContent).toContain('line 3: it does not say which answer is right')
    expect(brought.textContent).toContain('and 6 more')
    expect(link.asked.map(({ call }) => call)).toContain('evaluation.takeSet')
  })

  it('has nothing to begin for a login that only watches', () => {
    const { link } = showPanel(evaluationNothing, true)
    expect(link.asked.map(({ call }) => call)).not.toContain('evaluation.candidates')
    expect(screen.queryByRole('button', { name: 'Ask' })).toBeNull()
  })
})
