// The end of Rackside's folders on an appliance, in a real shell.
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { farewellScript } from '../../../../main/apply/farewell.ts'
import { readScriptHead } from '../../../../shared/domain/script-head.ts'
import { finished, movedTo, startShell } from '../../../support/shell-appliance.ts'
import { makeStubs } from '../../../support/stub-programs.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const run = 'run-20261120T080000Z-0badcafe'

function place() {
  const folder = temporaryFolder()
  const { path } = makeStubs(folder)
  return {
    folder,
    root: join(folder, 'rackside'),
    say: (keepsData = false) => finished(startShell(movedTo(folder, farewellScript(run, keepsData).text), path)),
  }
}

function fill(root: string, by = run): void {
  mkdirSync(join(root, 'artifacts'), { recursive: true })
  for (const name of ['format', 'artifacts/weights']) writeFileSync(join(root, name), name)
  writeFileSync(join(root, 'lock'), `{"run":"${by}","who":"li"}\n`)
}

describe('the farewell', () => {
  it('leaves nothing', async () => {
    const { root, say } = place()
    fill(root)
    expect(await say()).toMatchObject({ exitCode: 0, stderr: '' })
    expect(existsSync(root)).toBe(false)
  })

  it('leaves what was saved of volumes, and the notes of volumes, where data stay, and nothing of that else', async () => {
    const { root, say } = place()
    fill(root)
    const data = [
      'backups/ward/20261120T080000Z-ab/notes.tar',
      'made/volume.notes.json',
      'made/volume.notes.before.json',
    ]
    const others = ['made/file.,etc,ward.json', 'made/account.ward.json', 'versions/ward/ab.json']
    for (const name of [...data, ...others]) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), name)
    }
    expect(await say(true)).toMatchObject({ exitCode: 0, stderr: '' })
    const left = readdirSync(root, { recursive: true, encoding: 'utf8' })
    expect(left.filter((name) => statSync(join(root, name)).isFile()).sort()).toEqual([...data].sort())
    expect(readdirSync(root).sort()).toEqual(['backups', 'made'])
    fill(root)
    expect(await say()).toMatchObject({ exitCode: 0 })
    expect(existsSync(root)).toBe(false)
  })

  it('says in its head what it leaves', () => {
    const scripts = [farewellScript(run), farewellScript(run, true)]
    expect(scripts.map(({ text }) => readScriptHead(text))).toEqual([
      { block: 'farewell' },
      { block: 'farewell', keepsData: true },
    ])
    expect(scripts.map(({ name }) => name)).toEqual(['farewell', 'farewell'])
  })

  it('takes nothing away once somebody else has taken the appliance over', async () => {
    const { root, say } = place()
    fill(root, 'run-of-somebody-else')
    expect(await say()).toMatchObject({ exitCode: 93 })
    expect(existsSync(join(root, 'artifacts', 'weights'))).toBe(true)
  })

  it('empties a folder that lies elsewhere behind a link', async () => {
    const { folder, root, say } = place()
    const elsewhere = join(folder, 'large-disk')
    fill(elsewhere)
    symlinkSync(elsewhere, root)
    expect(await say()).toMatchObject({ exitCode: 0 })
    expect(readdirSync(elsewhere)).toEqual([])
  })
})
