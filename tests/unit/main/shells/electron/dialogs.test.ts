// Native dialogs: a path goes to the core, an id comes back, and what cannot be used is told as it is.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { nativeDialogs, oneAtATime } from '../../../../../main/shells/electron/dialogs.ts'
import { endAt, launcherOf } from '../../../../../main/shells/electron/edge.ts'
import { exitCodes } from '../../../../../main/terminal/exit-codes.ts'
import { savedName } from '../../../../../shared/contract/window.ts'
import { type Failure, fail, ok } from '../../../../../shared/domain/failure.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { madeBundle, seededBytes, writtenParts } from '../../../../support/container-cases.ts'
import { must } from '../../../../support/demo-core.ts'
import { generateKeyPair } from '../../../../support/fake-ssh-server.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const english = wordsOf('en')

function dialogs(picked: string | undefined, client: ConsoleClient) {
  const pick = async () => (picked === undefined ? undefined : { path: picked })
  const picks = { chooseFile: pick, chooseFolder: pick, chooseSaved: pick }
  const pageAsPdf = async () => Buffer.from('%PDF-1.4 page')
  return nativeDialogs({ ...picks, pageAsPdf }, async () => client, english.desktop)
}

describe('a native dialog', () => {
  it('answers nothing when it is cancelled', async () => {
    const client = pretendCore().clientAs('admin')
    const { chooseBundle, chooseBundleFile, chooseKeyFile } = dialogs(undefined, client)
    expect(await chooseBundleFile({})).toEqual(ok(null))
    expect(await chooseBundle({})).toEqual(ok(null))
    expect(await chooseKeyFile({})).toEqual(ok(null))
  })

  it('is one at a time: what is asked meanwhile is as if it was cancelled', async () => {
    let opened = 0
    let close = (): void => undefined
    const pick = () =>
      new Promise<undefined>((resolve) => {
        opened += 1
        close = () => resolve(undefined)
      })
    const picks = { chooseFile: pick, chooseFolder: pick, chooseSaved: pick, pageAsPdf: async () => undefined }
    const { chooseBundle, chooseKeyFile } = nativeDialogs(
      oneAtATime(picks),
      async () => ({}) as ConsoleClient,
      english.desktop,
    )
    const first = chooseBundle({})
    expect(await chooseKeyFile({})).toEqual(ok(null))
    expect(opened).toBe(1)
    close()
    expect(await first).toEqual(ok(null))
    const second = chooseKeyFile({})
    close()
    expect([await second, opened]).toEqual([ok(null), 2])
  })

  it('says where a backup goes: the desk writes it there, and nothing of the place comes back', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'ward.rsb')
    const wish = { name: 'rackside-backup-2026-11-28.rsb', passphrase: 'nine lamps in the hall', parts: [] }
    const client = pretendCore().clientAs('admin')
    expect(await dialogs(undefined, client).writeBackup(wish)).toEqual(ok(null))
    const written = must(await dialogs(file, client).writeBackup(wish))
    expect(written).toMatchObject({ vault: 'none', parts: ['state'] })
    expect(JSON.stringify(written)).not.toContain(folder)
    expect(readFileSync(file, 'utf8')).toContain('rackside-backup')
  })

  it('says where a support bundle goes, once somebody has looked at it', async () => {
    const file = join(temporaryFolder(), 'bundle.tar.gz')
    const client = pretendCore().clientAs('admin')
    const wish = { appliances: [], keepsNames: false, language: 'en' as const }
    const { supportId } = must(await client.product.support.gather(wish))
    expect(await dialogs(undefined, client).saveSupport({ supportId })).toEqual(ok({ saved: false }))
    expect(await dialogs(file, client).saveSupport({ supportId })).toEqual(ok({ saved: true }))
    expect([...readFileSync(file).subarray(0, 2)]).toEqual([0x1f, 0x8b])
    expect(await dialogs(file, client).saveSupport({ supportId: 'support-ffffffff' })).toEqual(ok({ saved: false }))
  })

  it('gives a key file an id and its name, and no path', async () => {
    const client = pretendCore().clientAs('admin')
    const folder = temporaryFolder()
    const file = join(folder, 'id_ed25519')
    writeFileSync(file, generateKeyPair().private, { mode: 0o600 })
    const chosen = await dialogs(file, client).chooseKeyFile({})
    expect(chosen).toEqual(ok({ credentialId: expect.stringMatching(/^key-/), label: 'id_ed25519', lasting: true }))
    expect(JSON.stringify(chosen)).not.toContain(folder)
  })

  it('tells why a folder is no bundle', async () => {
    const client = pretendCore().clientAs('admin')
    expect(await dialogs('/nowhere/bundle', client).chooseBundle({})).toMatchObject({
      ok: false,
      failure: { kind: 'bundle-unusable' },
    })
  })

  it('opens the file of a bundle, which can be imported then, and says why another file is none', async () => {
    const client = pretendCore().clientAs('admin')
    const [file = ''] = await writtenParts(madeBundle({ model: seededBytes('model', 1000) }))
    const { place } = must(await dialogs(file, client).chooseBundleFile({})) ?? { place: '' }
    expect(place).toMatch(/^import-[0-9a-f]+$/)
    expect(must(await client.product.bundles.brought({}))).toMatchObject([{ importId: place }])
    const other = join(temporaryFolder(), 'notes.rsb')
    writeFileSync(other, 'no bundle')
    expect(await dialogs(other, client).chooseBundleFile({})).toMatchObject({ failure: { kind: 'container-unusable' } })
  })

  it('gives a bundle its id', async () => {
    const header = { format: 1 }
    const opened = ok({ bundleId: 'bundle-1', header, solutions: ['clinic'] })
    const client = { desk: { openBundle: async () => opened } } as unknown as ConsoleClient
    expect(await dialogs('/media/usb', client).chooseBundle({})).toEqual(ok({ bundleId: 'bundle-1' }))
  })
})

describe('saving', () => {
  const client = {} as unknown as ConsoleClient
  const paper = [
    { name: 'paper.json', text: '{"digit":7}' },
    { name: 'paper.html', text: '<p>验收</p>' },
  ]

  it('writes one file where its person says, several into a folder, and a page as a PDF', async () => {
    const folder = temporaryFolder()
    const one = join(folder, 'renamed.json')
    expect(await dialogs(one, client).saveFiles({ documents: paper.slice(0, 1) })).toEqual(ok({ saved: true }))
    expect(readFileSync(one, 'utf8')).toBe('{"digit":7}')
    expect(await dialogs(folder, client).saveFiles({ documents: paper })).toEqual(ok({ saved: true }))
    // Nobody chose these by name: what is there stays.
    const again = await dialogs(folder, client).saveFiles({
      documents: [{ name: 'paper.json', text: 'other' }, ...paper],
    })
    expect(again).toMatchObject({ failure: { problem: 'file-unwritable', word: 'paper.json', other: 'EEXIST' } })
    expect(readFileSync(join(folder, 'paper.json'), 'utf8')).toBe('{"digit":7}')
    expect(readFileSync(join(folder, 'paper.html'), 'utf8')).toBe('<p>验收</p>')
    const pdf = join(folder, 'page.pdf')
    expect(await dialogs(pdf, client).savePage({ name: 'page.pdf' })).toEqual(ok({ saved: true }))
    expect(readFileSync(pdf, 'utf8')).toBe('%PDF-1.4 page')
  })

  it('writes nothing when it is cancelled', async () => {
    expect(await dialogs(undefined, client).saveFiles({ documents: paper })).toEqual(ok({ saved: false }))
    expect(await dialogs(undefined, client).savePage({ name: 'page.pdf' })).toEqual(ok({ saved: false }))
  })

  it('says which file could not be written and why, and nothing of where', async () => {
    const folder = join(temporaryFolder(), 'gone')
    const failed = await dialogs(folder, client).saveFiles({ documents: paper })
    expect(failed).toMatchObject({ failure: { problem: 'file-unwritable', word: 'paper.json', other: 'ENOENT' } })
    expect(JSON.stringify(failed)).not.toContain('gone')
  })

  it.each([
    ...['../paper.json', '/etc/paper.json', '.bashrc', 'paper', 'paper.exe', 'a/b.json', 'paper.json\n'],
    ...['C:\\paper.json', 'paper.sh', 'paper.desktop', ''],
  ])('takes no name that leads elsewhere or that could be run: %j', (name) => {
    expect(savedName.safeParse(name).success).toBe(false)
  })

  it('takes a name that says what it is', () => {
    expect(savedName.safeParse('ward-1.hardware.pdf').success).toBe(true)
  })
})

async function endWith(failure: Failure, terminalIsRead: () => boolean) {
  const acts: string[] = []
  const terminal = {
    say: () => undefined,
    tick: () => undefined,
    complain: (line: string) => void acts.push(`terminal: ${line}`),
    result: () => undefined,
    confirm: async () => undefined,
    prompt: () => undefined,
    echo: () => undefined,
    leave: () => undefined,
  }
  const platform = {
    tellError: async (title: string) => void acts.push(`dialog: ${title}`),
    exit: (code: number) => void acts.push(`exit ${code}`),
  }
  await endAt({ platform, terminal, words: english, terminalIsRead }, failure)
  return acts
}

describe('the end of a shell that cannot go on', () => {
  const tooNew = fail({ kind: 'state-too-new', folder: 'state', found: 9, supported: 1 })

  it('is told in the terminal and in a dialog, and then the process ends with the code for it', async () => {
    if (tooNew.ok) throw new Error('not a failure')
    const acts = await endWith(tooNew.failure, () => false)
    expect(acts[0]).toMatch(/^terminal: /)
    expect(acts.slice(-2)).toEqual(['dialog: Rackside could not start', `exit ${exitCodes['state-too-new']}`])
  })

  it('opens no dialog where somebody waits in the terminal', async () => {
    const acts = await endWith({ kind: 'internal', detail: 'a defect' }, () => true)
    expect(acts.some((act) => act.startsWith('dialog'))).toBe(false)
    expect(acts.at(-1)).toBe('exit 1')
  })

  it('is told to the launcher until it knows of a window, and in a dialog from then on', async () => {
    const defect = { kind: 'internal', detail: 'a defect' } as const
    let told = 0
    const launcher = launcherOf(() => void told++)
    expect((await endWith(defect, launcher.listens)).some((act) => act.startsWith('dialog'))).toBe(false)
    launcher.tellOpen()
    expect(told).toBe(1)
    expect(await endWith(defect, launcher.listens)).toContain(`dialog: ${english.desktop.stopped}`)
  })

  it('is told in a dialog where no launcher started it', async () => {
    const { listens, tellOpen } = launcherOf(undefined)
    expect(listens()).toBe(false)
    tellOpen()
    expect(listens()).toBe(false)
  })
})
