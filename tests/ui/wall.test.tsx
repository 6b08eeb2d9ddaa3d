// The wall: one glance says who needs somebody and why; it is entered by a key and left by another.
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Target } from '../../shared/contract/contract.ts'
import { fail, ok } from '../../shared/domain/failure.ts'
import { answers, streams } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { factsWith, healthyDeployment, verdictOf } from './gallery/scripted-facts.ts'
import { showApp } from './show.tsx'

const gone = { kind: 'host-unreachable', host: '10.78.0.12', port: 22, reason: 'timeout' } as const
const named = ({ target }: { target: Target }) => (target.by === 'name' ? target.name : '')

function showBoard(path: string) {
  return showApp(path, {
    window: about,
    appliances: {
      list: answers([applianceNamed('radiology-01', '10.78.0.11'), applianceNamed('ward-3', '10.78.0.12')]),
      status: (input) =>
        Promise.resolve(named(input) === 'ward-3' ? fail(gone) : ok(verdictOf([healthyDeployment('qwen3-32b')]))),
      detect: answers(factsWith([])),
    },
    setup: { runs: answers([]) },
    observe: { watch: streams([]) },
  })
}

describe('the wall', () => {
  it('shows who needs somebody large, with the reason, and who is well in one line', async () => {
    showBoard('/appliances?wall')
    const card = await screen.findByTestId('wall-card')
    expect(card.textContent).toContain('ward-3')
    expect(card.textContent).toContain('10.78.0.12')
    expect(screen.getByRole('dialog', { name: '1 appliance needs you' })).toBeTruthy()
    expect(screen.getByRole('listitem').textContent).toContain('radiology-01')
    expect(screen.queryByTestId('appliance-card')).toBeNull()
  })

  it('comes with "w" and goes with Escape, and not while somebody types', async () => {
    showBoard('/appliances')
    await screen.findAllByTestId('appliance-card')
    fireEvent.keyDown(document.body, { key: 'w', ctrlKey: true })
    expect(screen.queryByTestId('wall')).toBeNull()
    fireEvent.keyDown(document.body, { key: 'w' })
    await screen.findByTestId('wall')
    fireEvent.keyDown(document, { key: 'Escape' })
    await waitFor(() => expect(screen.queryByTestId('wall')).toBeNull())
    expect(screen.getAllByTestId('appliance-card')).toHaveLength(2)
  })
})
