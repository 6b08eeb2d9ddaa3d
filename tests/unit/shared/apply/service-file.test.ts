// Secrets are made, files are put together and told of in real shells: whole or not at all, and done only once the
// service works by them.
import { rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { realShells } from '../../../support/real-shells.ts'
import { servicePlace } from '../../../support/service-place.ts'

const key = { deployment: 'gateway', name: 'for-notes', generation: 2 }
const secret: StepSpecOf<'secret'> = { kind: 'secret', ...key }
const gone: StepSpecOf<'absent-secret'> = { kind: 'absent-secret', ...key }
const folder = 'services/gateway/files-0123456789ab'
const file: StepSpecOf<'service-file'> = {
  ...{ kind: 'service-file', deployment: 'gateway', path: 'files-0123456789ab/keys.map' },
  parts: [{ text: "it's $HOME `id`\\n %s\n" }, { secret: key }, { text: ' notes\n' }],
}
const told: StepSpecOf<'service-file'> = {
  ...{ ...file, reload: 'USR2' },
  opens: { hostPort: 8500, path: '/v1/models', keys: [key], refuses: [] },
}
const well = { status: 0, stdout: '', stderr: '' }

describe.each(realShells.map((shell) => [shell.join(' '), shell] as const))('in %s', (_name, shell) => {
  let place: ReturnType<typeof servicePlace>
  beforeEach(() => {
    place = servicePlace(shell)
  })
  afterEach(() => place.remove())
  const holds = (spec: Parameters<typeof place.isTrue>[0]) => place.isTrue(spec).holds
  const value = () => place.read('secrets/gateway/for-notes.2')

  describe('a secret', () => {
    it('is made once, of 64 digits that only root reads', () => {
      expect(place.isTrue(secret)).toEqual({ holds: false, reason: 'not-there' })
      expect(place.does(secret)).toEqual(well)
      expect(value()).toMatch(/^[0-9a-f]{64}$/)
      expect([place.mode('secrets/gateway/for-notes.2'), place.mode('secrets/gateway')]).toEqual(['400', '700'])
      expect(place.names('secrets/gateway')).toEqual(['for-notes.2'])
      expect(holds(secret)).toBe(true)
      const other = { ...secret, name: 'for-letters' }
      place.does(other)
      expect(place.read('secrets/gateway/for-letters.2')).not.toBe(value())
    })

    it('that people type is of letters that nobody takes for each other', () => {
      const readable = { ...secret, readable: true as const }
      expect(place.does(readable)).toEqual(well)
      expect(value()).toMatch(/^(?:[2-9a-hjkmnp-z]{5}-){3}[2-9a-hjkmnp-z]{5}$/)
      expect(place.mode('secrets/gateway/for-notes.2')).toBe('400')
      // An entry that says otherwise later takes no password away.
      expect([holds(readable), holds(secret)]).toEqual([true, true])
      const first = value()
      rmSync(place.path('secrets/gateway/for-notes.2'))
      place.does(readable)
      expect(value()).not.toBe(first)
    })

    it('that somebody changed is not the one that was made', () => {
      place.does(secret)
      rmSync(place.path('secrets/gateway/for-notes.2'))
      writeFileSync(place.path('secrets/gateway/for-notes.2'), 'guessed', { mode: 0o400 })
      expect(place.isTrue(secret)).toEqual({ holds: false, reason: 'other-than-wanted' })
    })

    it('goes, with the folder where it was the last', () => {
      place.does(secret)
      expect(place.isTrue(gone)).toEqual({ holds: false, reason: 'made-by-rackside' })
      expect(place.does(gone)).toEqual(well)
      expect(place.isTrue(gone)).toEqual({ holds: true, reason: 'gone-already' })
      expect(place.names('secrets')).toEqual([])
      expect(place.does(gone)).toEqual(well)
    })
  })

  it('a secret that goes takes with it what was written with it, and nothing else', () => {
    place.does(secret)
    const environment = { ...file, path: 'env-0123456789ab' }
    const plain = { ...file, path: 'files-ffffffffffff/plain', parts: [{ text: 'nothing secret' }] }
    for (const one of [file, environment, plain]) place.does(one)
    expect(place.does(gone)).toEqual(well)
    expect(place.names('services/gateway')).toEqual(['files-ffffffffffff'])
  })

  describe('a file', () => {
    it('has its secrets in their places, and every sign of its texts', () => {
      place.does(secret)
      expect(place.isTrue(file)).toEqual({ holds: false, reason: 'not-there' })
      expect(place.does(file)).toEqual(well)
      expect(place.read(`${folder}/keys.map`)).toBe(`it's $HOME \`id\`\\n %s\n${value()} notes\n`)
      // The container's user reads it by the folder that is mounted, and nobody else gets there.
      expect([place.mode('services/gateway'), place.mode(folder), place.mode(`${folder}/keys.map`)]).toEqual([
        ...['700', '755', '444'],
      ])
      expect(holds(file)).toBe(true)
      expect(place.said()).toEqual([])
    })

    it('of the environment is root alone’s', () => {
      place.does(secret)
      const environment = { ...file, path: 'env-0123456789ab' }
      expect(place.does(environment)).toEqual(well)
      expect(place.mode('services/gateway/env-0123456789ab')).toBe('400')
      expect(holds(environment)).toBe(true)
    })

    it('is not written without its secret, and nothing is left of the try', () => {
      expect(place.does(file)).toMatchObject({ status: 1, stderr: expect.stringContaining('for-notes.2') })
      expect([place.names('services/gateway'), place.names(folder)]).toEqual([['files-0123456789ab'], []])
      expect(holds(file)).toBe(false)
    })

    it.each([
      ['other words', { parts: [{ text: 'other' }] }],
      ['another secret', { parts: [...file.parts, { secret: { ...key, generation: 1 } }] }],
    ])('with %s is another one', (_what, change) => {
      place.does(secret)
      place.does(file)
      expect(place.isTrue({ ...file, ...change })).toEqual({ holds: false, reason: 'other-than-wanted' })
    })
  })

  describe('a service that reads its files again', () => {
    beforeEach(() => place.does(secret))
    const acts = () => place.said().filter((line) => /^(?:docker kill|curl)/.test(line))

    it('is told, and asked with a key that no process is seen with', () => {
      expect(place.does(told)).toEqual(well)
      expect(acts()[0]).toBe('docker kill --signal USR2 rackside-gateway')
      expect(acts()[1]).toMatch(/--header @- http:\/\/127\.0\.0\.1:8500\/v1\/models$/)
      expect(place.header()).toBe(`authorization: Bearer ${value()}`)
      expect(place.said().join('\n')).not.toContain(value())
      expect(holds(told)).toBe(true)
      expect(place.names('services/gateway')).toEqual(['files-0123456789ab', 'read.files-0123456789ab.keys.map'])
    })

    it('has read it once every key opens, and those that are not to open do not', () => {
      const old = { ...key, generation: 1 }
      place.does({ kind: 'secret', ...old })
      const last = { ...told, opens: { hostPort: 8500, path: '/v1/models', keys: [key], refuses: [old] } }
      // The old worker is still there: it lets both in.
      expect(place.does(last)).toMatchObject({ status: 1, stderr: expect.stringContaining('HTTP 200') })
      expect(holds(last)).toBe(false)
      place.set('refused', `${place.read('secrets/gateway/for-notes.1')}\n`)
      expect(place.does(last)).toEqual(well)
      expect(holds(last)).toBe(true)
    })

    it('is not waited for where it was made with other files: its successor reads these', () => {
      place.set('mounts', '/var/lib/rackside/services/gateway/files-ba9876543210\n')
      place.set('status', '401')
      expect(place.does(told)).toEqual(well)
      expect(acts()).toEqual([])
      expect(holds(told)).toBe(true)
    })

    it('is told, and not asked at a port that it has not yet', () => {
      place.set('port', '8400')
      place.set('status', '000')
      expect(place.does(told)).toEqual(well)
      expect(acts()).toEqual(['docker kill --signal USR2 rackside-gateway'])
    })

    it('that does not run reads it when it starts', () => {
      place.set('running', 'false')
      expect(place.does(told)).toEqual(well)
      expect(acts()).toEqual([])
      expect(holds(told)).toBe(true)
    })

    it('is told again where that broke off after the file was written', () => {
      place.set('broken', '')
      expect(place.does(told).status).toBe(1)
      expect(place.read(`${folder}/keys.map`)).toContain(value())
      expect(place.isTrue(told)).toEqual({ holds: false, reason: 'other-than-wanted' })
      rmSync(place.path('../state/broken'))
      expect(place.does(told)).toEqual(well)
      expect(holds(told)).toBe(true)
    })

    it('gets back what it read before also where a run was cut off before it had read the next one', () => {
      place.does(told)
      const before = place.read(`${folder}/keys.map`)
      const broken = { ...told, parts: [{ text: 'broken' }] }
      place.set('broken', '')
      expect(place.does(broken).status).toBe(1)
      rmSync(place.path('../state/broken'))
      place.set('status', '401')
      expect(place.does(broken)).toMatchObject({ status: 1, stderr: expect.stringContaining('HTTP 401') })
      place.set('status', '200')
      expect(place.undoes(broken)).toEqual(well)
      expect(place.read(`${folder}/keys.map`)).toBe(before)
      expect(holds(told)).toBe(true)
    })

    it('that does not work by it gets back what it read before', () => {
      place.does(told)
      const before = place.read(`${folder}/keys.map`)
      const broken = { ...told, parts: [{ text: 'broken' }] }
      place.set('status', '401')
      expect(place.does(broken)).toMatchObject({ status: 1, stderr: expect.stringContaining('HTTP 401') })
      place.set('status', '200')
      expect(place.undoes(broken)).toEqual(well)
      expect(place.read(`${folder}/keys.map`)).toBe(before)
      expect(acts().at(-1)).toBe('docker kill --signal USR2 rackside-gateway')
      expect(holds(told)).toBe(true)
    })
  })
})
