// A benchmark on the page of an appliance: what is measured is asked for, figures are shown as they come, and two results are
// held beside each other.
import { fireEvent, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { BenchPanel } from '../../renderer/features/appliance/bench-panel.tsx'
import type { ApplianceAnswers } from '../../renderer/features/appliance/use-appliance.ts'
import { compareBenches } from '../../shared/verify/load/compare.ts'
import { answers, type Script } from './gallery/pretend-console.ts'
import { applianceNamed } from './gallery/scripted.ts'
import { benchDone, benchGoing, benchNothing, benchResults } from './gallery/scripted-bench.ts'
import { show } from './show.tsx'

const name = 'radiology-01'
const saved = applianceNamed(name, '10.78.0.11')

function showPanel(bench: Script['bench'] = {}, watchOnly = false) {
  const appliance = {
    ...{ name, target: { by: 'name', name }, saved: watchOnly ? { ...saved, watchOnly: true } : saved },
  } as unknown as ApplianceAnswers
  return show(<BenchPanel appliance={appliance} />, { bench })
}

const start = async () => fireEvent.click(await screen.findByRole('button', { name: 'Measure' }))

describe('a benchmark', () => {
  it('asks for what was chosen, and shows figures as they come', async () => {
    const { link } = showPanel(benchGoing)
    fireEvent.change(await screen.findByLabelText('Tokens of an answer'), { target: { value: '64' } })
    await start()
    const wish = { ttftLimitMs: 2000, tpotLimitMs: 100, inputTokens: 512, outputTokens: 64 }
    expect(await screen.findByText(/14 answers/)).toBeTruthy()
    expect(screen.getByTestId('bench-levels').textContent).toContain('120')
    const asked = link.asked.find(({ call }) => call === 'bench.run')
    expect(asked?.input).toEqual({ target: { by: 'name', name }, deployment: 'ward-model', wish })
    expect(screen.queryByText(/Supports/)).toBeNull()
  })

  it('says how many people the limits allow', async () => {
    showPanel(benchDone)
    await start()
    expect((await screen.findAllByText(/Supports at least 2 concurrent users/)).length).toBeGreaterThan(0)
  })

  it('holds two results beside each other, the earlier one first', async () => {
    const [after, before] = benchResults
    if (before === undefined || after === undefined) throw new Error('not two')
    const { link } = showPanel({ ...benchDone, compare: answers(compareBenches(before, after)) })
    const kept = within(await screen.findByTestId('bench-kept'))
    for (const box of kept.getAllByRole('checkbox')) fireEvent.click(box)
    fireEvent.click(kept.getByRole('button', { name: 'Hold the two beside each other' }))
    expect(await screen.findByTestId('bench-comparison')).toBeTruthy()
    const input = { before: before.benchId, after: after.benchId }
    expect(link.asked).toContainEqual({ call: 'bench.compare', input })
  })

  it('has nothing to begin where nothing runs, and for a login that only watches', async () => {
    showPanel(benchNothing)
    expect(await screen.findByText(/No model that chats runs here/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Measure' })).toBeNull()
  })

  it('is asked for nothing by a login that only watches', () => {
    const { link } = showPanel(benchNothing, true)
    expect(link.asked.map(({ call }) => call)).not.toContain('bench.candidates')
    expect(screen.queryByRole('button', { name: 'Measure' })).toBeNull()
  })
})
