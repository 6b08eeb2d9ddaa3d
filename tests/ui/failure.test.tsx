// The failure dialog: what happened, the evidence folded, a next step that exists here, and for a changed host
// key nothing that could be agreed to.
import { fireEvent, screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FailureDialog } from '../../renderer/console/failure-dialog.tsx'
import { FailureNote } from '../../renderer/console/failure-note.tsx'
import { type Failure, failure } from '../../shared/domain/failure.ts'
import { samplesOf } from '../support/schema-samples.ts'
import { show } from './show.tsx'

const pinned = 'SHA256:uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4c'
const offered = 'SHA256:zNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4d'
const changed: Failure = {
  kind: 'host-key-changed',
  host: '10.78.0.11',
  port: 22,
  keyType: 'ssh-ed25519',
  pinned,
  offered,
}
const noLogin: Failure = { kind: 'credential-unknown', credentialId: 'key-1' }

/** One of each kind, with every field in it. */
const everyKind = [
  ...new Map(
    samplesOf(failure)
      .map((sample) => failure.parse(sample))
      .map((one) => [one.kind, one]),
  ).values(),
]

describe('a changed host key', () => {
  it('shows both fingerprints and offers only to leave, which has the focus', () => {
    const onRetry = vi.fn()
    show(
      <FailureDialog
        failure={changed}
        onClose={() => undefined}
        onRetry={onRetry}
        acts={[{ label: 'Go on', onAct: onRetry }]}
      />,
    )
    const dialog = screen.getByRole('dialog')
    expect(within(dialog).getByRole('img', { name: pinned })).toBeTruthy()
    expect(within(dialog).getByRole('img', { name: offered })).toBeTruthy()
    const cancel = within(dialog).getByRole('button', { name: 'Cancel' })
    expect(document.activeElement).toBe(cancel)
    expect(within(dialog).queryByRole('button', { name: 'Go on' })).toBeNull()
    expect(within(dialog).queryByRole('button', { name: 'Try again' })).toBeNull()
    expect(within(dialog).queryAllByRole('checkbox')).toEqual([])
  })
})

describe('a hard stop without a way around it', () => {
  const revoked: Failure = {
    kind: 'host-key-revoked',
    host: '10.78.0.11',
    port: 22,
    keyType: 'ssh-ed25519',
    fingerprint: offered,
  }

  it.each([revoked, { kind: 'host-key-mismatch', host: 'a', port: 22, keyType: 'x', given: pinned, offered } as const])(
    '$kind offers neither a retry nor a new key',
    (failure) => {
      show(<FailureDialog failure={failure} onClose={() => undefined} onRetry={() => undefined} />)
      const names = screen.getAllByRole('button').map((one) => one.textContent)
      expect(names.filter((name) => name !== '' && name !== 'Copy details')).toEqual(['Cancel'])
      expect(screen.queryByText(/trust its new key/)).toBeNull()
    },
  )

  it('in place offers a new key only for what can be trusted again (P2)', () => {
    show(<FailureNote failure={revoked} onRetry={() => undefined} />)
    expect(screen.queryByText(/trust its new key/)).toBeNull()
    show(<FailureNote failure={changed} onRetry={() => undefined} />)
    expect(screen.getByText(/trust its new key/)).toBeTruthy()
  })
})

describe('a failure', () => {
  it.each<Failure>([
    noLogin,
    { kind: 'host-key-unknown', host: '10.78.0.11', port: 22, keyType: 'ssh-ed25519', fingerprint: pinned },
    { kind: 'agent-unusable', reason: 'no-agent', detail: '' },
    { kind: 'watch-only' },
  ])('that a login mends offers one: $kind', (failure) => {
    const onLogIn = vi.fn()
    show(<FailureNote failure={failure} onLogIn={onLogIn} onRetry={() => undefined} />)
    fireEvent.click(screen.getByRole('button', { name: 'Log in again' }))
    expect(onLogIn).toHaveBeenCalledOnce()
  })

  it('offers no login where one would not help', () => {
    show(
      <FailureNote
        failure={{ kind: 'host-unresolved', host: 'x' }}
        onLogIn={() => undefined}
        onRetry={() => undefined}
      />,
    )
    expect(screen.queryByRole('button', { name: 'Log in again' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
  })

  it('has its details folded and whole in the block that is copied', () => {
    show(<FailureNote failure={{ kind: 'disk-too-small', path: '/var', needBytes: 2 ** 31, freeBytes: 2 ** 30 }} />)
    const folded = screen.getByText('Details').closest('details')
    expect(folded?.hasAttribute('open')).toBe(false)
    expect(folded?.textContent).toContain('2 GiB')
    expect(folded?.textContent).toContain('"needBytes": 2147483648')
  })

  it.each(['en', 'zh-CN'] as const)('of every kind is said in %s, with no code and no missing label', (language) => {
    show(
      everyKind.map((one) => <FailureNote key={one.kind} failure={one} />),
      {},
      language,
    )
    const notes = screen.getAllByTestId('failure')
    expect(notes).toHaveLength(failure.options.length)
    for (const note of notes) {
      const said = note.textContent.replace(note.querySelector('pre')?.textContent ?? '', '')
      expect(said).not.toMatch(/failure\.|undefined|\[object/)
      expect(said.length).toBeGreaterThan(10)
      // What a window cannot do is not advised in it, terminals' failures apart.
      if (
        !['usage', 'port-busy', 'serving-refused', 'serving-not-now', 'desktop-unavailable', 'no-browser'].includes(
          note.dataset['kind'] ?? '',
        )
      ) {
        expect(said).not.toMatch(/--[a-z]+|RACKSIDE_HOME|same command|同一命令/)
      }
    }
  })
})
