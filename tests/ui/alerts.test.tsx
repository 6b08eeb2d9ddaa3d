// Alerts: the first line says what needs somebody; what is told, to whom and when can be set; no secret leaves its
// field but to the console, and no call about a channel carries one.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { checkDraft, draftOf, newDraft, withKind } from '../../renderer/features/alerts/channel-draft.ts'
import { keptOrder } from '../../renderer/features/alerts/kept-order.ts'
import { spanOf } from '../../renderer/features/alerts/maintenance-dialog.tsx'
import { fail, ok } from '../../shared/domain/failure.ts'
import { answers, type Script } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { activeAlerts, channelStates, channels, pastAlerts, usualSettings } from './gallery/scripted-alerts.ts'
import { nightReport, openReport } from './gallery/scripted-incident.ts'
import { showApp } from './show.tsx'

const nowMs = Date.now()
const open = { state: 'unlocked', protection: 'passphrase', entries: 4, waitSeconds: 0, keychain: false } as const
const now = { active: activeAlerts(nowMs), quiets: [], channels: channelStates(nowMs) }
const nothing = { active: [], quiets: [], channels: channelStates(nowMs).slice(0, 1) }

function showAlerts(path: string, changes: Script['alerts'] = {}, window: Script['window'] = {}) {
  const { link } = showApp(path, {
    window: { ...about, ...window },
    vault: { state: answers(open) },
    appliances: { list: answers([applianceNamed('Radiology-01', '10.78.0.11')]) },
    alerts: {
      list: answers(now),
      history: answers(pastAlerts(nowMs)),
      settings: answers(usualSettings),
      ...changes,
    },
  })
  return { link, inputs: (name: string) => link.asked.filter(({ call }) => call === name).map(({ input }) => input) }
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })

describe('the page of alerts', () => {
  it('says how many need somebody, and counts neither what is acknowledged nor what is silenced', async () => {
    showAlerts('/alerts')
    await screen.findByRole('heading', { level: 1, name: '3 alerts need you' })
    const needs = screen.getAllByTestId('alert').map((row) => row.dataset['needs'])
    expect(needs.filter((one) => one === 'true')).toHaveLength(3)
    expect(screen.getByTestId('alerts-mark').getAttribute('aria-label')).toBe('3 alerts need somebody')
  })

  it('says of each what, where, since when, how much and what to do', async () => {
    showAlerts('/alerts')
    const [first] = await screen.findAllByTestId('alert-group')
    expect(first?.textContent).toContain('Radiology-01')
    const [lost, hot] = within(first as HTMLElement).getAllByTestId('alert')
    expect(lost?.textContent).toContain('Critical')
    expect(lost?.textContent).toContain('Ascend 3: accelerator does not answer')
    expect(lost?.textContent).toContain('for 14 min')
    expect(lost?.textContent).toContain('What to do: Look at the doctor')
    expect(hot?.textContent).toContain('Now: 91 °C · Limit: 85 °C')
    expect(hot?.textContent).toContain('It came back 2 times')
  })

  it('leads to an appliance only where there is one with that name', async () => {
    showAlerts('/alerts')
    await screen.findAllByTestId('alert-group')
    await screen.findByRole('button', { name: 'Open Radiology-01' })
    expect(screen.queryByRole('button', { name: 'Open Ward-3' })).toBeNull()
  })

  it('does not call what is old true, nor an empty list well where nothing is told', async () => {
    const { link } = showAlerts('/alerts')
    await screen.findAllByTestId('alert-group')
    link.setState({ state: 'lost', sinceMs: nowMs })
    await screen.findByRole('heading', { level: 1, name: 'What is shown is old' })
    expect(screen.getByTestId('alerts-mark').getAttribute('aria-label')).toBe('Alerts: what is known is old')
  })

  it('teaches what an alert is where there is none, and that nobody is told without a channel', async () => {
    showAlerts('/alerts', { list: answers({ ...nothing, channels: [] }) })
    await screen.findByRole('heading', { level: 1, name: 'No alert needs you' })
    expect(screen.getByText(/What nobody watches raises none/)).toBeTruthy()
    expect(screen.getByText(/Nobody is told of alerts/)).toBeTruthy()
  })

  it('shows only those of one appliance, and all again', async () => {
    showAlerts('/alerts?of=Ward-3')
    await screen.findByText('Only Ward-3 is shown.')
    expect(screen.getAllByTestId('alert')).toHaveLength(2)
    press('Show all')
    await waitFor(() => expect(screen.getAllByTestId('alert')).toHaveLength(5))
  })

  it('acknowledges one, and asks anew', async () => {
    const [one] = now.active
    const { inputs } = showAlerts('/alerts', { acknowledge: async () => ok(one as never) })
    await screen.findAllByTestId('alert')
    press('Acknowledge: Ascend 3: accelerator does not answer')
    await waitFor(() => expect(inputs('alerts.list').length).toBeGreaterThan(1))
    expect(inputs('alerts.acknowledge')).toEqual([{ alertId: 'alert-1' }])
  })

  it('silences one of an appliance, or all of it, for as long as was chosen', async () => {
    const quiet = { id: 'q', kind: 'silence', fromMs: 0, untilMs: 1, by: 'x', note: '' } as const
    const { inputs } = showAlerts('/alerts', { silence: answers(quiet) })
    await screen.findAllByTestId('alert')
    press('Silence: Ascend 3: accelerator does not answer')
    const dialog = within(await screen.findByTestId('silence-dialog'))
    fireEvent.click(dialog.getByLabelText('Everything on Radiology-01'))
    type('Note', 'fan is replaced')
    press('Silence')
    await waitFor(() => expect(screen.queryByTestId('silence-dialog')).toBeNull())
    const [asked] = inputs('alerts.silence') as { untilMs: number }[]
    expect(asked).toMatchObject({ kind: 'silence', appliance: '10.78.0.11:22', note: 'fan is replaced' })
    expect(asked).not.toHaveProperty('rule')
    expect(Math.abs((asked?.untilMs ?? 0) - Date.now() - 3_600_000)).toBeLessThan(60_000)
  })

  it('lists what is over with how long it lasted and how it ended', async () => {
    showAlerts('/alerts?tab=past')
    const table = await screen.findByTestId('past-alerts')
    expect(table.textContent).toContain('qwen3-32b: requests are waiting')
    expect(table.textContent).toContain('24 m 00 s')
    expect(table.textContent).toContain('nobody could look for a day')
  })

  it('has full dates and who was at it in what is over, and opens the report of each by its name', async () => {
    const { inputs } = showAlerts('/alerts?tab=past', { report: answers(nightReport(nowMs)) })
    const table = await screen.findByTestId('past-alerts')
    expect(table.textContent).toMatch(/[A-Z][a-z]{2} \d{1,2}, 20\d\d, \d\d:\d\d:\d\d/)
    expect(table.textContent).toContain('nobody')
    press('Report: baichuan-m2-32b: service does not answer')
    await screen.findByRole('heading', { level: 1, name: 'Report: baichuan-m2-32b: service does not answer' })
    expect(inputs('alerts.report')).toEqual([{ alertId: 'past-2' }])
    press('All alerts')
    await screen.findByTestId('past-alerts')
  })
})

describe('the report of an alert', () => {
  it('tells what happened in order: the likely cause, who was told, who mended it, how it ended', async () => {
    showAlerts('/alerts?tab=past&report=past-2', { report: answers(nightReport(nowMs)) })
    const events = within(await screen.findByTestId('incident')).getAllByRole('listitem')
    expect(events.map(({ dataset }) => dataset['kind']).join(' ')).toBe(
      'act other began fired told acknowledged run act run told over',
    )
    const said = events.map(({ textContent }) => textContent ?? '')
    expect(said[1]).toContain('Ascend 3: accelerator does not answer (critical)')
    expect(said[1]).toContain('the likely cause')
    expect(said[4]).toContain('it-mail (mail): taken')
    expect(said[4]).toContain('ward-wecom (WeCom robot): not delivered, it refused the message')
    expect(said[8]).toContain('ward-admin-2 began a run: set up ward-assistant')
    expect(said[8]).toContain('4 changes; afterwards: Healthy')
    expect(said[9]).toContain('Whether anybody was told was not kept')
    expect(said[10]).toContain('It was over: it is well again')
    expect(screen.getByRole('button', { name: 'Print' })).toBeTruthy()
  })

  it('is opened from an active one too, and says what is not known of it', async () => {
    showAlerts('/alerts', { report: answers(openReport(nowMs)) })
    await screen.findAllByTestId('alert')
    press('Report: Ascend 5: accelerator is too hot')
    const notes = await screen.findByTestId('incident-notes')
    expect(notes.textContent).toContain('It is not over.')
    expect(notes.textContent).toContain('Nobody has acknowledged it.')
    expect(notes.textContent).toContain('Only runs are shown')
    expect(screen.getByTestId('incident').textContent).toContain('Nobody was told: no channel was there')
  })

  it('shows hostile names as the text that they are', async () => {
    const report = nightReport(nowMs)
    const evil = '<img src=x onerror=alert(1)>\u001b[31m'
    const events = report.events.map((one) => (one.kind === 'acknowledged' ? { ...one, by: evil } : one))
    showAlerts('/alerts?report=past-2', { report: answers({ ...report, events }) })
    const list = await screen.findByTestId('incident')
    expect(list.textContent).toContain('<img src=x onerror=alert(1)>')
    expect(list.querySelector('img')).toBeNull()
    expect(list.textContent).not.toMatch(/\p{Cc}/u)
  })
})

describe('channels', () => {
  it('show what they do not get out, and send a test whose result stays', async () => {
    const refused = {
      kind: 'alert-channel-failed',
      channel: 'ward-wecom',
      problem: 'refused',
      detail: '93000',
    } as const
    const { inputs } = showAlerts('/alerts?tab=channels', {
      testChannel: ({ channel }) =>
        Promise.resolve(channel === 'it-mail' ? ok({ channel, milliseconds: 240 }) : fail(refused)),
    })
    const rows = await screen.findAllByTestId('channel')
    expect(rows[1]?.textContent).toContain('it refused the message (93000 invalid webhook url)')
    expect(rows[1]?.textContent).toContain('2 messages wait')
    press('Send test: it-mail')
    await within(rows[0] as HTMLElement).findByText('It took the message in 240 ms.')
    press('Send test: ward-wecom')
    await within(rows[1] as HTMLElement).findAllByText(/The channel ward-wecom did not take the message/)
    expect(inputs('alerts.testChannel')).toEqual([{ channel: 'it-mail' }, { channel: 'ward-wecom' }])
  })

  it('take a secret by its id: it leaves its field, and the call has none', async () => {
    const { inputs } = showAlerts(
      '/alerts?tab=channels',
      { setChannel: ({ channel }) => Promise.resolve(ok(channel)) },
      { offerPassword: answers({ credentialId: 'memory-9', label: 'password', lasting: false }) },
    )
    await screen.findAllByTestId('channel')
    press('Edit: ward-wecom')
    await screen.findByTestId('channel-form')
    type('Key of the robot', 'very-secret-key')
    fireEvent.submit(screen.getByTestId('channel-form'))
    await screen.findByText(/ward-wecom is saved/)
    expect(inputs('window.offerPassword')).toEqual([{ password: 'very-secret-key' }])
    expect(inputs('alerts.setChannel')).toMatchObject([{ channel: { way: { kind: 'wecom', keyId: 'memory-9' } } }])
    expect(JSON.stringify(inputs('alerts.setChannel'))).not.toContain('very-secret-key')
  })

  it('ask for the vault where it is locked, and need nothing typed again', async () => {
    let locked = true
    const { inputs } = showAlerts(
      '/alerts?tab=channels',
      {
        setChannel: ({ channel }) => Promise.resolve(locked ? fail({ kind: 'vault-locked' }) : ok(channel)),
      },
      {
        offerPassword: answers({ credentialId: 'memory-9', label: 'password', lasting: false }),
        unlockVault: (async () => {
          locked = false
          return ok(open)
        }) as never,
      },
    )
    await screen.findAllByTestId('channel')
    press('Edit: ward-wecom')
    await screen.findByTestId('channel-form')
    type('Key of the robot', 'very-secret-key')
    fireEvent.submit(screen.getByTestId('channel-form'))
    const prompt = await screen.findByTestId('vault-prompt')
    fireEvent.change(await within(prompt).findByLabelText('Passphrase'), { target: { value: 'open it' } })
    fireEvent.submit(prompt)
    await screen.findByText(/ward-wecom is saved/)
    expect(inputs('window.offerPassword')).toHaveLength(1)
    expect(inputs('alerts.setChannel')).toHaveLength(2)
  })

  it('say by field what is not right, and are not saved so', async () => {
    const { inputs } = showAlerts('/alerts?tab=channels')
    await screen.findAllByTestId('channel')
    press('Add a channel')
    await screen.findByTestId('channel-form')
    type('Name', 'it-mail')
    type('Host', 'mail host')
    fireEvent.submit(screen.getByTestId('channel-form'))
    expect(await screen.findByText('There is a channel with this name.')).toBeTruthy()
    expect(screen.getByText('A host name or an address.')).toBeTruthy()
    expect(screen.getByText('One to 20 mail addresses.')).toBeTruthy()
    expect(inputs('alerts.setChannel')).toEqual([])
  })
})

describe('a channel that is written', () => {
  it('is the same after it was opened and saved without a change', () => {
    for (const channel of channels) expect(checkDraft(draftOf(channel), [])).toEqual({ ok: true, channel })
  })

  it('has nothing left of the way that was chosen before', () => {
    const draft = {
      ...newDraft('en'),
      id: 'log',
      texts: { host: 'a', port: '465', to: 'x' },
      secretIds: { credentialId: 'c' },
    }
    expect(checkDraft(withKind(draft, 'desktop'), [])).toMatchObject({
      ok: true,
      channel: { way: { kind: 'desktop' } },
    })
    expect(withKind(draft, 'syslog').texts).toEqual({ port: '514' })
  })

  it('needs the key of a robot, typed or known', () => {
    const draft = withKind({ ...newDraft('en'), id: 'robot' }, 'feishu')
    expect(checkDraft(draft, [])).toEqual({ ok: false, wrong: ['keyId'] })
    expect(checkDraft(draft, ['keyId']).ok).toBe(true)
  })
})

describe('rules', () => {
  it('are turned off with all that is set of them, and brought back to how they come', async () => {
    const { inputs } = showAlerts('/alerts?tab=rules', { setRule: answers(usualSettings.rules[0] as never) })
    fireEvent.click(await screen.findByRole('switch', { name: 'Accelerator is too hot: On' }))
    await waitFor(() => expect(inputs('alerts.setRule')).toHaveLength(1))
    expect(inputs('alerts.setRule')[0]).toEqual({
      override: { rule: 'temperature', on: false, severity: 'warning', limit: 80, forSeconds: 60 },
    })
    press('Change: Accelerator is too hot')
    await screen.findByTestId('rule-dialog')
    press('As it comes')
    await waitFor(() => expect(inputs('alerts.setRule')[1]).toEqual({ override: { rule: 'temperature' } }))
  })
})

describe('order and times', () => {
  it('keeps the order that is read: new ones come last, gone ones leave', () => {
    expect(keptOrder(['b', 'a', 'c'], ['d', 'a', 'b'])).toEqual(['b', 'a', 'd'])
  })

  it('has no maintenance that ends before it begins or in the past', () => {
    const at = Date.UTC(2026, 10, 28, 8)
    expect(spanOf({ from: '2026-11-28T09:00', until: '2026-11-28T08:00' }, at)).toBeUndefined()
    expect(spanOf({ from: '2020-01-01T09:00', until: '2020-01-02T09:00' }, at)).toBeUndefined()
    expect(spanOf({ from: '', until: '2030-01-02T09:00' }, at)).toBeUndefined()
    expect(spanOf({ from: '2020-01-01T09:00', until: '2030-01-02T09:00' }, at)).toBeDefined()
  })
})
