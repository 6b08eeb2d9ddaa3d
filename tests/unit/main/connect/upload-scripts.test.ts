// The scripts of an upload in real shells: what they say of themselves, and that nothing gets its place that is not
// whole and checked.
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { beginScript, finishScript, laneScript, recordLine } from '../../../../main/connect/upload-scripts.ts'
import type { Artifact } from '../../../../shared/domain/artifact.ts'
import { uploadExit } from '../../../../shared/domain/script-exits.ts'
import { readScriptHead } from '../../../../shared/domain/script-head.ts'
import { wardCatalog } from '../../../support/plan-cases.ts'
import { realShells, runInShell } from '../../../support/real-shells.ts'
import { movedTo } from '../../../support/shell-appliance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const chunks = ['a', 'b'].map((digit) => digit.repeat(64))
const artifact: Artifact = { kind: 'file', id: 'x', sha256: sha256('content'), bytes: 7, chunks }

it('each script says what it is about; of an image what the engine would call it', () => {
  const { sha256, bytes } = artifact
  const scripts = [beginScript(artifact), laneScript(artifact), finishScript(artifact)]
  expect(scripts.map(({ name }) => name)).toEqual(['put: begin', 'put: lane', 'put: finish'])
  expect(scripts.map(({ text }) => readScriptHead(text))).toEqual([
    { block: 'put-begin', sha256, bytes },
    { block: 'put-lane', sha256 },
    { block: 'put-finish', sha256 },
  ])
  const image = wardCatalog().artifacts.find((one) => one.kind === 'image')
  if (image?.kind !== 'image') throw new Error('the bundle lost its image')
  expect(readScriptHead(beginScript(image).text)).toMatchObject({ block: 'put-begin', image: image.image })
})

describe.each(realShells)('the end of an upload, in %s', (...shell) => {
  function place(part: string, record: readonly string[]) {
    const folder = temporaryFolder()
    const [staging, artifacts, checked] = ['staging', 'artifacts', 'checked'].map((name) =>
      join(folder, 'rackside', name),
    ) as [string, string, string]
    for (const one of [staging, artifacts, checked]) mkdirSync(one, { recursive: true })
    const name = `sha256-${artifact.sha256}`
    writeFileSync(join(staging, `${name}.part`), part)
    chmodSync(join(staging, `${name}.part`), 0o600)
    writeFileSync(join(staging, `${name}.chunks`), record.map((line) => `${line}\n`).join(''))
    writeFileSync(join(staging, `${name}.arrived`), '+ 0 7\n')
    const expected = chunks.map((sha256, index) => `${recordLine(index, sha256)}\n`).join('')
    const script = `sh_input=$(cat <<'expected'\n${expected}expected\n)\nprintf '%s\\n' "$sh_input" | (\n${finishScript(artifact).text})`
    const end = () => runInShell(shell as unknown as [string], movedTo(folder, script))
    return { staging, final: join(artifacts, name), end }
  }
  const checked = [`1 ${chunks[1]}`, `0 ${chunks[0]}`]

  it('puts what is whole and checked into its place, for everybody to read, and can be said twice', () => {
    const { staging, final, end } = place('content', [...checked, ...checked])
    expect(end()).toMatchObject({ status: 0, stderr: '' })
    expect([readFileSync(final, 'utf8'), statSync(final).mode & 0o777, readdirSync(staging)]).toEqual([
      'content',
      0o644,
      [],
    ])
    expect(end()).toMatchObject({ status: 0 })
  })

  it('keeps nothing of what has the chunks that were signed, and is not what it is called', () => {
    const { staging, final, end } = place('conTent', checked)
    expect(end()).toMatchObject({ status: uploadExit.other, stderr: `${sha256('conTent')}\n` })
    expect([existsSync(final), readdirSync(staging)]).toEqual([false, []])
  })

  it.each([
    ['that was not checked', 'content', checked.slice(1), `1 ${chunks[1]}\n`],
    ['that was checked to be something else', 'content', [`0 ${chunks[1]}`, checked[0] ?? ''], `0 ${chunks[0]}\n`],
    ['that is too short', 'conten', checked, ''],
    ['that is too long', 'content!', checked, ''],
  ])('leaves what it has of one %s where it is', (_what, part, record, said) => {
    const { staging, final, end } = place(part, record)
    expect(end()).toMatchObject({ status: uploadExit.incomplete, stderr: said })
    expect([existsSync(final), readdirSync(staging).length]).toEqual([false, 3])
  })
})
