// Where there are native dialogs, a bundle in one file is chosen in one; what was chosen stands among what can be imported.
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { BroughtBundle } from '../../shared/contract/bundles.ts'
import { fail, ok } from '../../shared/domain/failure.ts'
import { answers, type Script } from './gallery/pretend-console.ts'
import { about } from './gallery/scripted.ts'
import { showApp } from './show.tsx'

const desktop = {
  about: async () => {
    const answer = await about.about()
    return answer.ok ? ok({ ...answer.value, shell: 'desktop' as const, dialogs: true }) : answer
  },
}

function show(window: NonNullable<Script['window']>) {
  const brought: BroughtBundle[] = []
  const script: Script = { window, bundles: { list: answers([]), brought: async () => ok([...brought]) } }
  return { brought, ...showApp('/catalog?kind=bundles', script) }
}

it('a file is chosen, and can be imported then', async () => {
  const failure = { kind: 'container-unusable', file: 'ward.rsb', problem: 'it is no file of a bundle' } as const
  const chooseBundleFile = async () => {
    shown.brought.push({ importId: 'import-7', files: ['ward.rsb'], content: { ok: false, failure } })
    return ok({ place: 'import-7' })
  }
  const shown = show({ ...desktop, chooseBundleFile })
  fireEvent.click(await screen.findByRole('button', { name: 'Choose a file' }))
  await waitFor(() => expect(screen.getAllByText(/ward\.rsb cannot be used/)).not.toEqual([]))
})

it('a file that is none is said to be none', async () => {
  const failure = fail({ kind: 'container-unusable', file: 'notes.txt', problem: 'it is no file of a bundle' })
  show({ ...desktop, chooseBundleFile: async () => failure })
  fireEvent.click(await screen.findByRole('button', { name: 'Choose a file' }))
  await waitFor(() => expect(screen.getAllByText(/notes\.txt cannot be used/)).not.toEqual([]))
})

it('without dialogs there is nothing to choose with', async () => {
  show(about)
  await screen.findByRole('button', { name: 'Look again' })
  expect(screen.queryByRole('button', { name: 'Choose a file' })).toBeNull()
})
