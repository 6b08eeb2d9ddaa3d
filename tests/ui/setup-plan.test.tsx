// One-click setup up to the press on "Install": everything is shown before anything is done, and only a person's
// press begins a run.
import { ORPCError } from '@orpc/client'
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../shared/domain/failure.ts'
import type { JournaledRun, RunEvent } from '../../shared/domain/run.ts'
import { english } from '../../shared/words/en/words.ts'
import { stepText } from '../../shared/words/language.ts'
import { withInstaller } from '../support/root-steps.ts'
import { answers, fails, flows, streams } from './gallery/pretend-console.ts'
import { applianceNamed } from './gallery/scripted.ts'
import { factsWith } from './gallery/scripted-facts.ts'
import {
  alreadyTrue,
  brokenBundle,
  medicalTerms,
  openingPlan,
  planId,
  proposals,
  runId,
  wardPlan,
  wardSteps,
} from './gallery/scripted-plans.ts'
import { handStream } from './hand-stream.ts'
import { begin, cards, setupScript, setupWith, showReview, showSetup } from './show-setup.tsx'

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const held: JournaledRun = {
  ...{ run: runId, planId: 'plan-ffffffffffffffff', who: 'li', beganAt: '2026-11-22T09:00:00Z' },
  ...{ steps: [], state: 'running' },
}
const rowsOf = (label: string) => within(screen.getByRole('list', { name: label })).getAllByRole('listitem')

describe('looking', () => {
  it('shows what is inside, and goes on only when asked', async () => {
    const { went, calls } = showSetup({ step: 'connect' })
    await screen.findByRole('heading', { name: '8 × NVIDIA H20 96 GiB' })
    expect(calls().filter((call) => !call.endsWith('.list'))).toEqual(['appliances.detect'])
    expect(went).toEqual([])
    press('See what fits')
    expect(went).toEqual(['proposal'])
  })

  it('at an appliance whose login is gone leads to logging in again', async () => {
    const gone = fails({ kind: 'credential-unknown', credentialId: 'password-1' })
    const { went } = showSetup({
      step: 'connect',
      changes: { appliances: { ...setupScript.appliances, detect: gone } },
    })
    await screen.findByRole('alert')
    press('Log in again')
    expect(went).toEqual(['log in'])
  })

  it('of an appliance whose login only watches offers no setup, says why and leads to another login', async () => {
    const list = answers([{ ...applianceNamed('ward', '10.78.0.11'), watchOnly: true as const }])
    const { went } = showSetup({ step: 'found', changes: { appliances: { ...setupScript.appliances, list } } })
    await screen.findByTestId('watch-only')
    expect(screen.getByText(/Only watched: nothing can be set up here/)).toBeTruthy()
    expect(screen.getByText('only watched')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'See what fits' })).toBeNull()
    press('Log in again')
    expect(went).toEqual(['log in'])
  })

  it('says already what would stand in the way', async () => {
    const facts = factsWith([cards], { engine: { state: 'absent' }, privilege: 'login' })
    showSetup({ step: 'found', changes: { appliances: { ...setupScript.appliances, detect: answers(facts) } } })
    const blockers = within(await screen.findByTestId('visible-blockers'))
    expect(blockers.getByText(/no Docker Engine/)).toBeTruthy()
    expect(blockers.getByText(/ops cannot act as root/)).toBeTruthy()
  })
})

describe('the proposal', () => {
  it('marks the first that fits; what does not fit cannot be chosen and says why', async () => {
    const { went } = showSetup({ step: 'proposal' })
    const radios = await screen.findAllByRole<HTMLInputElement>('radio')
    expect(radios.map(({ checked }) => checked)).toEqual([true, false])
    const [, , misfit] = screen.getAllByTestId('solution')
    if (misfit === undefined) throw new Error('not shown')
    expect(within(misfit).queryByRole('radio')).toBeNull()
    expect(misfit.textContent).toMatch(/does not fit.*761 GiB/)
    press('Review the plan')
    expect(went).toEqual([`review ${planId}`])
  })

  it.each([
    ['three-families', [false, true]],
    ['deepseek-671b', [true, false]],
  ])('begins with what was chosen in the catalog where that fits: %s', async (solution, checked) => {
    showSetup({ step: 'proposal', solution })
    const radios = await screen.findAllByRole<HTMLInputElement>('radio')
    expect(radios.map((one) => one.checked)).toEqual(checked)
  })

  it('says what would happen with the one that is chosen', async () => {
    const { went } = showSetup({ step: 'proposal' })
    const [, bigger] = await screen.findAllByRole('radio')
    expect(screen.getByTestId('ahead').textContent).toContain('71.3 GiB')
    fireEvent.click(bigger as HTMLElement)
    expect(screen.getByTestId('ahead').textContent).toContain('288 GiB')
    press('Review the plan')
    expect(went).toEqual(['review plan-00112233445566bb'])
  })

  it('says in words why not the bigger variant', async () => {
    showSetup({ step: 'proposal' })
    expect(await screen.findByText(/cuda-h200-fp16: needs the nvidia driver 590.10/)).toBeTruthy()
  })

  it('without a bundle says where to put one, and proposes nothing', async () => {
    const { calls } = showSetup({ step: 'proposal', changes: { bundles: { list: answers([brokenBundle]) } } })
    expect(await screen.findByText('/home/ward-admin-2/.local/share/rackside/import')).toBeTruthy()
    expect(screen.getByTestId('bundle-unusable').textContent).toContain('imaging-2026-10')
    expect(calls()).not.toContain('setup.propose')
    // Nothing is chosen by a dialog where the shell has none.
    expect(screen.queryByRole('button', { name: 'Choose a folder' })).toBeNull()
  })

  it('where nothing fits offers no review', async () => {
    showSetup({ step: 'proposal', changes: setupWith({ propose: answers(proposals().slice(2)) }) })
    await screen.findByRole('heading', { name: 'Nothing in this bundle fits yet' })
    expect(screen.queryByRole('button', { name: 'Review the plan' })).toBeNull()
  })

  it('is where an address leads that wants a review of no plan', async () => {
    showSetup({ step: 'review' })
    await screen.findByRole('heading', { name: 'What fits this appliance best' })
  })
})

describe('the review', () => {
  it('lists every change in its order, and what is already true folded apart', async () => {
    const steps = alreadyTrue(wardSteps, (id) => id.startsWith('network') || id.endsWith('-image'))
    showReview(wardPlan({ steps }))
    await screen.findByTestId('changes')
    const text = (change: boolean) => steps.filter((s) => s.change === change).map((s) => stepText(s, english))
    const shown = (label: string) => rowsOf(label).map((row) => row.querySelector('.rs-ledger-text')?.textContent ?? '')
    for (const [place, row] of shown('Changes, in this order').entries()) expect(row).toContain(text(true)[place])
    expect(rowsOf('Changes, in this order')).toHaveLength(text(true).length)
    expect(screen.getByTestId('already-true').querySelectorAll('li')).toHaveLength(text(false).length)
  })

  it('shows what runs as root in words of the bundle, word for word, and nothing where there is none (P43)', async () => {
    showReview(withInstaller(wardPlan(), { arguments: ['--full', '--install-path=/opt/of the vendor'] }))
    const shown = await screen.findByTestId('root-words')
    const line = `sh ./driver.run --full '--install-path=/opt/of the vendor' # sha256 ${'a'.repeat(64)}`
    expect(within(shown).getByText(line).tagName).toBe('PRE')
    expect(shown.textContent).toContain(english.cli.runsAsRoot.installer)
    cleanup()
    showReview(wardPlan())
    await screen.findByTestId('changes')
    expect(screen.queryByTestId('root-words')).toBeNull()
  })

  it('shows licence terms in the language of the page, and begins only after they were accepted, by their names', async () => {
    const { link } = showReview(wardPlan({ licences: medicalTerms }))
    const shown = await screen.findByTestId('licences')
    expect(shown.textContent).toContain('No clinical use without validation on site.')
    const install = screen.getByTestId('install')
    expect(install.hasAttribute('disabled')).toBe(true)
    fireEvent.click(within(shown).getByRole('checkbox'))
    expect(install.hasAttribute('disabled')).toBe(false)
    fireEvent.click(install)
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('setup.apply'))
    expect(link.asked.find(({ call }) => call === 'setup.apply')?.input).toMatchObject({ accepts: ['baichuan-m2@2.0'] })
  })

  it('says that nobody vouches for the bundle, and what was never tried on this hardware', async () => {
    showReview(wardPlan())
    const known = await screen.findByTestId('known')
    expect(known.textContent).toMatch(/not signed.*baichuan-m2 as cuda-h20: not yet verified on this hardware/)
  })

  it('says which service is interrupted', async () => {
    const steps = wardSteps.map((one) => (one.id === 'container.baichuan-m2' ? { ...one, interrupts: true } : one))
    showReview(wardPlan({ steps }))
    await screen.findByTestId('changes')
    expect(screen.getByTestId('ahead').textContent).toContain('Services interruptedbaichuan-m2')
    expect(screen.getByText('The service does not answer while this is done.')).toBeTruthy()
  })

  it('says that data stay and are saved before the service is replaced', async () => {
    const steps = wardSteps.map((one) =>
      one.id === 'container.baichuan-m2' ? { ...one, interrupts: true, backsUp: ['rackside-baichuan-m2_notes'] } : one,
    )
    showReview(wardPlan({ steps }))
    const changes = await screen.findByTestId('changes')
    expect(changes.textContent).toContain(
      'Its data stay, and are saved in /var/lib/rackside/backups/baichuan-m2 before the new version starts.',
    )
  })

  it('begins nothing by itself; one press begins one run, and its page is opened when it has begun', async () => {
    const events = handStream<RunEvent>()
    const { went, calls } = showReview(wardPlan(), { apply: events.call })
    const install = await screen.findByTestId('install')
    expect(calls()).not.toContain('setup.apply')
    fireEvent.click(install)
    fireEvent.click(install)
    await waitFor(() => expect(events.open()).toBe(1))
    expect(went).toEqual([])
    events.give(begin)
    await waitFor(() => expect(went).toEqual([`approved ${planId}`]))
    expect(calls().filter((call) => call === 'setup.apply')).toHaveLength(1)
    await waitFor(() => expect(events.open()).toBe(0))
  })

  it('interrupts what is busy, and takes over another run, only where a person says so', async () => {
    const { link } = showReview(wardPlan({ steps: wardSteps.map((step) => ({ ...step, interrupts: step.change })) }), {
      lastRun: answers(held),
    })
    const install = await screen.findByTestId('install')
    expect((await screen.findByTestId('take-over')).textContent).toContain(
      `li is changing this server now, in the run ${runId}`,
    )
    fireEvent.click(screen.getByRole('checkbox', { name: /requests are under way/ }))
    fireEvent.click(screen.getByRole('checkbox', { name: /from another console/ }))
    expect(install.hasAttribute('disabled')).toBe(true)
    const run = screen.getByLabelText(/The run that gives way/)
    fireEvent.change(run, { target: { value: 'another' } })
    expect(screen.getByText('This is the name of no run.')).toBeTruthy()
    expect(install.hasAttribute('disabled')).toBe(true)
    fireEvent.change(run, { target: { value: ` ${runId} ` } })
    fireEvent.click(install)
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('setup.apply'))
    const applied = link.asked.find(({ call }) => call === 'setup.apply')
    expect(applied?.input).toMatchObject({ planId, evenIfBusy: true, takesOver: runId })
  })

  it('offers no take-over while nobody holds the server, and does when that is why it cannot begin', async () => {
    // biome-ignore lint/correctness/useYield: it is refused before its first event
    const refused = flows<RunEvent>(async function* () {
      const reason: Failure = { kind: 'run-in-progress', holder: 'wang', since: '2026-11-22T09:00:00Z', runId }
      throw new ORPCError('REFUSED', { data: reason })
    })
    const { calls } = showReview(wardPlan(), { apply: refused, lastRun: answers({ ...held, state: 'done' }) })
    const install = await screen.findByTestId('install')
    await waitFor(() => expect(calls()).toContain('setup.lastRun'))
    expect(screen.queryByTestId('take-over')).toBeNull()
    fireEvent.click(install)
    expect((await screen.findByTestId('take-over')).textContent).toContain('wang is changing this server now')
  })

  it('installs a recorder only where somebody wants it, and keeps what was chosen besides', async () => {
    const next = wardPlan({ id: 'plan-00000000000000ff' })
    const purpose = { ...wardPlan().purpose, stopFirst: true as const }
    const { went, link } = showReview(wardPlan({ purpose }), { plan: answers(next) })
    const choice = within(await screen.findByTestId('recorder-choice'))
    const box = choice.getByRole<HTMLInputElement>('checkbox')
    expect([box.checked, choice.getByText(/keeps at most 64/).tagName]).toEqual([false, 'P'])
    fireEvent.click(box)
    await waitFor(() => expect(went).toEqual(['review plan-00000000000000ff']))
    expect(link.asked.find(({ call }) => call === 'setup.plan')?.input).toMatchObject({ stopFirst: true, record: true })
    cleanup()
    showReview(wardPlan({ purpose: { ...purpose, record: true } }))
    const chosen = within(await screen.findByTestId('recorder-choice'))
    expect(chosen.getByRole<HTMLInputElement>('checkbox').checked).toBe(true)
  })

  it('offers to stop the old version first only where the new one would be proven beside it', async () => {
    const beside = wardSteps.map((step) =>
      step.spec.kind === 'container'
        ? { ...step, interrupts: true, spec: { ...step.spec, beside: { memoryBytes: 1 } } }
        : step,
    )
    const next = wardPlan({ id: 'plan-00000000000000ff' })
    const { went, link } = showReview(wardPlan({ steps: beside }), { plan: answers(next) })
    await screen.findByTestId('stop-first')
    press('Stop the old one first instead')
    await waitFor(() => expect(went).toEqual(['review plan-00000000000000ff']))
    expect(link.asked.find(({ call }) => call === 'setup.plan')?.input).toMatchObject({
      ...{ bundleId: 'bundle-records', solution: 'record-assistant', soakSeconds: 60, stopFirst: true },
    })
    cleanup()
    // Whatever else was chosen stays chosen.
    const { purpose } = openingPlan()
    const chosen = wardPlan({ steps: beside, purpose: { ...purpose, rotatesKeys: true, stopFirst: true } })
    const back = showReview(chosen, { plan: answers(next) })
    await screen.findByTestId('stop-first')
    press('Plan without stopping first')
    await waitFor(() => expect(back.went).toEqual(['review plan-00000000000000ff']))
    const input = back.link.asked.find(({ call }) => call === 'setup.plan')?.input
    expect(input).toMatchObject({ publish: purpose.publish, rotatesKeys: true, stopFirst: undefined })
    cleanup()
    showReview(wardPlan())
    await screen.findByTestId('install')
    expect(screen.queryByTestId('stop-first')).toBeNull()
  })

  it('of a plan that is out of date says so and leads to a new one', async () => {
    // biome-ignore lint/correctness/useYield: it is refused before its first event
    const refused = flows<RunEvent>(async function* () {
      const reason: Failure = { kind: 'plan-outdated', differences: ['port 8400: free -> nginx'] }
      throw new ORPCError('REFUSED', { data: reason })
    })
    const { went } = showReview(wardPlan(), { apply: refused })
    fireEvent.click(await screen.findByTestId('install'))
    expect((await screen.findByTestId('failure')).dataset['kind']).toBe('plan-outdated')
    press('Make the plan again')
    expect(went).toEqual(['proposal'])
  })

  it('of a plan with something in its way has no button to install', async () => {
    const { went } = showReview(
      wardPlan({ blockers: [{ kind: 'port-taken', port: 8400, by: 'nginx', neededBy: 'baichuan-m2' }] }),
    )
    await screen.findByRole('heading', { name: 'This plan cannot be carried out' })
    expect(screen.getByText(/Port 8400/)).toBeTruthy()
    expect(screen.queryByTestId('install')).toBeNull()
    expect(screen.getByTestId('ahead').textContent).not.toContain('GiB')
    press('Make the plan again')
    expect(went).toEqual(['proposal'])
  })

  it('of a plan with nothing to do offers to prove that it answers', async () => {
    const { calls } = showReview(wardPlan({ steps: alreadyTrue(wardSteps) }), { prove: streams<never>([]) })
    await screen.findByRole('heading', { name: /^Nothing to do/ })
    expect(screen.queryByTestId('install')).toBeNull()
    press('Prove that it answers')
    await waitFor(() => expect(calls()).toContain('setup.prove'))
  })
})
