// The scripts about folders of weights in real shells: links to the very files that were sent, all of them or none, mended
// where it stands, and nothing outside of it whatever a list says.
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failureFromOutput } from '../../../../main/apply/remote-error.ts'
import { modelFolderStep, removeModelFolder } from '../../../../shared/apply/model-folder.ts'
import type { Command } from '../../../../shared/domain/command.ts'
import type { Facts } from '../../../../shared/domain/facts.ts'
import { commandLine } from '../../../../shared/domain/quote.ts'
import { known, type Reading, unreadable } from '../../../../shared/domain/reading.ts'
import { installedProbes, readArtifacts, readModelFolders } from '../../../../shared/facts/installed.ts'
import { actingKindOf } from '../../../support/acting-kind.ts'
import { madeWeights } from '../../../support/made-weights.ts'
import { bareFacts } from '../../../support/plan-cases.ts'
import { realShells, runInShell } from '../../../support/real-shells.ts'
import { movedTo } from '../../../support/shell-appliance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { answer } from '../facts/recorded.ts'

const texts = { 'config.json': '{}', 'model-00001.safetensors': 'one', 'deep/er/notice.txt': 'note', 'copy.json': '{}' }
const made = madeWeights('ward', texts)
const { sha256 } = made.list
const spec = { kind: 'model-folder', sha256, files: 4 } as const
const facts = bareFacts()
const step = actingKindOf(spec)
const make = step.commands(spec, facts, 'run')
const undo = step.undo(spec, facts, { runId: 'run', failedAt: 0 })

describe.each(realShells)('a folder of weights in %s', (...shell) => {
  /** An appliance to which everything was sent. */
  const place = (weights = made) => {
    const folder = temporaryFolder()
    const [artifacts, models] = [join(folder, 'rackside/artifacts'), join(folder, 'rackside/models')]
    mkdirSync(artifacts, { recursive: true })
    for (const [sum, text] of weights.contents) writeFileSync(join(artifacts, `sha256-${sum}`), text)
    const at = join(models, `sha256-${weights.list.sha256}`)
    const tools = join(folder, 'tools')
    mkdirSync(tools)
    const sh = (text: string) =>
      runInShell(shell as unknown as [string], `PATH=${tools}:$PATH\n${movedTo(folder, text)}`)
    const run = (commands: readonly Command[]) => sh(commands.map(commandLine).join('\n'))
    const probe = (id: string) => sh(installedProbes.find((one) => one.id === id)?.shell ?? '').stdout
    const look = (): unknown => {
      const read = readModelFolders(new Map([['models', answer('models', probe('models'))]]))
      return read.state === 'known' ? read.value : read
    }
    const tool = (name: string, text: string) => {
      writeFileSync(join(tools, name), `#!/bin/sh\n${text}\n`)
      chmodSync(join(tools, name), 0o755)
    }
    const files = () => readdirSync(at, { recursive: true, encoding: 'utf8' }).sort()
    return { folder, artifacts, models, at, run, sh, probe, look, tool, files }
  }
  const everything = ['config.json', 'copy.json', 'deep', 'deep/er', 'deep/er/notice.txt', 'model-00001.safetensors']
  const whole = [{ sha256, isWhole: true, differs: '' }]
  const differs = (what: string) => [{ sha256, isWhole: false, differs: what }]

  it('is made of links to what was sent, to be read by everybody and written by nobody', () => {
    const { at, artifacts, models, run, look, files } = place()
    expect(look()).toEqual([])
    expect(run(make)).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(files()).toEqual(everything)
    for (const [path, text] of Object.entries(texts)) {
      expect(readFileSync(join(at, path), 'utf8')).toBe(text)
      const sum = [...made.contents].find(([, content]) => content === text)?.[0]
      expect(statSync(join(at, path)).ino).toBe(statSync(join(artifacts, `sha256-${sum}`)).ino)
      expect(statSync(join(at, path)).mode & 0o777).toBe(0o444)
    }
    expect([models, at, join(at, 'deep/er')].map((one) => statSync(one).mode & 0o777)).toEqual([0o755, 0o755, 0o755])
    expect(readdirSync(models)).toEqual([`sha256-${sha256}`])
    expect(look()).toEqual(whole)
    const before = statSync(at).ino
    expect(run(make).status).toBe(0)
    expect([statSync(at).ino, look()]).toEqual([before, whole])
  })

  it('is whole or not there where the power goes at any of its links, and the next run leaves no half', () => {
    for (const cut of [1, 2, 3, 4]) {
      const { folder, models, run, look, tool } = place()
      const count = join(folder, 'count')
      tool('ln', `echo x >>${count}; [ "$(wc -l <${count})" -lt ${cut} ] || kill -9 $PPID; exec /bin/ln "$@"`)
      run(make)
      expect(readdirSync(models)).toEqual([`sha256-${sha256}.new`])
      expect(look()).toEqual([])
      rmSync(join(folder, 'tools/ln'))
      expect(run(make).status).toBe(0)
      expect([readdirSync(models), look()]).toEqual([[`sha256-${sha256}`], whole])
    }
  })

  it('that could not be made leaves nothing of it, and says which file there is not', () => {
    const { artifacts, models, run, look } = place()
    const gone = made.files[1]?.sha256
    rmSync(join(artifacts, `sha256-${gone}`))
    const { status, stderr } = run(make)
    expect([status, stderr]).toEqual([1, expect.stringContaining(`sha256-${gone}`)])
    expect(run(undo).status).toBe(0)
    expect([readdirSync(models), look()]).toEqual([[], []])
  })

  it.each([
    ['a missing file', 'deep/er/notice.txt', (at: string) => rmSync(join(at, 'deep'), { recursive: true })],
    [
      'another file of the same bytes',
      'config.json',
      (at: string) => {
        rmSync(join(at, 'config.json'))
        writeFileSync(join(at, 'config.json'), '{}')
      },
    ],
    [
      'a link',
      'copy.json',
      (at: string) => {
        rmSync(join(at, 'copy.json'))
        symlinkSync('config.json', join(at, 'copy.json'))
      },
    ],
    [
      'a folder in the place of a file',
      'copy.json',
      (at: string) => {
        rmSync(join(at, 'copy.json'))
        mkdirSync(join(at, 'copy.json/x'), { recursive: true })
      },
    ],
    ['a file more', 'a file more', (at: string) => writeFileSync(join(at, 'deep/more'), '')],
    [
      'two files more',
      'a file more',
      (at: string) => {
        linkSync(join(at, 'config.json'), join(at, 'zz -x'))
        symlinkSync('/etc/passwd', join(at, 'deep/.hidden'))
      },
    ],
  ])('with %s is told, and mended where it stands', (_what, told, damage) => {
    const { at, run, look, files } = place()
    run(make)
    const before = statSync(at).ino
    damage(at)
    expect(look()).toEqual(differs(told))
    expect(run(make)).toEqual({ status: 0, stdout: '', stderr: '' })
    expect([look(), files(), statSync(at).ino]).toEqual([whole, everything, before])
  })

  it('whose file was sent anew has the new one', () => {
    const { at, artifacts, run, look } = place()
    run(make)
    const file = join(artifacts, `sha256-${made.files[1]?.sha256}`)
    writeFileSync(`${file}.again`, 'one')
    renameSync(`${file}.again`, file)
    expect(look()).toEqual(differs('model-00001.safetensors'))
    expect(run(make).status).toBe(0)
    expect([look(), statSync(join(at, 'model-00001.safetensors')).ino]).toEqual([whole, statSync(file).ino])
  })

  it('without its list is not whole, and what lies in its place and is no folder makes room', () => {
    const { at, artifacts, models, run, look } = place()
    mkdirSync(models)
    symlinkSync('/etc', at)
    expect(look()).toEqual([])
    expect(run(make).status).toBe(0)
    expect([look(), existsSync('/etc/passwd')]).toEqual([whole, true])
    rmSync(join(artifacts, `sha256-${sha256}`))
    expect(look()).toEqual(differs('its list'))
    expect(run(make)).toMatchObject({ status: 1 })
  })

  it.each([
    ['cp: /x: Invalid cross-device link', 'other-filesystem'],
    ['ln: Operation not permitted', 'not-permitted'],
    ['ln: Too many links', 'too-many'],
    ['ln: something else', 'other'],
  ])('says of a link that is refused (%s) why', (said, problem) => {
    const { at, run, tool } = place()
    tool('ln', `echo '${said}' >&2; exit 1`)
    const { status, stderr } = run(make)
    expect(status).toBe(1)
    const path = `${at}.new/config.json`
    expect(failureFromOutput('x', '/', stderr)).toEqual({ kind: 'links-refused', path, problem, detail: said })
  })

  it.each([...['../out', 'a/../../out', '/out', './out', 'a//b', 'a/./b', '..']])(
    'makes nothing for a list that names %j, whoever wrote it there',
    (path) => {
      const list = `${made.files[0]?.sha256}  ${path}\n`
      const hostile = madeWeights('hostile', { x: '{}' })
      const { folder, artifacts, models, run, sh } = place(hostile)
      const sum = sh(`printf '%s' '${list}' | sha256sum | cut -c 1-64`).stdout.trim()
      writeFileSync(join(artifacts, `sha256-${sum}`), list)
      const { status, stderr } = run(step.commands({ ...spec, sha256: sum }, facts, 'run'))
      expect([status, stderr]).toEqual([1, `${path}: no path of a model's file\n`])
      expect(readdirSync(join(folder, 'rackside')).sort()).toEqual(['artifacts', 'models'])
      expect(readdirSync(models)).toEqual([`sha256-${sum}.new`])
    },
  )

  it('is not made from a list that is another one than was sent', () => {
    const { artifacts, models, run } = place()
    writeFileSync(join(artifacts, `sha256-${sha256}`), made.text.replace('copy', 'evil'))
    expect(run(make)).toMatchObject({ status: 1, stderr: expect.stringContaining('not the list') })
    expect(existsSync(models)).toBe(false)
  })

  it('goes at once, with what others left half, and its files stay', () => {
    const { artifacts, models, run, look } = place()
    run(make)
    mkdirSync(join(models, `sha256-${'f'.repeat(64)}.new`))
    expect(run([removeModelFolder(sha256)])).toEqual({ status: 0, stdout: '', stderr: '' })
    expect([readdirSync(models), look()]).toEqual([[], []])
    expect(readdirSync(artifacts)).toHaveLength(made.contents.size)
    expect(run([removeModelFolder(sha256)])).toMatchObject({ status: 0 })
  })

  it('and its files are told in one answer', () => {
    const { probe } = place()
    const read = readArtifacts(new Map([['artifacts', answer('artifacts', probe('artifacts'))]]))
    const sizes = [...made.contents].map(([sum, text]) => ({ sha256: sum, bytes: text.length }))
    expect(read).toEqual(known(sizes.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))))
  })
})

it('is true where the appliance says that it is whole, and not read where nobody could look', () => {
  const truth = (modelFolders: Reading<NonNullable<Facts['modelFolders']> extends Reading<infer T> ? T : never>) =>
    modelFolderStep.isTrue(spec, { ...facts, modelFolders })
  const one = { sha256, isWhole: true, differs: '' }
  expect(modelFolderStep.isTrue(spec, facts)).toEqual({ holds: false, reason: 'not-there' })
  expect(truth(known([]))).toEqual({ holds: false, reason: 'not-there' })
  expect(truth(known([{ ...one, sha256: 'f'.repeat(64) }]))).toEqual({ holds: false, reason: 'not-there' })
  expect(truth(known([one]))).toEqual({ holds: true, reason: 'there-as-wanted' })
  expect(truth(known([{ ...one, isWhole: false }]))).toEqual({ holds: false, reason: 'weights-incomplete' })
  expect(truth(unreadable('no permission'))).toEqual({ holds: false, reason: 'not-read' })
})
