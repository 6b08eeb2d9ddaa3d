// What a person is not let through to is not offered: a vendor sees the places of its part, and asks nothing that is refused.
import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Role } from '../../shared/domain/role.ts'
import { answers } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { administrator, signedInAs } from './gallery/scripted-operators.ts'
import { showApp } from './show.tsx'

const appliances = { list: answers([applianceNamed('Radiology-01', '10.78.0.11')]) }

async function places(roles: Role[]) {
  const operators = { state: answers(signedInAs({ ...administrator, roles })) }
  const { link } = showApp('/settings', { window: about, appliances, operators })
  await screen.findByTestId('operator-mark')
  await screen.findByText('Publishers')
  await waitFor(() => expect(link.asked.some(({ call }) => call === 'operators.state')).toBe(true))
  const rail = screen.getByRole('navigation')
  return { link, rail: [...rail.querySelectorAll('a')].map((one) => one.textContent) }
}

it('shows a vendor the places that have a part of its own', async () => {
  expect((await places(['vendor'])).rail).toEqual(['Appliances', 'Runs', 'Settings'])
  expect(screen.queryByTestId('bell')).toBeNull()
  expect(screen.queryByTestId('alerts-mark')).toBeNull()
  expect(screen.queryByText('Known hosts')).toBeNull()
})

it('shows a viewer everything that can be looked at, and no way to what is decided about others', async () => {
  expect((await places(['viewer'])).rail).toEqual(['Appliances', 'Catalog', 'Runs', 'Alerts', 'Settings'])
  expect(screen.getByTestId('bell')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Operators' })).toBeNull()
})
