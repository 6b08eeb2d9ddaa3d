// The scripts for Rackside's own key, in every shell of this machine, over a home folder of the test's: what is there
// already stays byte for byte, and a file that is kept in another way is refused as it is.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addLoginKeyScript, loginKeyLine, removeLoginKeyScript } from '../../../../main/connect/login-keys.ts'
import { newPrivateKey, publicKeyOf } from '../../../../main/connect/new-key-pair.ts'
import { loginKeysExit } from '../../../../shared/domain/script-exits.ts'
import { readScriptHead } from '../../../../shared/domain/script-head.ts'
import { must } from '../../../support/demo-core.ts'
import { realShells } from '../../../support/real-shells.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const ours = { key: must(publicKeyOf(newPrivateKey())), comment: 'rackside:li@pc-12' }
const others = `# kept by hand\nssh-rsa AAAAB3Nza admin@desk\n\n  from="10.0.0.1" ssh-ed25519 ${'B'.repeat(68)} x`

function homeWith(text?: string, mode = 0o600) {
  const home = temporaryFolder()
  const folder = join(home, '.ssh')
  const file = join(folder, 'authorized_keys')
  if (text !== undefined) {
    mkdirSync(folder, { mode: 0o700 })
    writeFileSync(file, text, { mode })
  }
  return { home, folder, file, text: () => readFileSync(file, 'utf8') }
}

describe.each(realShells.map((shell) => [shell.join(' '), shell] as const))('in %s', (_name, [program, ...words]) => {
  function run(home: string | undefined, text: string) {
    const env = { PATH: process.env['PATH'], ...(home === undefined ? {} : { HOME: home }) }
    const { status, stdout, stderr } = spawnSync(program, [...words, '-c', text], { env, encoding: 'utf8' })
    return { status, stdout, stderr: stderr.trim() }
  }
  const add = (home: string | undefined) => run(home, addLoginKeyScript(ours).text)
  const remove = (home: string) => run(home, removeLoginKeyScript(ours.key).text)

  it('the key is added where there is no folder yet, for its owner alone, and once', () => {
    const { home, folder, file, text } = homeWith()
    expect(add(home)).toEqual({ status: 0, stdout: 'added\n', stderr: '' })
    expect(add(home)).toEqual({ status: 0, stdout: 'present\n', stderr: '' })
    expect(text()).toBe(`${loginKeyLine(ours)}\n`)
    expect([statSync(folder).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600])
    expect(readdirSync(folder)).toEqual(['authorized_keys'])
  })

  it('the key stands on a line of its own behind a last line without an end, and the others stay as they are', () => {
    const { home, file, text } = homeWith(others, 0o644)
    expect(add(home)).toMatchObject({ status: 0, stdout: 'added\n' })
    expect(text()).toBe(`${others}\n${loginKeyLine(ours)}\n`)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(remove(home)).toEqual({ status: 0, stdout: 'removed\n', stderr: '' })
    expect(text()).toBe(`${others}\n`)
    expect(remove(home)).toMatchObject({ status: 0, stdout: 'absent\n' })
  })

  it('a line with the key that somebody changed is found, and one that is commented out is not ours', () => {
    const commented = `# ssh-ed25519 ${ours.key} was here\n`
    const { home, text } = homeWith(`${commented}from="10.0.0.9" ssh-ed25519 ${ours.key} renamed\n`)
    expect(add(home)).toMatchObject({ stdout: 'present\n' })
    expect(remove(home)).toMatchObject({ stdout: 'removed\n' })
    expect(text()).toBe(commented)
    expect(add(home)).toMatchObject({ stdout: 'added\n' })
  })

  it('what a killed try left behind goes, and nothing is taken for removed where there is no file', () => {
    const { home, folder } = homeWith('')
    writeFileSync(join(folder, '.authorized_keys.rackside.abcdef'), 'half')
    expect(add(home)).toMatchObject({ stdout: 'added\n' })
    expect(readdirSync(folder)).toEqual(['authorized_keys'])
    expect(remove(homeWith().home)).toEqual({ status: 0, stdout: 'absent\n', stderr: '' })
  })

  it('folders that others can write are named, as sshd then refuses the file', () => {
    const { home } = homeWith('')
    chmodSync(home, 0o775)
    expect(add(home)).toMatchObject({ stdout: `added\nopen ${home}\n` })
  })

  it.each([
    [
      'a symbolic link',
      loginKeysExit.link,
      ({ home, folder, file }: ReturnType<typeof homeWith>) => {
        mkdirSync(folder)
        writeFileSync(join(home, 'managed'), others)
        symlinkSync(join(home, 'managed'), file)
      },
    ],
    ['a folder', loginKeysExit.kind, ({ file }: ReturnType<typeof homeWith>) => mkdirSync(file, { recursive: true })],
    [
      'read-only',
      loginKeysExit.readOnly,
      ({ folder, file }: ReturnType<typeof homeWith>) => {
        mkdirSync(folder)
        writeFileSync(file, others, { mode: 0o444 })
      },
    ],
  ] as const)('a file that is %s is left as it is', (_what, exitCode, make) => {
    const made = homeWith()
    make(made)
    const before = existsSync(made.file) && statSync(made.file).isFile() ? made.text() : ''
    expect(add(made.home)).toEqual({ status: exitCode, stdout: '', stderr: made.file })
    if (before !== '') expect(made.text()).toBe(before)
    expect(readdirSync(made.folder)).toEqual(['authorized_keys'])
  })

  it('a file that cannot be replaced is left as it is, and nothing lies beside it', () => {
    const { home, folder, text } = homeWith(others)
    const refusing = `mv() { return 1; }\n${addLoginKeyScript(ours).text}`
    expect(run(home, refusing)).toMatchObject({ status: loginKeysExit.locked })
    expect(text()).toBe(others)
    expect(readdirSync(folder)).toEqual(['authorized_keys'])
  })

  it.each([undefined, '', 'relative', '/nowhere/at/all'])('a home folder %j is none', (home) => {
    expect(add(home)).toMatchObject({ status: loginKeysExit.home, stdout: '' })
  })
})

it('the scripts say in their first line what they do, and hold nothing of the private key (P11)', () => {
  expect(readScriptHead(addLoginKeyScript(ours).text)).toEqual({ block: 'login-key-add', line: loginKeyLine(ours) })
  expect(readScriptHead(removeLoginKeyScript(ours.key).text)).toEqual({ block: 'login-key-remove', key: ours.key })
})

it('the key may forward ports and sockets, and nothing that this console never asks for (P10)', () => {
  expect(loginKeyLine(ours)).toBe(
    `no-agent-forwarding,no-X11-forwarding,no-pty,no-user-rc ssh-ed25519 ${ours.key} rackside:li@pc-12`,
  )
})
