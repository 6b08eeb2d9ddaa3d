// Trusting a changed key again in the window (P2): a dialog of its own, where the new fingerprint is compared and the
// host is named before anything can be pressed, and leaving is the default.
import { act, fireEvent, renderHook, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FailureDialog } from '../../renderer/console/failure-dialog.tsx'
import { useFingerprintCheck } from '../../renderer/console/fingerprint-check.tsx'
import { namesAt, wayTo } from '../../renderer/console/way-to.ts'
import type { Failure } from '../../shared/domain/failure.ts'
import { answers, fails, type Script } from './gallery/pretend-console.ts'
import { applianceNamed } from './gallery/scripted.ts'
import { show } from './show.tsx'

const pinned = 'SHA256:uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4c'
const offered = 'SHA256:zNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4d'
const place = { host: '10.78.0.11', port: 22 }
const changed: Failure = { kind: 'host-key-changed', ...place, keyType: 'ssh-ed25519', pinned, offered }
const machine: Failure = { kind: 'other-machine', ...place, knownMachine: '1'.repeat(32), foundMachine: '2'.repeat(32) }

function showRetrust(failure: Failure, hostKeys: Script['hostKeys'] = {}) {
  const onClose = vi.fn()
  const { link } = show(<FailureDialog failure={failure} onClose={onClose} />, {
    appliances: {
      list: answers([applianceNamed('radiology-01', '10.78.0.11')]),
      greet: answers({ keyType: 'ssh-ed25519', fingerprint: pinned, pinned: true }),
    },
    hostKeys: { retrust: answers({ keyType: 'ssh-ed25519', fingerprint: offered, replaced: 2 }), ...hostKeys },
  })
  const retrusts = () => link.asked.filter(({ call }) => call === 'hostKeys.retrust').map(({ input }) => input)
  return { onClose, retrusts }
}

async function openRetrust(link = /trust its new key/, act = 'Trust the new key') {
  fireEvent.click(screen.getByText(link))
  const dialog = within(await screen.findByTestId('retrust'))
  const trust = await dialog.findByRole<HTMLButtonElement>('button', { name: act })
  const typeHost = (value: string) => fireEvent.change(dialog.getByLabelText(/to confirm/), { target: { value } })
  const compare = (value: string) =>
    fireEvent.change(dialog.getByLabelText('Fingerprint read on the server'), { target: { value } })
  return { dialog, trust, typeHost, compare }
}

describe('trusting a changed key again (P2)', () => {
  it('starts at Cancel and can be agreed to only after the comparison and the name', async () => {
    const { retrusts } = showRetrust(changed)
    const { dialog, trust, typeHost } = await openRetrust()
    expect(document.activeElement).toBe(dialog.getByRole('button', { name: 'Cancel' }))
    expect(trust.disabled).toBe(true)
    typeHost('10.78.0.11')
    expect(trust.disabled).toBe(true)
    fireEvent.submit(trust)
    fireEvent.click(dialog.getByRole('checkbox'))
    expect(trust.disabled).toBe(false)
    typeHost('10.78.0.12')
    expect(trust.disabled).toBe(true)
    fireEvent.submit(trust)
    expect(retrusts()).toEqual([])
  })

  it('hands over the compared fingerprint with what was typed, and leads back when it is done', async () => {
    const { onClose, retrusts } = showRetrust(changed)
    const { dialog, trust, typeHost, compare } = await openRetrust()
    compare(offered)
    typeHost(' radiology-01 ')
    fireEvent.click(trust)
    await dialog.findByText('The new key is trusted.')
    expect(retrusts()).toEqual([
      { address: { ...place, user: 'ops' }, fingerprint: offered, typedHost: 'radiology-01' },
    ])
    fireEvent.click(dialog.getByRole('button', { name: 'Close' }))
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
  })

  it('cannot trust while what was read on the server is another fingerprint', async () => {
    const { retrusts } = showRetrust(changed)
    const { dialog, trust, typeHost, compare } = await openRetrust()
    typeHost('radiology-01')
    fireEvent.click(dialog.getByRole('checkbox'))
    compare(pinned)
    expect(trust.disabled).toBe(true)
    fireEvent.submit(trust)
    expect(retrusts()).toEqual([])
  })

  it('says in place when the server shows yet another key, and trusts nothing', async () => {
    const mismatch: Failure = {
      kind: 'host-key-mismatch',
      ...place,
      keyType: 'ssh-ed25519',
      given: offered,
      offered: pinned,
    }
    const { onClose } = showRetrust(changed, { retrust: fails(mismatch) })
    const { dialog, trust, typeHost, compare } = await openRetrust()
    compare(offered)
    typeHost('radiology-01')
    fireEvent.click(trust)
    expect((await dialog.findByRole('alert')).textContent).toContain('does not have the host key that was given')
    expect(onClose).not.toHaveBeenCalled()
  })

  it('of another machine shows both machine ids, and looks at the key again', async () => {
    const { retrusts } = showRetrust(machine)
    const { dialog, trust, typeHost, compare } = await openRetrust(/trust the machine/, 'Trust this machine')
    expect(dialog.getByText('1'.repeat(32))).toBeTruthy()
    expect(dialog.getByText('2'.repeat(32))).toBeTruthy()
    compare(pinned)
    typeHost('10.78.0.11')
    fireEvent.click(trust)
    await dialog.findByText('The machine is trusted.')
    expect(retrusts()).toMatchObject([{ fingerprint: pinned }])
  })
})

describe('a comparison by eye (P2)', () => {
  it('is of the fingerprint that was shown: another one is not compared yet', () => {
    const { result, rerender } = renderHook(({ shown }) => useFingerprintCheck(shown), {
      initialProps: { shown: offered },
    })
    act(() => result.current.onCompared(true))
    expect(result.current.sure).toBe(true)
    rerender({ shown: pinned })
    expect([result.current.compared, result.current.sure]).toEqual([false, false])
  })
})

describe('the way to an address', () => {
  const hop = { address: { host: 'gate', port: 22, user: 'jump' }, credentialId: 'key-2' }
  const inner = { address: { host: 'inner', port: 22, user: 'jump' }, credentialId: 'key-3' }
  const behind = { ...applianceNamed('ward', '10.78.0.11'), via: [hop, inner], weakAlgorithms: true as const }

  it('is the one of the saved appliance, with its jump hosts', () => {
    expect(wayTo(place, [behind])).toEqual({ address: behind.address, via: [hop, inner], weakAlgorithms: true })
    expect(namesAt(place, [behind])).toEqual(['ward'])
  })

  it('to a jump host leads through those before it', () => {
    expect(wayTo({ host: 'gate', port: 22 }, [behind])).toEqual({ address: hop.address })
    expect(wayTo({ host: 'inner', port: 22 }, [behind])).toEqual({ address: inner.address, via: [hop] })
  })

  it('to an address that nobody saved is the plain one', () => {
    expect(wayTo({ host: 'x', port: 2222 }, [behind])).toMatchObject({ address: { host: 'x', port: 2222 } })
  })
})
