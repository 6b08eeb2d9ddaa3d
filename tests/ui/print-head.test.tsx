// What stands on top of a printed page: a paper of an act names the person, not the computer's user.
import { act, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { PrintHead } from '../../renderer/app/print-head.tsx'
import { answers } from './gallery/pretend-console.ts'
import { about } from './gallery/scripted.ts'
import { administrator, nobodyNamed, signedInAs } from './gallery/scripted-operators.ts'
import { show } from './show.tsx'

it.each([
  ['whoever is signed in', signedInAs(administrator), administrator.name],
  ['the user of the computer, where nobody is named', nobodyNamed, 'ward-admin-2'],
] as const)('names %s', async (_who, state, name) => {
  show(<PrintHead />, { window: about, operators: { state: answers(state) } })
  await act(async () => void dispatchEvent(new Event('beforeprint')))
  expect((await screen.findByText(new RegExp(name))).closest('.rs-print-head')).not.toBeNull()
  act(() => void dispatchEvent(new Event('afterprint')))
})
