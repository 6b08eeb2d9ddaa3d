// The page of one appliance: never green without a young look, nothing unknown shown as a figure.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ApplianceScreen, type ApplianceTab } from '../../renderer/features/appliance/appliance-screen.tsx'
import type { Facts } from '../../shared/domain/facts.ts'
import { type Failure, ok } from '../../shared/domain/failure.ts'
import { absent, known, unreadable, valueOr } from '../../shared/domain/reading.ts'
import type { ConsoleRun, JournaledRun } from '../../shared/domain/run.ts'
import { provenOnDevices, refutedOnProcessor } from '../support/device-proofs.ts'
import { settingUp } from '../support/set-up-purpose.ts'
import { answers, fails, type Script, streams, waits } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { passedSteps } from './gallery/scripted-access.ts'
import { factsWith, gibibyte, healthyDeployment, reportOf, sampleOf, verdictOf } from './gallery/scripted-facts.ts'
import { show } from './show.tsx'

const name = 'radiology-01'
const ascend = { vendor: 'ascend', product: '910B4', count: 2, memoryBytes: 32 * gibibyte } as const
const report = reportOf(ascend)
const devices = valueOr(report.devices, [])
const facts = factsWith([report])
const healthy = verdictOf([healthyDeployment('qwen3-32b')])
const unreachable: Failure = { kind: 'host-unreachable', host: '10.78.0.11', port: 22, reason: 'timeout' }

function showPage(changes: Script = {}, tab: ApplianceTab = 'overview') {
  const opened: string[] = []
  const asked: string[] = []
  const page = (
    <ApplianceScreen
      name={name}
      tab={tab}
      monitor={<p>the charts</p>}
      logs={null}
      terminal={null}
      onTab={(next) => asked.push(next)}
      onSetUp={() => asked.push('set up')}
      onLogIn={() => asked.push('log in')}
      onOpenRun={(planId) => opened.push(planId)}
      onReview={(planId) => opened.push(planId)}
      onLeave={() => asked.push('leave')}
      onAlerts={() => asked.push('alerts')}
      onDemo={() => asked.push('demo')}
    />
  )
  const { link } = show(page, {
    window: about,
    observe: { watch: streams([{ link: 'up' as const, sample: sampleOf(devices, Date.now()) }]) },
    ...changes,
    appliances: {
      list: answers([applianceNamed(name, '10.78.0.11')]),
      detect: answers(facts),
      status: answers(healthy),
      ...changes.appliances,
    },
    setup: { runs: answers([]), lastRun: answers(null), ...changes.setup },
  })
  return { link, opened, asked }
}

const condition = () => within(screen.getByTestId('condition'))
const state = () => screen.getByTestId('condition').querySelector('[data-state]')?.getAttribute('data-state')

describe('the page of an appliance', () => {
  it('says in its first line how the appliance is and why, and looks once', async () => {
    const { link } = showPage()
    await condition().findByText('Healthy')
    expect(screen.getByTestId('condition').textContent).toContain('proven by a streamed completion')
    expect(screen.getByText('2 × Ascend 910B4 32 GiB', { selector: 'li' })).toBeTruthy()
    expect(link.asked.filter(({ call }) => call === 'appliances.status')).toHaveLength(1)
  })

  it('has the parts of a service under it, and says which one stopped', async () => {
    const rungs = [{ name: 'process', passed: false, detail: '', milliseconds: 1 }] as const
    const part = (name: string, changes: object) => ({ ...healthyDeployment(name), partOf: 'notes', ...changes })
    const status = verdictOf([
      healthyDeployment('notes'),
      part('notes-db', { reason: 'check-passes' }),
      part('notes-worker', { state: 'down', reason: 'not-running', rungs: [...rungs] }),
    ])
    showPage({ appliances: { status: answers(status) } })
    const notes = within(await screen.findByTestId('deployment-notes'))
    expect(notes.getByTestId('part-notes-db').textContent).toContain('Its own check says that it is well')
    expect(notes.getByTestId('part-notes-worker').textContent).toContain('Its container does not run')
    expect(screen.queryByTestId('deployment-notes-db')).toBeNull()
  })

  it('lists on the deployments tab one panel a service, with its parts in it', async () => {
    const status = verdictOf([
      healthyDeployment('notes'),
      { ...healthyDeployment('notes-db'), partOf: 'notes', reason: 'check-passes' },
    ])
    showPage({ appliances: { status: answers(status) } }, 'deployments')
    const panel = within(await screen.findByTestId('deployment-notes'))
    expect(panel.getByTestId('part-notes-db')).toBeTruthy()
    expect(screen.queryByTestId('deployment-notes-db')).toBeNull()
  })

  it('says across solutions which model an app uses, and who uses a model', async () => {
    const record = (deployment: string) => ({
      ...{ deployment, entry: 'x', version: '1' },
      proof: { serves: 'program' as const, deployment, hostPort: 8420 },
    })
    const uses = { deployment: 'chat', network: 'rackside-ward', modelName: 'qwen3-32b' }
    const found = factsWith([report], { deployments: known([record('chat'), { ...record('letters'), uses }]) })
    const status = verdictOf([healthyDeployment('chat'), healthyDeployment('letters')])
    showPage({ appliances: { status: answers(status), detect: answers(found) } }, 'deployments')
    await screen.findByText('qwen3-32b of ward (chat)')
    expect(screen.getByTestId('deployment-letters').textContent).toContain('Usesqwen3-32b of ward (chat)')
    expect(screen.getByTestId('deployment-chat').textContent).toContain('Used byletters')
  })

  it('is not green when the window stops hearing from the console: what is shown is old', async () => {
    const { link } = showPage()
    await condition().findByText('Healthy')
    link.setState({ state: 'lost', sinceMs: Date.now() })
    await waitFor(() => expect(state()).toBe('stale'))
  })

  it('shows why it cannot be reached and what helps, and offers no figure', async () => {
    const { link } = showPage({
      appliances: { detect: fails(unreachable), status: fails(unreachable) },
      observe: { watch: waits() },
    })
    const note = await screen.findByRole('alert')
    expect(note.dataset['kind']).toBe('host-unreachable')
    expect(state()).toBe('unknown')
    expect(screen.queryByTestId('live-accelerators')).toBeNull()
    expect(screen.getByRole('button', { name: 'Set up' }).hasAttribute('disabled')).toBe(true)
    expect(document.querySelector('.ant-btn-primary')?.textContent).toBe('Try again')
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(link.asked.filter(({ call }) => call === 'appliances.status')).toHaveLength(2))
    const calls = link.asked.map(({ call }) => call)
    expect(calls.indexOf('appliances.retry')).toBeGreaterThan(0)
    expect(calls.indexOf('appliances.retry')).toBeLessThan(calls.lastIndexOf('appliances.status'))
  })

  it("replaces its login by Rackside's own key, says what became of it, and offers that no more", async () => {
    let credentialId = 'password-1'
    const list = () => Promise.resolve(ok([{ ...applianceNamed(name, '10.78.0.11'), credentialId }]))
    const install = () => {
      credentialId = 'own-key-1'
      return Promise.resolve(ok({ credentialId, login: 'forgotten' as const, sudo: 'asks' as const }))
    }
    const { link } = showPage({ appliances: { list }, ownKey: { install } })
    const offer = "Replace the login by Rackside's own key"
    fireEvent.click(await screen.findByText(offer))
    const dialog = await screen.findByTestId('own-key')
    fireEvent.click(screen.getByText('Replace it'))
    await waitFor(() => expect(dialog.textContent).toContain('The password is forgotten.'))
    expect(dialog.textContent).toContain('sudo asks for a password there, and none is kept')
    const inputs = link.asked.filter(({ call }) => call === 'ownKey.install').map(({ input }) => input)
    expect(inputs).toEqual([{ name, keepForSudo: false }])
    await waitFor(() => expect(screen.queryByText(offer)).toBeNull())
  })

  it('offers no key of its own where no login is needed', async () => {
    const local = { ...applianceNamed(name, 'localhost'), credentialId: 'this-machine', watchOnly: true as const }
    showPage({ appliances: { list: () => Promise.resolve(ok([local])) } })
    // What is said of a saved appliance is there by now.
    await screen.findByText(/Only watched: nothing can be set up here/)
    expect(screen.queryByText("Replace the login by Rackside's own key")).toBeNull()
  })

  it('tests the connection beside the page, and shows what each step found', async () => {
    const { link } = showPage({ connect: { test: streams(passedSteps, 'ends') } })
    fireEvent.click(await screen.findByRole('button', { name: 'Test connection' }))
    const test = await screen.findByTestId('connection-test')
    await within(test).findByText('Every step works')
    expect(test.textContent).toContain('Port 22 of 10.78.0.11 answers')
    expect(link.asked.find(({ call }) => call === 'connect.test')?.input).toEqual({ target: { by: 'name', name } })
  })

  it('offers no setup where the login only watches, says why, and marks old algorithms', async () => {
    const access = { watchOnly: true, weakAlgorithms: true } as const
    showPage({ appliances: { list: answers([{ ...applianceNamed(name, '10.78.0.11'), ...access }]) } })
    await screen.findByText('only watched')
    expect(screen.getByText('old algorithms allowed').closest('[title]')?.getAttribute('title')).toMatch(/not safe/)
    expect(screen.getByText(/Only watched: nothing can be set up here/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Set up' })).toBeNull()
  })

  it('opens the vault where its login is in it, and looks again', async () => {
    const state = { state: 'locked', protection: 'keychain', entries: null, waitSeconds: 0, keychain: true } as const
    const { link } = showPage({
      window: { ...about, unlockVault: answers({ ...state, state: 'unlocked' }) },
      appliances: { detect: fails({ kind: 'vault-locked' }), status: fails({ kind: 'vault-locked' }) },
      observe: { watch: waits() },
      vault: { state: answers(state) },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Unlock the vault' }))
    await screen.findByText(/The keychain of this computer opens it/)
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Unlock' }))
    await waitFor(() => expect(link.asked.filter(({ call }) => call === 'appliances.status')).toHaveLength(2))
  })

  it('has one primary act: to set up, or to see the run that goes on', async () => {
    const { asked } = showPage()
    fireEvent.click(await screen.findByRole('button', { name: 'Set up' }))
    expect(asked).toEqual(['set up'])
    expect(document.querySelectorAll('.ant-btn-primary')).toHaveLength(1)
  })

  it('is not green beside ill hardware, which its first line and the strip name', async () => {
    const [first, second] = devices
    if (first === undefined || second === undefined) throw new Error('two devices are scripted')
    const shown = [first, { ...second, health: known('critical' as const) }]
    const ill = factsWith([{ ...report, devices: known(shown) }])
    showPage({
      appliances: { detect: answers(ill), status: answers(verdictOf([healthyDeployment('qwen3-32b')], ill)) },
      observe: { watch: streams([{ link: 'up' as const, sample: sampleOf(shown, Date.now()) }]) },
    })
    await condition().findByText('Degraded')
    expect(screen.getByTestId('condition').textContent).toContain('It answers, but NPU 1 is critical.')
    await waitFor(() =>
      expect(screen.getByTestId('live-accelerators').querySelector('.rs-ill-cells')?.textContent).toMatch(
        /^NPU 1: .*critical$/,
      ),
    )
  })

  it('says how long it has been so, once that is a minute', async () => {
    const since = new Date(Date.now() - 6.5 * 60_000).toISOString()
    showPage({ appliances: { status: answers({ ...healthy, since }) } })
    await condition().findByText('Healthy')
    expect(screen.getByTestId('since').textContent).toContain('for 6 min')
  })

  it('asks first for the login where that is what is missing', async () => {
    const missing: Failure = { kind: 'credential-unknown', credentialId: 'x' }
    const { asked } = showPage({
      appliances: { detect: fails(missing), status: fails(missing) },
      observe: { watch: waits() },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Log in again' }))
    expect(asked).toEqual(['log in'])
    expect(screen.getByRole('button', { name: 'Prove now' }).getAttribute('title')).toMatch(/needs a login/)
  })

  it('says what helps beside a deployment that is not well', async () => {
    const gone = { ...healthyDeployment('qwen3-32b'), state: 'down', reason: 'missing', rungs: [] } as const
    const silent = { ...gone, deployment: 'webui', reason: 'port-closed' } as const
    const status = answers(
      verdictOf([
        { ...gone, rungs: [] },
        { ...silent, rungs: [] },
      ]),
    )
    showPage({ appliances: { status } })
    const row = within(await screen.findByTestId('deployment-qwen3-32b'))
    expect(row.getByText('Set up again puts it back.')).toBeTruthy()
    expect(screen.getByText('docker logs rackside-webui')).toBeTruthy()
  })

  it('says of a model whose engine publishes no figures that there are none, and shows none', async () => {
    const { proof: _, ...without } = healthyDeployment('search')
    const search = { ...without, reason: 'embeds', withoutMetrics: true } as const
    showPage({ appliances: { status: answers(verdictOf([healthyDeployment('qwen3-32b'), search])) } })
    const row = await screen.findByTestId('deployment-search')
    expect(row.textContent).toContain('turns texts into vectors')
    expect(row.textContent).toContain('publishes no figures')
    expect(row.textContent).not.toMatch(/TTFT|tokens\/s/)
    expect(screen.getByTestId('deployment-qwen3-32b').textContent).not.toContain('publishes no figures')
  })

  it("shows what a vendor's probe of a service said last, and when", async () => {
    const said = { entry: 'smoke-test', at: '2026-11-22T08:30:00Z', seconds: 4, exitCode: 0 } as const
    const passed = { ...said, task: 'ward-smoke', outcome: 'passed' } as const
    const failed = { ...said, task: 'ward-login', outcome: 'exit', exitCode: 2 } as const
    const tried = { ...healthyDeployment('notes'), state: 'degraded', reason: 'probe-failed' } as const
    const verdict = verdictOf([{ ...tried, probes: [passed, failed] }])
    showPage({ appliances: { status: answers(verdict) } }, 'deployments')
    expect((await screen.findByTestId('probe-ward-smoke')).textContent).toMatch(/ward-smoke passed, .*2026/)
    expect(screen.getByTestId('probe-ward-login').textContent).toContain('ward-login did not pass')
  })

  it('leads to the run while one goes on', async () => {
    const { address } = applianceNamed(name, '10.78.0.11')
    const run: ConsoleRun = {
      ...{ planId: 'plan-1', address, purpose: settingUp('records'), startedAt: '2026-11-22T09:00:00.000Z' },
      state: 'running',
    }
    const { opened } = showPage({ setup: { runs: answers([run]) } })
    fireEvent.click(await screen.findByRole('button', { name: 'See the progress' }))
    expect(opened).toEqual(['plan-1'])
    expect(screen.queryByRole('button', { name: 'Set up' })).toBeNull()
  })

  it('proves in a panel, and asks the appliance only when told to', async () => {
    const { link } = showPage({ setup: { prove: streams([{ event: 'verdict' as const, verdict: healthy }], 'ends') } })
    await condition().findByText('Healthy')
    expect(link.asked.some(({ call }) => call === 'setup.prove')).toBe(false)
    fireEvent.click(screen.getByRole('button', { name: 'Prove now' }))
    const panel = await screen.findByRole('dialog')
    await within(panel).findByText(/Blood pressure/)
    expect(link.asked.filter(({ call }) => call === 'setup.prove')).toHaveLength(1)
  })

  it('shows in that panel where models are computed, when told to', async () => {
    const proofs = [provenOnDevices, refutedOnProcessor]
    const events = [...proofs.map((proof) => ({ event: 'proof' as const, proof })), { event: 'end' as const, proofs }]
    const verdicts = [{ event: 'verdict' as const, verdict: healthy }]
    const { link } = showPage({ setup: { prove: streams(verdicts, 'ends'), proveDevices: streams(events, 'ends') } })
    await condition().findByText('Healthy')
    fireEvent.click(screen.getByRole('button', { name: 'Prove now' }))
    const panel = await screen.findByRole('dialog')
    fireEvent.click(await within(panel).findByRole('button', { name: 'Prove where it computes' }))
    const well = await within(panel).findByTestId('devices-qwen3-32b')
    expect(well.textContent).toContain(
      '8 of 8 Ascend 910B4 seen inside; 33 of 33 layers on accelerators; utilization rose from 0 to 87 %',
    )
    const ill = await within(panel).findByTestId('devices-baichuan-m2')
    expect(ill.textContent).toContain('It was planned on accelerators and computes on the processor')
    expect(ill.textContent).toContain('no usable GPU found')
    expect(link.asked.filter(({ call }) => call === 'setup.proveDevices')).toHaveLength(1)
  })

  it('says so when there is no appliance of this name', async () => {
    const { asked } = showPage({ appliances: { list: answers([]) } })
    await screen.findByText('There is no appliance of this name')
    fireEvent.click(screen.getByRole('button', { name: 'To the appliances' }))
    expect(asked).toEqual(['leave'])
    expect(screen.queryByRole('button', { name: 'Set up' })).toBeNull()
  })
})

describe('the hardware of an appliance', () => {
  it('tells absent from unreadable, and neither is a zero', async () => {
    const [first, second] = devices
    if (first === undefined || second === undefined) throw new Error('two devices are scripted')
    const broken = factsWith([
      {
        ...report,
        devices: known([
          { ...first, powerWatts: absent },
          { ...second, utilizationPercent: unreadable('npu-smi timed out') },
        ]),
      },
    ])
    showPage({ appliances: { detect: answers(broken) } }, 'hardware')
    const table = await screen.findByTestId('accelerators')
    const [, rowOfFirst, rowOfSecond] = within(table).getAllByRole('row')
    if (rowOfFirst === undefined || rowOfSecond === undefined) throw new Error('two rows are expected')
    expect(within(rowOfFirst).getByRole('img', { name: 'not there' })).toBeTruthy()
    expect(within(rowOfSecond).getByRole('img', { name: /npu-smi timed out/ })).toBeTruthy()
    expect(within(rowOfSecond).queryByText('0 %')).toBeNull()
  })

  it('says of each container with accelerators how many are seen inside it, or why nobody could look', async () => {
    const one = { given: [{ by: 'all' as const, vendor: 'nvidia' }] }
    const containerDevices = known([
      { ...one, name: 'rackside-chat', deployment: known('chat'), sees: known(['/dev/davinci0', '/dev/davinci1']) },
      { ...one, name: 'other', deployment: absent, sees: unreadable('is not running') },
    ])
    const found = { ...factsWith([report]), stack: { containerDevices } } as Facts
    showPage({ appliances: { detect: answers(found) } }, 'hardware')
    const value = (label: string) => screen.getByText(label).closest('div')?.querySelector('dd') as HTMLElement
    await screen.findByText('Accelerators seen in chat')
    expect(value('Accelerators seen in chat').textContent).toBe('2')
    expect(within(value('Accelerators seen in other')).getByRole('img', { name: /is not running/ })).toBeTruthy()
  })

  it('names the questions that were not answered, with the reason', async () => {
    const probe = { id: 'npu-info', state: 'still-hung' as const, exitCode: absent, since: known('08:40') }
    showPage({ appliances: { detect: answers(factsWith([report], { probes: [probe] })) } }, 'hardware')
    await screen.findByText('npu-info')
    expect(screen.getByText('an earlier one has been hanging since 08:40')).toBeTruthy()
  })
})

describe('the history of an appliance', () => {
  it('tells the newest run from the journal of the appliance, whoever began it', async () => {
    const run: JournaledRun = {
      run: 'run-20261120T031000Z-0a1b2c3d',
      planId: 'plan-1',
      who: 'night-shift@console-3',
      beganAt: '2026-11-20T03:10:00.000Z',
      steps: [{ step: 'image.llama-server', outcome: 'done' }, { step: 'container.llama-server' }],
      state: 'broken-off',
    }
    showPage({ setup: { lastRun: answers(run) } }, 'history')
    const panel = within(await screen.findByTestId('last-run'))
    expect(panel.getByText('Broken off')).toBeTruthy()
    expect(panel.getByText('night-shift@console-3')).toBeTruthy()
    expect(panel.getAllByRole('listitem').map((item) => item.dataset['state'])).toEqual(['done', 'unknown'])
  })
})
