// `rackside serve` as a hospital runs it: a hardened systemd unit on a server of its own, used from a browser through an SSH
// tunnel by somebody who signs in. Stopped in the middle of a setup and started again: the same window goes on with it.
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { english } from '../../renderer/i18n/english.ts'
import { browserNeeds, canOpenBrowser, openBrowser } from '../../scripts/gallery/browser.ts'
import { addAppliance } from '../support/e2e-add.ts'
import { planSetup, pressInstall, shownProof, untilCopied, untilProven } from '../support/e2e-setup.ts'
import { type ConsoleWindow, goTo, openConsoleWindow } from '../support/e2e-window.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  insideWith,
  type LabAppliance,
  labNeeds,
} from '../support/lab.ts'
import { installProduct, send, serviceFolder, serviceHome, tunnelTo } from '../support/lab-service.ts'
import { needs } from '../support/needs.ts'

const port = 17_465
const passphrase = 'a long passphrase of the ward'
const { signIn, setup } = english

describe('the service', () => {
  let appliance: LabAppliance
  let browser: Browser
  let tunnel: ChildProcess
  let window: ConsoleWindow
  let plan = ''
  const shell = (script: string, stdin = '') =>
    insideWith(appliance, stdin, 'sh', '-c', script).then((said) => said.trim())
  const asService = (words: string, stdin = '') =>
    shell(
      `sudo -u rackside RACKSIDE_HOME=${serviceHome} node ${serviceFolder}/scripts/rackside.mjs ${words} 2>&1`,
      stdin,
    )

  beforeAll(async () => {
    if (!canRunLab || !canOpenBrowser) return
    // An image that takes its time to be copied: the setup is in the middle for a while.
    const folder = await artifactsFolder('--extra-image-mib', '640')
    ;[appliance, browser] = await Promise.all([bareAppliance(), openBrowser()])
    await installProduct(appliance)
    await send(appliance, ['-C', folder, '.'], `${serviceHome}/import/first`)
    await shell(
      `set -e
useradd --system --create-home rackside
install -d -m 700 -o rackside /home/rackside/.ssh
umask 077
cat >/home/rackside/.ssh/id_ed25519
chown -R rackside /home/rackside/.ssh ${serviceHome}
chmod 700 ${serviceHome}`,
      readFileSync(appliance.identityFile, 'utf8'),
    )
    await shell(`set -e
node ${serviceFolder}/scripts/rackside.mjs serve --unit --port ${port} >/etc/systemd/system/rackside.service
mkdir /etc/systemd/system/rackside.service.d
printf '[Service]\\nEnvironment=RACKSIDE_ALLOW_UNSIGNED=1\\n' >/etc/systemd/system/rackside.service.d/lab.conf
systemctl daemon-reload
systemctl enable --now rackside`)
  })
  beforeEach((context) => {
    needs(context, canRunLab, labNeeds)
    needs(context, canOpenBrowser, browserNeeds)
  })
  afterAll(async () => {
    await browser?.close()
    tunnel?.kill()
  })

  it('runs as a user of its own that may do little, and is heard on this computer alone', async () => {
    expect(await shell('systemd-analyze verify rackside.service 2>&1')).toBe('')
    await expect.poll(() => shell(`ss -Hltn 'sport = :${port}'`)).toContain(`127.0.0.1:${port}`)
    expect(await shell(`ss -Hltn 'sport = :${port}' | wc -l`)).toBe('1')
    expect(await shell('systemctl show --property=User,NRestarts,ActiveState rackside')).toBe(
      ['User=rackside', 'NRestarts=0', 'ActiveState=active'].sort().join('\n'),
    )
    const exposure = await shell('systemd-analyze security --no-pager rackside | tail -1')
    const [, level = '10'] = /exposure level for rackside\.service: ([\d.]+)/.exec(exposure) ?? []
    expect(Number(level), exposure).toBeLessThan(2.5)
    const pid = await shell('systemctl show --property=MainPID --value rackside')
    expect(await shell(`grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/${pid}/status | tr -s '\\t ' ' '`)).toBe(
      ['CapEff: 0000000000000000', 'NoNewPrivs: 1', 'Seccomp: 2'].join('\n'),
    )
  })

  it('lets nobody in by its tunnel before there are operators, and then whoever signs in', async () => {
    tunnel = await tunnelTo(appliance, port)
    const address = `http://127.0.0.1:${port}/`
    const stranger = await (await browser.newContext({ locale: 'en-US' })).newPage()
    await stranger.goto(address)
    await stranger.getByText('This window has no key to Rackside.').waitFor()
    await stranger.close()
    await shell(
      'umask 077; cat >/home/rackside/passphrase; chown rackside /home/rackside/passphrase',
      `${passphrase}\n`,
    )
    expect(await asService('operators begin wang --passphrase-file /home/rackside/passphrase')).toContain('wang')
    const context = await browser.newContext({
      locale: 'en-US',
      reducedMotion: 'reduce',
      viewport: { width: 1366, height: 768 },
    })
    const page = await context.newPage()
    await page.goto(address)
    await signsIn(page)
    await page.getByRole('heading', { name: english.fleet.emptyTitle }).waitFor()
    const session = await page.evaluate<string>("sessionStorage.getItem('rackside.session')")
    await page.close()
    window = await openConsoleWindow(browser, address, { session })
  })

  it('is stopped in the middle of a setup in order, and leaves what a console can go on with', async () => {
    const { page } = window
    await addAppliance(page, { appliance, name: 'bedside-1' })
    await planSetup(page, 'bedside-1')
    plan = await pressInstall(page)
    await untilCopied(page, 1)
    const began = performance.now()
    await shell('systemctl stop rackside')
    expect((performance.now() - began) / 1000).toBeLessThan(30)
    expect(await shell('systemctl show --property=Result,ExecMainStatus rackside')).toBe(
      'Result=success\nExecMainStatus=0',
    )
    expect(await shell('docker ps --quiet')).toBe('')
    await page.locator('[data-testid=link-state], [data-kind=console-lost]').first().waitFor()
  })

  it('goes on with it in the same window when it is started again, and proves it', async () => {
    const { page } = window
    await shell('systemctl start rackside')
    await page.getByRole('button', { name: setup.run.ended.continue, exact: true }).waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: setup.run.ended.continue, exact: true }).click()
    await page.getByTestId('changes').waitFor()
    expect(await pressInstall(page)).not.toBe('')
    await untilProven(page, 240_000)
    expect((await shownProof(page)).title).toBe(setup.run.ended.answers.healthy)
    expect(await inside(appliance, 'docker', 'ps', '--format', '{{.Names}}')).toContain('rackside-clinic-model')
    await goTo(page, '/appliances')
    await page.locator('[data-testid=appliance-card][data-kind=healthy]').waitFor()
    const audit = await asService('audit list --json')
    expect(audit).toContain('"wang"')
    expect(plan).toMatch(/^plan-/)
  })

  async function signsIn(page: Page): Promise<void> {
    await page.getByLabel(signIn.name, { exact: true }).fill('wang')
    await page.getByLabel(signIn.passphrase, { exact: true }).fill(passphrase)
    await page.getByRole('button', { name: signIn.go, exact: true }).click()
  }
})
