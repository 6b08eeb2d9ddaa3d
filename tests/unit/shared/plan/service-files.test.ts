// What a service's files and environment are made of: texts, and names of secrets in their places.
import { describe, expect, it } from 'vitest'
import { serviceConfiguration } from '../../../../shared/domain/entry/configuration.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'
import { secretsOf, serviceFiles, type Wiring } from '../../../../shared/plan/service-files.ts'
import { tools } from '../../../support/plan-cases.ts'

const gatewayParts = [
  { each: 'consumers', between: ',', text: '{{consumer.name}}={{consumer.key}}' },
  { text: ' at {{service.port}} with {{secret.admin}}\n' },
  { each: 'models', text: '[{{model.name}} {{model.baseUrl}} {{model.host}} {{model.port}}]' },
]

const wired = (changes: Partial<Wiring> = {}, configuration: object = {}): Wiring => ({
  deployment: 'gateway',
  entry: { id: 'model-gateway', version: '1' },
  configuration: serviceConfiguration.parse({
    secrets: [{ name: 'admin' }],
    files: [{ name: 'all.conf', parts: gatewayParts }],
    reload: 'USR2',
    ...configuration,
  }),
  environment: {},
  variables: { 'service.port': '8080' },
  uses: undefined,
  models: [{ name: 'chat', containerPort: 8000, modelName: 'qwen' }],
  consumers: ['notes'],
  sites: [],
  ...changes,
})

const made = (name: string, generation: number, deployment = 'gateway') => ({ deployment, name, generation })
const none = secretsOf({ secrets: known([]) }, { rotates: false, passwords: [] })
const shown = (files: ReturnType<typeof serviceFiles>['files']) =>
  files.map(({ parts }) =>
    parts.map((part) => ('text' in part ? part.text : `<${part.secret.name}.${part.secret.generation}>`)).join(''),
  )
const filesWith = (secrets: Parameters<typeof serviceFiles>[1], wiring = wired()) =>
  serviceFiles(wiring, secrets, tools.sha256)

describe('the file of a gateway', () => {
  it('names the console and each app with their keys, and every model', () => {
    const { files, mounts, secrets, retired, lastFiles } = filesWith(none)
    expect(shown(files)).toEqual([
      'rackside=<for-rackside.1>,notes=<for-notes.1> at 8080 with <admin.1>\n[qwen http://chat:8000/v1 chat 8000]',
    ])
    expect(files).toMatchObject([{ name: 'all.conf', deployment: 'gateway', reload: 'USR2' }])
    const folder = files[0]?.path.replace('/all.conf', '')
    expect(mounts).toEqual([{ source: `/var/lib/rackside/services/gateway/${folder}`, target: '/run/rackside' }])
    expect(new Set(secrets.map(({ name }) => name))).toEqual(new Set(['admin', 'for-rackside', 'for-notes']))
    expect([retired, lastFiles]).toEqual([[], []])
  })

  it('stays in its folder when its content changes, where it is read again', () => {
    const pathsOf = (reload: string | undefined, consumers: string[]) =>
      filesWith(none, wired({ consumers }, { reload })).files.map(({ path }) => path)
    expect(pathsOf('USR2', ['notes'])).toEqual(pathsOf('USR2', ['notes', 'letters']))
    expect(pathsOf('itself', ['notes'])).toEqual(pathsOf('itself', []))
    expect(pathsOf(undefined, ['notes'])).not.toEqual(pathsOf(undefined, ['notes', 'letters']))
    const versionTwo = filesWith(none, wired({ entry: { id: 'model-gateway', version: '2' } }))
    expect(versionTwo.files[0]?.path).not.toBe(pathsOf('USR2', ['notes'])[0])
  })
})

describe('keys that are made anew', () => {
  const there = known([made('for-rackside', 1), made('for-notes', 1), made('admin', 1)])

  it('are accepted beside the old ones, and alone at the end', () => {
    const { files, lastFiles, retired, secrets } = filesWith(
      secretsOf({ secrets: there }, { rotates: true, passwords: [] }),
    )
    expect(shown(files)[0]).toContain(
      'rackside=<for-rackside.1>,rackside=<for-rackside.2>,notes=<for-notes.1>,notes=<for-notes.2> at',
    )
    expect(shown(lastFiles)[0]).toContain('rackside=<for-rackside.2>,notes=<for-notes.2> at')
    expect(lastFiles.map(({ path }) => path)).toEqual(files.map(({ path }) => path))
    expect(retired).toEqual([made('for-rackside', 1), made('for-notes', 1)])
    expect(secrets).toContainEqual(made('for-notes', 2))
    // What an app locked its data with stays.
    expect(secrets.filter(({ name }) => name === 'admin')).toEqual([made('admin', 1)])
  })

  it('are not made a third time where that broke off, and end with the next set-up', () => {
    const both = known([made('for-notes', 4), made('for-notes', 5), made('for-rackside', 5)])
    for (const rotates of [true, false]) {
      const { current, accepted } = secretsOf({ secrets: both }, { rotates, passwords: [] })
      expect(accepted('gateway', 'for-notes')).toEqual([made('for-notes', 4), made('for-notes', 5)])
      expect(current('gateway', 'for-notes')).toEqual(made('for-notes', 5))
    }
    expect(filesWith(secretsOf({ secrets: both }, { rotates: false, passwords: [] })).retired).toEqual([
      made('for-notes', 4),
    ])
  })

  it('replace the old ones at once where a service reads its files only when it starts', () => {
    const { files, lastFiles, retired } = filesWith(
      secretsOf({ secrets: there }, { rotates: true, passwords: [] }),
      wired({}, { reload: undefined }),
    )
    expect(shown(files)[0]).toContain('rackside=<for-rackside.2>,notes=<for-notes.2> at')
    expect(lastFiles).toEqual([])
    expect(retired).toHaveLength(2)
  })

  it('go with who asks no more', () => {
    const left = known([made('for-rackside', 1), made('for-notes', 1), made('for-letters', 3), made('admin', 1)])
    const { files, lastFiles, retired, secrets } = filesWith(
      secretsOf({ secrets: left }, { rotates: false, passwords: [] }),
    )
    expect(retired).toEqual([made('for-letters', 3)])
    expect(shown(files)[0]).not.toContain('letters')
    expect(shown(lastFiles)[0]).toBe(shown(files)[0])
    expect(secrets.map(({ name }) => name)).not.toContain('for-letters')
    expect(
      filesWith(secretsOf({ secrets: known([made('for-x', 1, 'other')]) }, { rotates: false, passwords: [] })).retired,
    ).toEqual([])
  })

  it('begin with the first generation where nobody could look', () => {
    expect(
      secretsOf({ secrets: unreadable('no permission') }, { rotates: true, passwords: [] }).current('a', 'for-b')
        .generation,
    ).toBe(1)
    expect(secretsOf({}, { rotates: true, passwords: [] }).current('a', 'for-b').generation).toBe(1)
  })
})

describe('the environment of an app', () => {
  const app = (uses: Wiring['uses']): Wiring => ({
    ...wired({ deployment: 'notes', uses, models: [], consumers: [] }, { files: [], reload: undefined }),
    environment: { NAME: '{needs.model.name}', KEY: 'Bearer {needs.model.key}', SEED: '{secret.admin}' },
    variables: { 'needs.model.name': 'qwen' },
  })

  it('holds its words, and in a file of root those with secrets', () => {
    const behind = { name: 'gateway', containerPort: 8080, modelName: 'qwen', gateway: 'gateway' }
    const { environment, environmentFile, files, mounts, secrets } = filesWith(none, app(behind))
    expect(environment).toEqual({ NAME: 'qwen' })
    expect(shown(files)).toEqual(['KEY=Bearer <for-notes.1>\nSEED=<admin.1>\n'])
    expect(environmentFile).toBe(`/var/lib/rackside/services/notes/${files[0]?.path}`)
    expect(files[0]?.path).toMatch(/^env-[0-9a-f]{12}$/)
    expect(mounts).toEqual([])
    expect(secrets).toEqual([made('for-notes', 1), made('admin', 1, 'notes')])
  })

  it('has a key that opens nothing where the model wants none', () => {
    const alone = { name: 'chat', containerPort: 8000, modelName: 'qwen' }
    expect(filesWith(none, app(alone)).environment).toEqual({ NAME: 'qwen', KEY: 'Bearer none' })
  })

  it('is another one with the next generation of a key', () => {
    const behind = { name: 'gateway', containerPort: 8080, modelName: 'qwen', gateway: 'gateway' }
    const fileWith = (rotates: boolean) =>
      filesWith(secretsOf({ secrets: known([made('for-notes', 1)]) }, { rotates, passwords: [] }), app(behind))
        .environmentFile
    expect(fileWith(true)).not.toBe(fileWith(false))
  })
})

describe('a configuration', () => {
  const problems = (one: object) =>
    serviceConfiguration.safeParse(one).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  const file = (text: string, each?: string) => ({ files: [{ name: 'a', parts: [{ text, ...(each && { each }) }] }] })

  it.each([
    [{ secrets: [{ name: 'for-notes' }] }, 'secrets.0.name: name-taken'],
    [{ secrets: [{ name: 'a' }, { name: 'a' }] }, 'secrets.1.name: name-twice'],
    [file('{{secret.b}}'), 'files.0.parts.0.text: unknown-variable'],
    [file('{{model.name}}'), 'files.0.parts.0.text: unknown-variable'],
    [file('{{consumer.key}}', 'models'), 'files.0.parts.0.text: unknown-variable'],
    [file('{{constructor}}'), 'files.0.parts.0.text: unknown-variable'],
    [file('a\u001b[31m'), 'files.0.parts.0.text: printable-lines'],
    [{ files: [...file('a').files, ...file('b').files] }, 'files.1.name: name-twice'],
  ])('%j is refused: %s', (one, problem) => {
    expect(problems(one)).toEqual([problem])
  })

  it('takes braces that are no variables as they are', () => {
    expect(problems(file('acl a { path /x }\n\t{ "json": {} }'))).toBeUndefined()
  })
})
