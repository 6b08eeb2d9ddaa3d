// The end of Rackside's folders on an appliance, in a real shell.
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { farewellScript } from '../../../../main/apply/farewell.ts'
import { finished, movedTo, startShell } from '../../../support/shell-appliance.ts'
import { makeStubs } from '../../../support/stub-programs.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

function place() {
  const folder = temporaryFolder()
  const { path } = makeStubs(folder)
  return {
    folder,
    root: join(folder, 'rackside'),
    say: () => finished(startShell(movedTo(folder, farewellScript().text), path)),
  }
}

function fill(root: string): void {
  mkdirSync(join(root, 'artifacts'), { recursive: true })
  for (const name of ['lock', 'format', 'artifacts/weights']) writeFileSync(join(root, name), name)
}

describe('the farewell', () => {
  it('leaves nothing', async () => {
    const { root, say } = place()
    fill(root)
    expect(await say()).toMatchObject({ exitCode: 0, stderr: '' })
    expect(existsSync(root)).toBe(false)
    expect(await say()).toMatchObject({ exitCode: 0 })
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
