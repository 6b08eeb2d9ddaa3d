// The catalog as a person sees it: what there is, what fits on an appliance, and why not.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { answers, fails, waits } from './gallery/pretend-console.ts'
import { applianceNamed } from './gallery/scripted.ts'
import { catalogScript, listing } from './gallery/scripted-catalog.ts'
import { factsWith } from './gallery/scripted-facts.ts'
import { showApp } from './show.tsx'

const whole = catalogScript()
const entries = () => screen.findAllByTestId('entry')
const answered = (said: RegExp) =>
  waitFor(() => expect(screen.getByTestId('answer').textContent).toMatch(said), { timeout: 10_000 })
const titles = async () => (await entries()).map((one) => one.querySelector('h2')?.textContent)

describe('the list of entries', () => {
  it('says in its first line how many models fit on the only appliance there is', async () => {
    showApp('/catalog', whole)
    await screen.findByRole('heading', { level: 1, name: '3 of 4 models fit on radiology-01' })
    expect((await screen.findByTestId('seen')).textContent).toMatch(
      /^8 × Ascend 910B4 29.5 GiBSeen .*Look at it again$/,
    )
  })

  it('says of a model that fits where and for how many, and of another what is missing', async () => {
    showApp('/catalog', whole)
    await screen.findByRole('heading', { name: /fit on/ })
    const [qwen, , deepSeek] = await entries()
    expect(qwen?.textContent).toMatch(/Fitsbf16 on 4 of 8 accelerators, for up to 13 people at once, 56 on all 8$/)
    expect(deepSeek?.textContent).toContain('Does not fitNearest: fp8 with vllm-ascend (a2): needs 660 GiB of memory')
    expect(deepSeek?.textContent).toContain('32 such accelerators would do, there are 8')
  })

  it('finds names in either language, and ids', async () => {
    showApp('/catalog', whole)
    const search = await screen.findByRole('textbox', { name: 'Search names and ids' })
    for (const [text, found] of [
      ['安诊儿', ['AntAngelMed 103B']],
      ['671b', ['DeepSeek-R1 671B']],
    ] as const) {
      fireEvent.change(search, { target: { value: text } })
      await waitFor(async () => expect(await titles()).toEqual(found))
    }
    fireEvent.change(search, { target: { value: 'nothing like it' } })
    fireEvent.click(await screen.findByRole('button', { name: 'Show everything' }))
    expect(await titles()).toHaveLength(4)
  })

  it('shows only what fits where that is asked for', async () => {
    showApp('/catalog', whole)
    await screen.findByRole('heading', { name: /fit on/ })
    fireEvent.click(screen.getByRole('checkbox', { name: 'Only what fits' }))
    await waitFor(async () => expect(await titles()).toEqual(['Qwen3 32B', 'AntAngelMed 103B', 'Qwen3 32B']))
  })

  it('asks again for more people, and shows what was known until then', async () => {
    const { link } = showApp('/catalog', whole)
    await screen.findByRole('heading', { name: /fit on/ })
    fireEvent.change(screen.getByRole('spinbutton', { name: 'People at once' }), { target: { value: '40' } })
    await waitFor(() =>
      expect(link.asked.filter(({ call }) => call === 'catalog.outlook').at(-1)?.input).toMatchObject({
        wish: { users: 40, contextTokens: 8192 },
      }),
    )
    expect(screen.queryByText('Working it out')).toBeNull()
  })

  it.each(['runtime', 'app', 'job', 'probe', 'solution'])('shows every %s with whether it fits', async (kind) => {
    showApp(`/catalog?kind=${kind}`, whole)
    await screen.findByRole('heading', { level: 1, name: /\d of \d \w+ fit on radiology-01/ })
    for (const one of await entries()) expect(one.dataset['fit']).toMatch(/^(?:fits|not)$/)
  })

  it('looks again when it is told to', async () => {
    const { link } = showApp('/catalog', whole)
    fireEvent.click(await screen.findByRole('button', { name: 'Look at it again' }))
    await waitFor(() => expect(link.asked.filter(({ call }) => call === 'catalog.outlook').length).toBeGreaterThan(1))
    expect(link.asked.map(({ call }) => call)).toContain('appliances.detect')
  })
})

describe('the list without an answer', () => {
  it('teaches where there is no appliance, and shows what there is', async () => {
    showApp('/catalog', { ...whole, appliances: { list: answers([]) } })
    await screen.findByRole('heading', { name: 'No appliance yet' })
    expect(await titles()).toHaveLength(4)
    await screen.findByRole('heading', { level: 1, name: '4 models' })
  })

  it('asks which one where there are several', async () => {
    const both = ['radiology-01', 'ward-7'].map((name) => applianceNamed(name, '10.0.0.1'))
    const { link } = showApp('/catalog', { ...whole, appliances: { list: answers(both) } })
    await screen.findByText('Choose an appliance to see what fits on it.')
    expect(link.asked.map(({ call }) => call)).not.toContain('catalog.outlook')
  })

  it('says that it is reading, that it looks, and what went wrong', async () => {
    showApp('/catalog', { ...whole, catalog: { ...whole.catalog, entries: waits() } })
    await screen.findByRole('heading', { name: 'Reading the catalog' })
  })

  it('says that it looks at the appliance', async () => {
    showApp('/catalog', { ...whole, catalog: { entries: answers(listing), outlook: waits() } })
    await screen.findByText('Looking at radiology-01')
    expect((await entries())[0]?.textContent).toContain('Working it out')
  })

  it('says why it could not look, and still shows what there is', async () => {
    const refused = { kind: 'host-unreachable', host: '10.78.0.11', port: 22, reason: 'timeout' } as const
    showApp('/catalog', { ...whole, catalog: { entries: answers(listing), outlook: fails(refused) } })
    expect((await screen.findByTestId('failure')).dataset['kind']).toBe('host-unreachable')
    expect(await titles()).toHaveLength(4)
  })

  it('says why there are no entries', async () => {
    const broken = { kind: 'catalog-invalid', file: 'x.yaml', line: 7, problem: 'this is not YAML' } as const
    const place = { place: 'built-in', origin: 'built-in', name: '', demo: false, failure: broken } as const
    const none = { places: [place], entries: [], leftOut: 0 }
    showApp('/catalog', { ...whole, catalog: { ...whole.catalog, entries: answers(none) } })
    await screen.findByRole('heading', { name: 'Built in cannot be read' })
    await screen.findByRole('heading', { name: 'No entries yet' })
  })
})

describe('a model', () => {
  it('that fits shows for how many, and the whole sum of its memory', async () => {
    showApp('/catalog', whole)
    fireEvent.click((await screen.findAllByRole('button', { name: 'Qwen3 32B' }))[0] as HTMLElement)
    await screen.findByRole('heading', { name: 'Its forms on radiology-01' })
    const [bf16, , q4] = screen.getAllByTestId('form')
    if (bf16 === undefined || q4 === undefined) throw new Error('there are three forms')
    const rows = within(within(bf16).getByTestId('memory-sum')).getAllByRole('row')
    expect(rows.slice(1).map((row) => [...row.children].map((cell) => cell.textContent).join(' '))).toEqual([
      'What models can use 26.5 GiB',
      'Left free by the runtime − 2.65 GiB',
      'Weights − 15.3 GiB',
      'Runtime and its work space − 2 GiB',
      'Room for the cache = 6.6 GiB',
      'of it for 1 × 8,192 tokens 512 MiB',
    ])
    expect(bf16.textContent).toContain('13people at once on these 4 accelerators56people at once with all 8')
    expect(bf16.textContent).toContain('4 × ascend-910b, 32 GB each')
    expect(bf16.textContent).toContain('Not yet verified on this hardware.')
    expect(q4.textContent).toContain('the weights are gguf, it reads safetensors')
  })

  it('that does not fit says how many accelerators would do, and folds what was tried', async () => {
    showApp('/catalog/built-in/model/deepseek-r1-671b', whole)
    await answered(/32 such accelerators would do, there are 8/)
    expect(screen.getAllByText('3 ways that were tried and do not fit')).toHaveLength(2)
    expect(screen.getByTestId('about').textContent).toContain('Not for military use.')
  })

  it('says what it is for, that it is not for diagnosis, and whose data it sees', async () => {
    showApp('/catalog/built-in/model/qwen3-32b', whole)
    const about = await screen.findByTestId('about')
    for (const said of ['Drafts outpatient', 'Not for diagnosis', 'Passes through, and is not stored', 'Apache-2.0']) {
      expect(about.textContent).toContain(said)
    }
  })

  it('that is gone is said to be gone', async () => {
    showApp('/catalog/bundle-9/model/gone', whole)
    await screen.findByRole('heading', { name: 'There is no such entry here' })
    fireEvent.click(screen.getByRole('button', { name: 'Back to the catalog' }))
    await entries()
  })
})

describe('a runtime, an app, a solution', () => {
  it('shows what each variant needs, and which one would run', async () => {
    showApp('/catalog/built-in/runtime/vllm-ascend', whole)
    await screen.findByRole('heading', { name: 'Its variants on radiology-01' })
    const [a2, a3] = screen.getAllByTestId('variant')
    expect(a2?.textContent).toContain('This one would run')
    expect(a2?.textContent).toContain(
      '1 accelerator of Ascend · chips of ascend-910b · 28 GiB each · driver 25.0.0 or newer',
    )
    expect(a2?.textContent).toContain('CANN 8.2.RC1 · vLLM 0.11.0')
    expect(a2?.textContent).toContain("The kernel's right IPC_LOCK: hold memory that is never swapped out.")
    // Its driver is newer than those that have this trouble.
    expect(a2?.textContent).toContain('The first start compiles for some minutes.')
    expect(a2?.textContent).not.toContain('Answers stall under load.')
    expect(a3?.textContent).toContain('is made for ascend chips of ascend-910c, there is 910B4')
  })

  it('shows what an app stores, where, and what its container gets', async () => {
    showApp('/catalog/built-in/app/clinic-notes', whole)
    expect((await screen.findByTestId('given')).textContent).toContain(
      'A volume drafts at /data, saved before an update',
    )
    expect(screen.getByTestId('about').textContent).toContain('Drafts, for a day.')
  })

  it('lists the parts of an app with image, memory and data', async () => {
    showApp('/catalog/built-in/app/clinic-notes', whole)
    const parts = (await screen.findByTestId('parts')).textContent
    expect(parts).toContain('dbpostgres:15-alpine · any-image512 MiB/var/lib/postgresql/data')
  })

  it('lists the parts of a solution under the names that they get', async () => {
    showApp('/catalog/built-in/solution/notes-large', whole)
    expect((await screen.findByTestId('parts')).textContent).toContain('notes-db')
  })

  it('shows what a job gets, and how long it may take', async () => {
    showApp('/catalog/built-in/job/starter-notes', whole)
    const given = await screen.findByTestId('given')
    expect(given.textContent).toContain('The volume drafts of its service, to write to, at /drafts')
    expect(given.textContent).toContain('within 90 s, then it is ended')
  })

  it('shows that a probe gets nothing but its network', async () => {
    showApp('/catalog/built-in/probe/notes-smoke-test', whole)
    expect((await screen.findByTestId('given')).textContent).toContain('Only the network of its solution')
  })

  it('shows for which services a solution has jobs and probes', async () => {
    showApp('/catalog/built-in/solution/notes', whole)
    const services = await screen.findByTestId('services')
    expect(services.textContent).toContain('Starter notes, prepares notes before it starts')
    expect(services.textContent).toContain('Smoke test of the notes, tries out notes')
  })

  it('leads from a solution of a bundle to setting it up', async () => {
    showApp('/catalog/bundle-1/solution/notes', whole)
    fireEvent.click(await screen.findByRole('button', { name: 'Set up on radiology-01' }))
    await waitFor(() =>
      expect(location.hash).toBe('#/appliances/radiology-01/setup?step=proposal&bundle=bundle-1&solution=notes'),
    )
  })

  it('explains a solution that does not fit, and that no bundle brings it', async () => {
    showApp('/catalog/built-in/solution/notes-large', whole)
    expect((await screen.findByTestId('problem')).textContent).toContain('Does not fit')
    await screen.findByText(/No bundle here brings it/)
    expect(screen.queryByRole('button', { name: /Set up/ })).toBeNull()
  })

  it('says why no variant fits without accelerators', async () => {
    showApp('/catalog/built-in/runtime/vllm-ascend', catalogScript(factsWith([])))
    await answered(/needs an accelerator of ascend, there is none/)
  })
})
