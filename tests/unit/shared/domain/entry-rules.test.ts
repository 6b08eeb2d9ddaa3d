// What entries may say of services, words and files of the system: each refusal at its place, in words that help.
import { describe, expect, it } from 'vitest'
import { solutionEntry } from '../../../../shared/domain/entry/solution-entry.ts'
import { stepSpec } from '../../../../shared/domain/plan.ts'
import { ruleOf } from '../../../../shared/domain/schema-rule.ts'

const model = (name: string, hostPort: number) => ({ role: 'model', name, runtimes: ['r'], model: 'm', hostPort })
const app = (name: string, usesModel: string, hostPort: number) => ({
  role: 'app',
  name,
  app: 'a',
  usesModel,
  hostPort,
})

describe('the services of a solution', () => {
  const complaints = (...services: object[]) =>
    solutionEntry.shape.services.safeParse(services).error?.issues.map((issue) => [issue.path.join('.'), ruleOf(issue)])

  it('have names and ports of their own, and models that are there', () => {
    expect(complaints(model('chat', 8080), app('ward', 'chat', 8081))).toBeUndefined()
    expect(complaints(app('ward', 'chat', 8081), model('chat', 8080))).toBeUndefined()
    expect(complaints(model('chat', 8080), model('chat', 8081))).toEqual([
      ['1.name', { rule: 'service-name-twice', name: 'chat' }],
    ])
    expect(complaints(model('chat', 8080), model('other', 8080))).toEqual([
      ['1.hostPort', { rule: 'port-twice', name: 'chat', port: 8080 }],
    ])
    expect(complaints(model('chat', 8080), app('ward', 'ward', 8081), app('b', 'x', 8082))).toEqual([
      ['1.usesModel', { rule: 'no-such-model-service', name: 'ward' }],
      ['2.usesModel', { rule: 'no-such-model-service', name: 'x' }],
    ])
  })

  it('ask one model at most: one of this solution, or one that is installed already', () => {
    const installed = { ...app('notes', '', 8082), usesModel: undefined, usesInstalled: 'openai-chat' }
    const probe = { role: 'probe', name: 'try', probe: 'p', of: 'notes' }
    const asking = { ...probe, usesInstalled: 'openai-chat' }
    expect(complaints(installed, asking)).toBeUndefined()
    expect(complaints(model('chat', 8080), { ...installed, usesModel: 'chat' })).toEqual([
      ['1.usesModel', { rule: 'one-model-asked' }],
    ])
    // What asks no model, such as an exporter, says none.
    expect(complaints({ ...installed, usesInstalled: undefined })).toBeUndefined()
    expect(complaints({ ...installed, through: 'gate' })).toEqual([['0.through', { rule: 'through-needs-model' }]])
    const others = [
      [model('chat', 8080), app('notes', 'chat', 8081), asking],
      [installed, { ...asking, usesInstalled: 'rerank' }],
      [model('chat', 8080), installed, { ...asking, usesModel: 'chat' }],
      [model('notes', 8080), asking],
    ]
    for (const services of others) {
      expect(complaints(...services)).toEqual([
        [`${services.length - 1}.usesInstalled`, { rule: 'installed-as-its-service', name: 'notes' }],
      ])
    }
  })

  it.each([
    [1023, false],
    [1024, true],
    [65_535, true],
    [65_536, false],
  ])('may be at port %i: %s', (port, may) => {
    expect(complaints(model('chat', port)) === undefined).toBe(may)
  })
})

describe('a file of the system', () => {
  const file = (path: string, text = 'x') => stepSpec.safeParse({ ...whole, path, content: text }).success
  const whole = { kind: 'file', owner: 'root', group: 'root', mode: '0644' }

  it.each([
    ['/etc/sysctl.d/90-a.conf', true],
    ['/opt/a', true],
    ['/var/lib/rackside-notes/a', true],
    ['/var/lib/rackside', false],
    ['/var/lib/rackside/made/a', false],
    ['/etc', false],
    ['/home/a', false],
    ['/etc/../home/a', false],
    ['/etc/.hidden', false],
    ['/tmp/a', false],
  ])('may be at %s: %s', (path, may) => {
    expect(file(path)).toBe(may)
  })

  it('has a text without NUL, of a bounded length', () => {
    expect([file('/etc/a', ''), file('/etc/a', 'a\0b'), file('/etc/a', 'x'.repeat(30_001))]).toEqual([
      true,
      false,
      false,
    ])
  })
})
