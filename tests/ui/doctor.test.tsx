// The doctor's tab: the worst first, each finding with cause, help and evidence, and what could not be looked at.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { DoctorTab } from '../../renderer/features/appliance/doctor-tab.tsx'
import type { Result } from '../../shared/domain/failure.ts'
import type { Examination, Finding } from '../../shared/domain/finding.ts'
import { doctorOf } from '../../shared/words/doctor.ts'
import { answers, fails } from './gallery/pretend-console.ts'
import { about } from './gallery/scripted.ts'
import { show } from './show.tsx'
import { unanswered } from './unanswered.ts'

const name = 'radiology-01'
const appliance = unanswered(name)
const lost: Finding = { rule: 'xid-lost', severity: 'error', evidence: ['NVRM: Xid (PCI:0000:b7:00): 79'] }
const swap: Finding = { rule: 'swap-on', severity: 'hint', evidence: ['swap 8.0 GiB'] }
const examined = (findings: Finding[], unread: Examination['unread'] = []): Examination => ({
  takenAt: '2026-11-22T08:00:05.000Z',
  findings,
  unread,
})

function showTab(doctor: () => Promise<Result<Examination>>) {
  return show(<DoctorTab appliance={appliance} faded={false} />, {
    window: about,
    appliances: { doctor, retry: answers({}) },
  })
}

describe('the doctor', () => {
  it('lists findings by severity, each with why, what helps, and what was seen', async () => {
    showTab(answers(examined([lost, swap])))
    const errors = await screen.findByTestId('findings-error')
    const { title, cause, fix } = doctorOf('en').rules['xid-lost']
    for (const text of [title, cause, fix, ...lost.evidence]) expect(within(errors).getByText(text)).toBeTruthy()
    expect(within(errors).queryByText(doctorOf('en').rules['swap-on'].title)).toBeNull()
    const groups = [...document.querySelectorAll('[data-testid^="findings-"]')].map((one) =>
      one.getAttribute('data-testid'),
    )
    expect(groups).toEqual(['findings-error', 'findings-hint'])
  })

  it('says that nothing was found only of what it could look at', async () => {
    showTab(answers(examined([], [{ fact: 'kernelLog', why: 'not permitted' }])))
    await screen.findByText('Nothing found')
    expect(screen.getByText(/In what could be examined/)).toBeTruthy()
    expect(screen.getByText('kernel log')).toBeTruthy()
    expect(screen.getByText('not permitted')).toBeTruthy()
  })

  it('examines once, and again only when a person asks', async () => {
    const { link } = showTab(answers(examined([])))
    fireEvent.click(await screen.findByRole('button', { name: 'Examine again' }))
    const asked = () => link.asked.filter(({ call }) => call === 'appliances.doctor')
    await waitFor(() => expect(asked()).toHaveLength(2))
    expect(asked()[0]?.input).toEqual({ target: { by: 'name', name } })
  })

  it('shows what stands in the way of looking, and no finding', async () => {
    showTab(fails({ kind: 'host-unreachable', host: '10.78.0.11', port: 22, reason: 'timeout' }))
    expect((await screen.findByRole('alert')).dataset['kind']).toBe('host-unreachable')
    expect(screen.queryByText('Nothing found')).toBeNull()
  })
})
