// What entries may say of their parts: each refusal at its place, with what is known there.
import { describe, expect, it } from 'vitest'
import { appEntry } from '../../../../shared/domain/entry/app-entry.ts'
import { gatewayEntry } from '../../../../shared/domain/entry/gateway-entry.ts'
import { runtimeEntry } from '../../../../shared/domain/entry/runtime-entry.ts'
import { ruleOf } from '../../../../shared/domain/schema-rule.ts'
import { madeRuntime, madeVariant } from '../../../support/made-entries.ts'
import { noteHelper, writtenParts } from '../../../support/ward-with-parts.ts'

const [db, worker] = writtenParts
const complaints = (changes: Record<string, unknown>) =>
  appEntry
    .safeParse({ ...noteHelper(), configuration: { secrets: [{ name: 'database' }] }, parts: writtenParts, ...changes })
    .error?.issues.map((issue) => [issue.path.join('.'), ruleOf(issue)])
const unknown = (...known: string[]) => ({ rule: 'unknown-variable', name: expect.any(String), known })
const places = ['part.db.host', 'part.db.port', 'part.worker.host']
const variantWith = (changes: Record<string, unknown>) => noteHelper().variants.map((one) => ({ ...one, ...changes }))

describe('an entry with parts', () => {
  it('is taken where all it names is there', () => {
    expect(complaints({})).toBeUndefined()
  })

  it.each([
    ['a part that is not there', '{part.cache.host}'],
    ['a port of a part that has none', '{part.worker.port}'],
    ['something else of a part', '{part.db.password}'],
  ])('names %s nowhere', (_, word) => {
    const [arguments_] = [complaints({ variants: variantWith({ arguments: ['ok', word] }) })]
    expect(arguments_?.[0]).toEqual(['variants.0.arguments.1', unknown(...places)])
    expect(complaints({ variants: variantWith({ environment: { A: word } }) })?.[0]).toEqual([
      'variants.0.environment.A',
      unknown('secret.database', ...places),
    ])
    const files = [{ name: 'a', parts: [{ text: `{${word}}` }] }]
    expect(complaints({ configuration: { secrets: [{ name: 'database' }], files } })).toEqual([
      ['configuration.files.0.parts.0.text', unknown(...places)],
    ])
    expect(complaints({ parts: [{ ...db, arguments: [word] }, worker] })?.[0]?.[0]).toBe('parts.0.arguments.0')
    expect(complaints({ parts: [{ ...db, environment: { A: word } }, worker] })?.[0]?.[0]).toBe('parts.0.environment.A')
    expect(complaints({ parts: [{ ...db, files: [{ name: 'a', text: `{${word}}` }] }, worker] })?.[0]?.[0]).toBe(
      'parts.0.files.0.text',
    )
  })

  it('has no secret among the words of a part, and none that it does not declare', () => {
    const open = ['service.host', 'service.port', ...places]
    expect(complaints({ parts: [{ ...db, arguments: ['{secret.database}'] }, worker] })).toEqual([
      ['parts.0.arguments.0', unknown(...open)],
    ])
    expect(complaints({ parts: [{ ...db, environment: { A: '{secret.other}' } }, worker] })).toEqual([
      ['parts.0.environment.A', unknown(...open, 'secret.database')],
    ])
  })

  it('tells the model only to parts that ask it', () => {
    expect(complaints({ parts: [{ ...db, environment: { A: '{needs.model.key}' } }, worker] })?.[0]?.[0]).toBe(
      'parts.0.environment.A',
    )
    expect(complaints({ parts: [db, { ...worker, arguments: ['{needs.model.key}'] }] })?.[0]?.[0]).toBe(
      'parts.1.arguments.0',
    )
  })

  it('has parts with names of their own, none of which a replacement uses', () => {
    expect(complaints({ parts: [db, worker, db] })).toContainEqual(['parts.2.name', { rule: 'name-twice', name: 'db' }])
    for (const name of ['previous', 'next']) {
      expect(complaints({ parts: [db, worker, { ...worker, name }] })).toContainEqual([
        'parts.2.name',
        { rule: 'name-taken', name },
      ])
    }
    const files = [
      { name: 'a.conf', text: 'x' },
      { name: 'A.conf', text: 'y' },
    ]
    expect(complaints({ parts: [{ ...db, files }, worker] })).toEqual([
      ['parts.0.files.1.name', { rule: 'name-twice', name: 'A.conf' }],
    ])
  })

  it('has at most 20, each with an image', () => {
    const many = Array.from({ length: 21 }, (_, at) => ({ ...worker, name: `w${at}` }))
    expect(complaints({ parts: [db, ...many] })?.map(([path]) => path)).toContain('parts')
    expect(complaints({ parts: [{ ...db, images: {} }, worker] })).toContainEqual([
      'parts.0.images',
      { rule: 'an-image' },
    ])
    expect(complaints({ parts: [{ ...db, user: 'root' }, worker] })?.[0]?.[0]).toBe('parts.0.user')
  })
})

describe('an entry that cannot have parts', () => {
  it('names none', () => {
    const variants = [madeVariant('v', undefined, { arguments: ['{part.db.host}'] })]
    const runtime = madeRuntime('r', { variants: [madeVariant('v')] })
    const issues = runtimeEntry.safeParse({ ...runtime, variants }).error?.issues ?? []
    expect(issues.map((issue) => [issue.path.join('.'), ruleOf(issue)])).toEqual([
      ['variants.0.arguments.0', unknown()],
    ])
    expect(gatewayEntry.shape.parts).toBeDefined()
  })
})
