// The audit in the window: a verdict that is green only where something from elsewhere agrees, acts that are found, one record
// whole, and what was found as a file.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { contract } from '../../shared/contract/contract.ts'
import { desk } from '../../shared/contract/desk.ts'
import { ownActs } from '../../shared/domain/audit-own-acts.ts'
import { wordsOf } from '../../shared/words/words-of.ts'
import { callsOf } from '../support/contract-calls.ts'
import { answers } from './gallery/pretend-console.ts'
import { auditEntries, auditScript, brokenReport, intactReport, unprovenReport } from './gallery/scripted-audit.ts'
import { showApp } from './show.tsx'

const path = '/settings/audit'
const verdict = async () => (await screen.findByTestId('audit-verdict')).textContent

describe('the verdict', () => {
  it('is green only where a checkpoint from elsewhere agrees', async () => {
    showApp(path, auditScript(intactReport))
    expect(await verdict()).toMatch(/^Unchanged 4112 records.*212 checkpoints from elsewhere agree/)
  })

  it('says of what only this computer vouches for that it is no more than that', async () => {
    showApp(path, auditScript(unprovenReport))
    expect(await verdict()).toContain('Unchanged on this computer')
  })

  it('names every finding in words', async () => {
    showApp(path, auditScript(brokenReport))
    expect(await verdict()).toMatch(
      /Changed.*2 findings.*record 4410 was changed.*names record 4460, which is not there/,
    )
  })
})

describe('acts', () => {
  it('are looked up by what is typed, and older ones are added', async () => {
    const { link } = showApp(path, auditScript(intactReport))
    const table = await screen.findByTestId('audit-entries')
    expect(within(table).getAllByRole('row')).toHaveLength(auditEntries.length + 1)
    fireEvent.change(screen.getByLabelText('Who'), { target: { value: 'wang' } })
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-11-01' } })
    fireEvent.click(screen.getByRole('button', { name: 'Find' }))
    const since = new Date('2026-11-01T00:00:00').toISOString()
    await waitFor(() =>
      expect(link.asked).toContainEqual({ call: 'audit.search', input: { filter: { who: 'wang', since }, most: 50 } }),
    )
    fireEvent.click(await screen.findByRole('button', { name: 'Show older ones' }))
    await waitFor(() =>
      expect(within(screen.getByTestId('audit-entries')).getAllByRole('row').length).toBeGreaterThan(
        auditEntries.length + 1,
      ),
    )
  })

  it('say what they were about and what they failed for, in words', async () => {
    showApp(path, auditScript(intactReport))
    const table = (await screen.findByTestId('audit-entries')).textContent
    expect(table).toContain('demo drill (kill-runtime on)')
    expect(table).toContain('failed (bundle not complete)')
    expect(table).not.toContain('bundle-incomplete')
  })

  it('open one record with who, where, the digests and what was asked for', async () => {
    showApp(path, auditScript(intactReport))
    fireEvent.click(await screen.findByRole('button', { name: 'Record 4412: plan applied (ward-assistant 1.2.0)' }))
    const dialog = await screen.findByRole('dialog')
    for (const said of [
      '2026-11-22 16:32:30 +08:00',
      'Radiology-01, ops@10.20.4.11:22',
      'ab'.repeat(32),
      'plan-4f2a',
    ]) {
      expect(dialog.textContent).toContain(said)
    }
  })

  it('are handed out as a file', async () => {
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined })
    const made = { name: 'rackside-audit-2026-11-22.csv', text: 'number', entries: 6, next: null }
    const { link } = showApp(path, auditScript(intactReport, { export: answers(made) }))
    fireEvent.click(await screen.findByRole('button', { name: 'Save as table (CSV)' }))
    await screen.findByText('6 acts are in the file.')
    expect(click).toHaveBeenCalledOnce()
    click.mockRestore()
    expect(link.asked).toContainEqual({ call: 'audit.export', input: { filter: {}, format: 'csv' } })
  })
})

it.each(['en', 'zh-CN'] as const)('every act that is audited has a name in %s', (language) => {
  const { acts } = wordsOf(language).audit
  const audited = callsOf({ product: contract, desk }).flatMap(({ meta }) => meta.call?.audit ?? [])
  const named = [...new Set([...audited, ...Object.values(ownActs)])].filter((act) => act !== 'none')
  expect(named.filter((act) => acts[act] === undefined)).toEqual([])
})
