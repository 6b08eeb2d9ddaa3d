// What Rackside itself put on an appliance, as the probes list it: whole, or unreadable, never a part.
import { describe, expect, it } from 'vitest'
import { chunkBytes } from '../../../../shared/domain/artifact.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'
import {
  readArtifacts,
  readDeployments,
  readOwners,
  readStaged,
  readTasks,
} from '../../../../shared/facts/installed.ts'
import { answer } from './recorded.ts'

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
const answers = (id: string, text: string) => new Map([[id, answer(id, text)]])

describe('files by their hash', () => {
  it('are sorted, and what is no such file is passed over', () => {
    const text = `sha256-${b} 5\nsha256-${a} 7\nsha256-${a}.part 9\nx sha256-${a} 1\nsha256-${a} 1 2\nother\nend\n`
    expect(readArtifacts(answers('artifacts', text))).toEqual(
      known([
        { sha256: a, bytes: 7 },
        { sha256: b, bytes: 5 },
      ]),
    )
    const other = `sha256-${a} 7\nsha256-${b} 5\nend\n`
    expect(readArtifacts(answers('artifacts', other))).toMatchObject({ value: [{ sha256: a }, { sha256: b }] })
  })

  it('are unchecked where nobody noted that they are what they are called, or nobody can read whether', () => {
    const both = (checked: string) =>
      readArtifacts(
        new Map([
          ['artifacts', answer('artifacts', `sha256-${a} 7\nsha256-${b} 5\nend\n`)],
          ['checked', answer('checked', checked)],
        ]),
      )
    const files = [
      { sha256: a, bytes: 7 },
      { sha256: b, bytes: 5 },
    ]
    const marked = (...names: string[]) =>
      known(files.map((one) => (names.includes(one.sha256) ? { ...one, unchecked: true } : one)))
    expect(both(`./sha256-${a}\n./sha256-${b}\nend\n`)).toEqual(known(files))
    expect(both(`./sha256-${a}\nend\n`)).toEqual(marked(b))
    for (const text of ['none\n', '', `./sha256-${a}\n`]) expect(both(text)).toEqual(marked(a, b))
  })

  it('that are half sent count by their chunks', () => {
    expect(readStaged(answers('staged', `sha256-${a} 3\nend\n`))).toEqual(known([{ sha256: a, bytes: 3 * chunkBytes }]))
  })

  it.each([
    ['none\n', known([])],
    ['end\n', known([])],
    ['', unreadable('artifacts: ')],
    [`sha256-${a} 7\n`, unreadable(`artifacts: sha256-${a} 7`)],
    [`sha256-${a} 7\nnone\n`, unreadable(`artifacts: sha256-${a} 7\nnone`)],
  ])('in %j', (text, reading) => {
    expect(readArtifacts(answers('artifacts', text))).toEqual(reading)
  })
})

describe('records of deployments', () => {
  const read = (text: string) => readDeployments(answers('deployments', text))
  it.each([
    ['none\n', known([])],
    ['end\n', known([])],
    ['{}\nend\n', unreadable('deployments: {}')],
    ['not json\nend\n', unreadable('deployments: not json')],
    ['{}\n', unreadable('deployments: {}')],
  ])('in %j', (text, reading) => {
    expect(read(text)).toEqual(reading)
  })
})

describe('notes of whose things are', () => {
  const publisher = { id: 'acme', name: 'Acme', fingerprint: `SHA256:${'a'.repeat(43)}` }
  const mine = { deployment: 'ward', network: 'rackside-ward', publisher }
  const { publisher: _, ...nobodys } = mine
  const read = (text: string) => readOwners(answers('owners', text))

  it.each([
    ['none\n', known([])],
    [`${JSON.stringify(mine)}\n${JSON.stringify(nobodys)}\nend\n`, known([mine, nobodys])],
    // What cannot be read must not look like nobody's.
    [`${JSON.stringify(mine)}\n{"deployment":"ward"}\nend\n`, unreadable('owners: {"deployment":"ward"}')],
    ['\n', unreadable('owners: ')],
  ])('in %j', (text, reading) => {
    expect(read(text)).toEqual(reading)
  })
})

describe('notes of tasks', () => {
  const note = {
    ...{ role: 'job', task: 'starter', of: 'ward', ofVersion: '1', entry: 'starter', entryVersion: '1', digest: a },
    ...{ run: 'run-1', at: '2026-11-20T08:00:00Z', seconds: 3, outcome: 'passed', exitCode: 0 },
  }
  const read = (text: string) => readTasks(answers('tasks', text))

  it('are told whole, and what is no such note counts as none', () => {
    const others = [{ ...note, at: 'yesterday' }, { ...note, role: 'app' }, { ...note, of: '../ward' }, 'text']
    const lines = [note, ...others].map((one) => `${JSON.stringify(one)}\n`).join('')
    expect(read(`${lines}{"role":"job","task"\nend\n`)).toEqual(known([note]))
    expect(read('none\n')).toEqual(known([]))
    expect(read(`${JSON.stringify(note)}\n`).state).toBe('unreadable')
  })
})
