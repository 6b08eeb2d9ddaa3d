// What an appliance keeps, as its script prints it: a damaged version is one less, a damaged image stops everything.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { remoteRoot } from '../../../../shared/domain/remote-layout.ts'
import { keptScript, readKept } from '../../../../shared/facts/kept.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'
import { realShells, runInShell } from '../../../support/real-shells.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const plan = planFor(planCase('installed').facts)
const step = plan.steps.find((s) => s.id === 'container.ward-model')?.spec as StepSpecOf<'container'>
const plain = { runtime: 'runc', gpus: false }
const version = (keptAt: string) => `version ${JSON.stringify({ keptAt, step })}`
const image = `image ${JSON.stringify(step.spec.image)}`
const read = (...lines: string[]) => readKept(`${lines.join('\n')}\n`)

describe('what an appliance keeps', () => {
  it('is read with the newest version first, images, strangers and settings', () => {
    const found = read(
      ...['there', 'backups', image, version('2026-11-01T08:00:00Z'), version('2026-11-20T08:00:00Z')],
      ...['uses sha256:ab true runc - /grafana', 'tagged sha256:ab mine:1', `settings ${'c'.repeat(64)}`, 'end'],
    )
    expect(found).toMatchObject({
      state: 'known',
      value: {
        ...{
          there: true,
          backups: true,
          images: [step.spec.image],
          strangers: [{ imageId: 'sha256:ab', name: 'grafana', running: true, ...plain }],
          tags: [{ imageId: 'sha256:ab', name: 'mine:1' }],
        },
        versions: [{ keptAt: '2026-11-20T08:00:00Z', step }, { keptAt: '2026-11-01T08:00:00Z' }],
        engineSettings: { state: 'known', value: 'c'.repeat(64) },
      },
    })
    expect(read('settings none', 'end')).toMatchObject({
      value: { there: false, backups: false, engineSettings: { state: 'absent' } },
    })
  })

  it('knows the files of folders of weights, and takes no other answer for one', () => {
    const [folder, file] = ['d', 'e'].map((letter) => letter.repeat(64))
    const folders = (...lines: string[]) => {
      const found = read(...lines, 'end')
      return found.state === 'known' ? found.value.folders : found.state
    }
    expect(folders(`folder ${folder} there ${file} ${file} `, `folder ${file} gone `)).toEqual([
      { sha256: folder, there: true, files: [file] },
      { sha256: file, there: false, files: [] },
    ])
    expect(folders('folder x there')).toBe('unreadable')
    expect(folders(`folder ${folder} there ${file} x`)).toBe('unreadable')
  })

  it('loses nothing else by a version or a baseline that a power cut left empty', () => {
    const found = read('version ', version('2026-11-20T08:00:00Z'), 'version {"keptAt"', 'baseline ', image, 'end')
    expect(found).toMatchObject({ state: 'known', value: { versions: [{ step }], images: [step.spec.image] } })
    expect(found.state === 'known' && found.value.baseline).toBeUndefined()
  })

  it('says what is held: what is mounted, what something was made of, and what a version that it cannot read may need', () => {
    const [mounted, made, unknown] = ['a', 'b', 'c'].map((letter) => letter.repeat(64))
    const held = (...lines: string[]) => {
      const found = read(...lines, 'end')
      return found.state === 'known' ? found.value.held : undefined
    }
    expect(held(`holds /var/lib/rackside/artifacts/sha256-${mounted}`, `holds ${made}`)).toEqual([mounted, made])
    expect(held(`version {"format":9,"image":"sha256:${unknown}"}`)).toEqual([unknown])
    expect(held('holds /var/lib/rackside/artifacts', 'holds /var/lib/rackside/other')).toEqual(['everything'])
    expect(held('holds /var/lib/rackside/models')).toEqual(['everything'])
    expect(held(`holds /var/lib/rackside/models/sha256-${mounted}/a`)).toEqual([mounted])
  })

  it('is unreadable when it broke off, or when an image or a line cannot be told', () => {
    for (const lines of [[], ['there'], ['image {}', 'end'], ['rm -rf /', 'end']]) {
      expect(read(...lines).state).toBe('unreadable')
    }
  })
})

describe.each(realShells.map((shell) => [shell.join(' '), shell] as const))('its script in %s', (_name, shell) => {
  it('tells what is mounted into containers of anybody, and of what something was made', () => {
    const root = temporaryFolder()
    const [mounted, made] = ['a', 'b'].map((letter) => letter.repeat(64))
    mkdirSync(join(root, 'made'))
    writeFileSync(join(root, 'made/driver.json'), JSON.stringify({ parts: [{ artifactSha256: made }] }))
    const mounts = `holds ${root}/artifacts/sha256-${mounted}\n\nholds /srv/of-somebody-else\n`
    const docker = `#!/bin/sh
case "$1 $3" in
  "ps --quiet") echo one ;;
  "inspect "*.Mounts*) printf '%s' '${mounts}' ;;
  "inspect "*) echo 'uses sha256:ab true runc - /grafana' ;;
esac
`
    writeFileSync(join(root, 'docker'), docker)
    chmodSync(join(root, 'docker'), 0o755)
    const script = `PATH="${root}:$PATH"\n${keptScript.replaceAll(remoteRoot, root)}`
    const { status, stdout } = runInShell(shell, script)
    expect([status, readKept(stdout.replaceAll(root, remoteRoot))]).toMatchObject([
      0,
      { state: 'known', value: { held: [mounted, made], strangers: [{ name: 'grafana' }] } },
    ])
  })

  it('tells the folders of weights that are there or that a version needs, whatever lies in the place of a list', () => {
    const root = temporaryFolder()
    const [there, needed, strange, file] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64)) as [
      string,
      ...string[],
    ]
    for (const name of [
      'artifacts',
      `models/sha256-${there}`,
      `models/sha256-${strange}`,
      'models/sha256-x',
      'versions/ward',
    ])
      mkdirSync(join(root, name), { recursive: true })
    mkdirSync(join(root, `models/sha256-${file}.new`))
    writeFileSync(join(root, `artifacts/sha256-${there}`), `${file}  a\n${there}  b/c\n`)
    writeFileSync(join(root, `artifacts/sha256-${needed}`), `${file}  a\n`)
    writeFileSync(join(root, `artifacts/sha256-${strange}`), Buffer.from([0, 255, 10, 71, 71, 10]))
    writeFileSync(join(root, 'docker'), '#!/bin/sh\n')
    chmodSync(join(root, 'docker'), 0o755)
    const script = `PATH="${root}:$PATH"\n${keptScript.replaceAll(remoteRoot, root)}`
    writeFileSync(join(root, 'versions/ward/2.json'), `{"source":"${root}/models/sha256-${needed}"}`)
    const { status, stdout } = runInShell(shell, script)
    expect([status, readKept(stdout)]).toMatchObject([
      0,
      {
        value: {
          folders: [
            { sha256: there, there: true, files: [file, there] },
            { sha256: needed, there: false, files: [file] },
            { sha256: strange, there: true, files: [] },
          ],
        },
      },
    ])
  })
})
