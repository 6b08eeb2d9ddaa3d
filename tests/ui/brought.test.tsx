// Bundles in one file or in parts, on the catalog's page: what is missing, the import and where it is, and removing.
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { BroughtBundle, BundleSignature, BundleSummary, ImportProgress } from '../../shared/contract/bundles.ts'
import type { BlockedVersion } from '../../shared/domain/blocked-version.ts'
import type { Failure } from '../../shared/domain/failure.ts'
import { answers, type Script, streams } from './gallery/pretend-console.ts'
import { about } from './gallery/scripted.ts'
import { recordsBundle } from './gallery/scripted-plans.ts'
import { showApp } from './show.tsx'
import { showSetup } from './show-setup.tsx'

type State = Extract<BroughtBundle['content'], { ok: true }>['value']['state']

const unsigned: BundleSignature = { state: 'unsigned' }

const ward = (
  state: State,
  missing: string[] = [],
  signature: BundleSignature = unsigned,
  blocked: BlockedVersion[] = [],
): BroughtBundle => ({
  ...{ importId: 'import-1', files: ['ward.rsb.001'] },
  content: {
    ok: true,
    value: { name: 'ward', publisher: 'City clinic', signature, totalBytes: 2 * 1024 ** 3, missing, state, blocked },
  },
})

/** Its publisher is trusted as City Health Digital, and calls itself something else in this release. */
function renamedBundle(): BundleSummary {
  const bundle = recordsBundle()
  if (!bundle.content.ok) throw new Error('it is usable')
  const { header } = bundle.content.value
  const publisher = { id: header.publisher.id, name: 'City Health Digital' }
  const vouching = { signed: true, publisher, fingerprint: `SHA256:${'a'.repeat(43)}`, version: 2 } as const
  const until = { expires: '2027-11-20T08:00:00Z', expired: false }
  const renamed = { ...header, publisher: { ...publisher, name: 'Ministry of Health' } }
  const value = { ...bundle.content.value, header: renamed, vouching: { ...vouching, ...until } }
  return { ...bundle, content: { ok: true, value } }
}

const half: ImportProgress = { stage: 'working', doneBytes: 1024 ** 3, totalBytes: 2 * 1024 ** 3 }
const damaged: Failure = {
  ...{ kind: 'bundle-incomplete', name: 'ward' },
  pieces: [{ file: 'ward.rsb.002', problem: 'damaged' }],
} as const

const page = (brought: BroughtBundle[], bundles: Script['bundles'] = {}): Script => ({
  window: about,
  bundles: { list: answers([]), brought: answers(brought), ...bundles },
})

const show = (script: Script) => showApp('/catalog?kind=bundles', script)

describe('a bundle that was brought', () => {
  it('is imported when somebody says so, and shows where that is', async () => {
    const { link } = show(page([ward('new')], { import: streams([half]) }))
    fireEvent.click(await screen.findByRole('button', { name: 'Import' }))
    await screen.findByText('1 GiB of 2 GiB imported')
    expect(screen.getByRole('button', { name: 'Stop importing' })).toBeTruthy()
    expect(link.asked.filter(({ call }) => call === 'bundles.import').map(({ input }) => input)).toEqual([
      { importId: 'import-1' },
    ])
  })

  it('names what is missing before anybody imports it, and goes on with one that was cut off', async () => {
    show(page([ward('begun', ['ward.rsb.002'])]))
    await screen.findByText(/^Missing: ward\.rsb\.002\./)
    expect(screen.getByRole('button', { name: 'Go on importing' })).toBeTruthy()
  })

  it('says before it is imported what it takes back', async () => {
    const reason = { en: 'It forgot the last line.', 'zh-CN': '会漏掉最后一行。' }
    const back = { entry: 'discharge-letter', versions: ['1.0.1', '1.0.2'], since: '2026-11-29', reason }
    show(page([ward('new', [], unsigned, [back])]))
    const said = 'Takes back discharge-letter 1.0.1, 1.0.2 since 2026-11-29: It forgot the last line.'
    expect((await screen.findByTestId('taken-back')).textContent).toBe(said)
  })

  it('is no failure when nobody has trusted its publisher yet: it is copied, and what comes next is said', async () => {
    const fingerprint = `SHA256:${'a'.repeat(43)}`
    const by = { publisher: 'clinic', name: 'City clinic', fingerprint }
    const done: ImportProgress = {
      ...{ stage: 'done', bundleId: 'bundle-7', name: 'ward', copiedBytes: 9, presentBytes: 0, blocked: [] },
      ...{ usable: false, why: { kind: 'publisher-unknown', ...by, bundleId: 'bundle-7' } },
    }
    show(page([ward('new')], { import: streams([done], 'ends') }))
    fireEvent.click(await screen.findByRole('button', { name: 'Import' }))
    await screen.findByText(/^It is copied. It is not used until somebody has compared the fingerprint/)
    expect(screen.queryByText(/Cannot be used/)).toBeNull()
  })

  it('says who vouches for it: a publisher that is trusted, a stranger, nobody, or somebody who does not fit', async () => {
    const fingerprint = `SHA256:${'a'.repeat(43)}`
    const by = { publisher: 'clinic', name: 'City clinic', fingerprint }
    const expires = '2027-11-20T08:00:00Z'
    const failure: Failure = {
      ...{ kind: 'bundle-not-trusted', folder: 'ward.rsb', problem: 'rolled-back', file: '', detail: '' },
    }
    const all: [BundleSignature, RegExp][] = [
      [{ state: 'signed', ...by, expires, expired: false }, /^Signed by a publisher that is trusted here/],
      [{ state: 'signed', ...by, expires, expired: true }, /^Its publisher vouched for it until/],
      [{ state: 'stranger', ...by }, /^Signed by a publisher whom nobody here has trusted yet/],
      [unsigned, /^Not signed/],
      [{ state: 'broken', failure }, /^It will be refused: ward\.rsb: It is older than/],
    ]
    show(page(all.map(([signature], at) => ({ ...ward('new', [], signature), importId: `import-${at}` }))))
    for (const [, said] of all) await screen.findByText(said)
    expect(screen.getAllByText(fingerprint)).toHaveLength(3)
  })

  it('names the damaged piece where an import ends with one', async () => {
    show(page([ward('new')], { import: streams([half, { stage: 'failed', failure: damaged }], 'ends') }))
    fireEvent.click(await screen.findByRole('button', { name: 'Import' }))
    expect(await screen.findAllByText(/ward\.rsb\.002 is damaged/)).not.toEqual([])
    expect(screen.getByRole('button', { name: 'Import' })).toBeTruthy()
  })

  it('that is being imported is watched by whoever opens the page, and can be stopped', async () => {
    const { link } = show(page([ward('going')], { import: streams([half]), stopImport: answers({ going: true }) }))
    await screen.findByText('1 GiB of 2 GiB imported')
    fireEvent.click(screen.getByRole('button', { name: 'Stop importing' }))
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('bundles.stopImport'))
  })

  it('is shown with the reason where it is none', async () => {
    const failure: Failure = { kind: 'container-unusable', file: 'x.rsb', problem: 'it is no file of a bundle' }
    show(page([{ importId: 'import-2', files: ['x.rsb'], content: { ok: false, failure } }]))
    expect(await screen.findAllByText(/x\.rsb cannot be used: it is no file of a bundle/)).not.toEqual([])
  })

  it('is of the publisher that was trusted, whatever a release calls itself', async () => {
    show(page([], { list: answers([renamedBundle()]) }))
    await screen.findByText('From City Health Digital')
    expect(screen.queryByText(/Ministry/)).toBeNull()
  })

  it('is chosen for a setup by that name too', async () => {
    showSetup({ step: 'proposal', changes: { bundles: { list: answers([renamedBundle()]) } } })
    await screen.findByText(/City Health Digital/)
    expect(screen.queryByText(/Ministry/)).toBeNull()
  })

  it('is among the bundles once it is imported, and is removed after one more question', async () => {
    const remove = answers({ name: 'records', freedBytes: 1 })
    const bundles = { list: answers([{ ...recordsBundle(), kept: true }]), remove }
    const { link } = show(page([ward('kept')], bundles))
    fireEvent.click(await screen.findByRole('button', { name: 'Remove' }))
    expect(screen.queryByTestId('brought')).toBeNull()
    await screen.findByText('Remove this bundle from this console?')
    expect(link.asked.map(({ call }) => call)).not.toContain('bundles.remove')
    fireEvent.click(screen.getAllByRole('button', { name: 'Remove' }).at(-1) as HTMLElement)
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('bundles.remove'))
  })
})
