// The nouns that come from outside: addresses, fingerprints, artifacts, entries. What is let in and what is not.
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { address, addressText, appliance, applianceName, fingerprint } from '../../../../shared/domain/appliance.ts'
import { artifact, chunkBytes } from '../../../../shared/domain/artifact.ts'
import { deploymentProof } from '../../../../shared/domain/deployment.ts'
import { templateVariables } from '../../../../shared/domain/entry/entry-text.ts'
import { containerVariant } from '../../../../shared/domain/entry/variant.ts'
import { planCounts } from '../../../../shared/domain/plan.ts'
import { absent, known, readingOf, unreadable, valueOr } from '../../../../shared/domain/reading.ts'
import { journalRecord } from '../../../../shared/domain/run.ts'
import { bareFacts, planFor } from '../../../support/plan-cases.ts'

const hosts: [string, boolean][] = [
  ['10.78.0.11', true],
  ['ward-ai-1.hospital.cn', true],
  ['fe80::1%eth0', true],
  ['::1', true],
  ['', false],
  ['-oProxyCommand=id', false],
  ['a b', false],
  ['a;b', false],
  ['$(id)', false],
  ['a\nb', false],
  ['x'.repeat(254), false],
]
const users: [string, boolean][] = [
  ['root', true],
  ['ops.team-1', true],
  ['', false],
  ['-l', false],
  ['1ops', false],
  ['o ps', false],
  ['o;id', false],
  ['x'.repeat(33), false],
]
const names: [string, boolean][] = [
  ['ward-1', true],
  ['门诊一号', true],
  ['../ward', false],
  ['.hidden', false],
  ['a/b', false],
  ['', false],
]

describe('an address', () => {
  it.each(hosts)('with the host %j is taken: %s', (host, taken) => {
    expect(address.safeParse({ host, port: 22, user: 'ops' }).success).toBe(taken)
  })

  it.each(users)('with the user %j is taken: %s', (user, taken) => {
    expect(address.safeParse({ host: 'a', port: 22, user }).success).toBe(taken)
  })

  it.each([0, 65_536, 22.5, -1])('does not take port %d', (port) => {
    expect(address.safeParse({ host: 'a', port, user: 'ops' }).success).toBe(false)
  })

  it('reads with brackets where the host has colons', () => {
    expect(addressText({ host: 'fe80::1', port: 22 })).toBe('[fe80::1]:22')
    expect(addressText({ host: '10.0.0.1', port: 2222 })).toBe('10.0.0.1:2222')
  })
})

describe('the name of an appliance', () => {
  it.each(names)('%j is taken: %s', (name, taken) => {
    expect(applianceName.safeParse(name).success).toBe(taken)
  })

  it('never comes with a secret beside it', () => {
    const saved = { name: 'a', address: { host: 'a', port: 22, user: 'ops' }, credentialId: 'key-1' }
    expect(appliance.safeParse(saved).success).toBe(true)
    expect(appliance.safeParse({ ...saved, password: 'x' }).success).toBe(false)
  })
})

describe('ids', () => {
  it('of host keys have the form of OpenSSH', () => {
    expect(fingerprint.safeParse(`SHA256:${'A'.repeat(43)}`).success).toBe(true)
    for (const bad of [
      `MD5:${'A'.repeat(43)}`,
      `SHA256:${'A'.repeat(42)}`,
      `SHA256:${'A'.repeat(43)}=`,
      'A'.repeat(43),
    ]) {
      expect(fingerprint.safeParse(bad).success).toBe(false)
    }
  })

  it('of runs are safe as a file name', () => {
    const taken = (run: string) => journalRecord.safeParse({ record: 'step-begin', run, step: 'x', at: 'now' }).success
    expect(taken('run-20261120T080000Z-0badcafe')).toBe(true)
    for (const bad of ['run-1', '../run-20261120T080000Z-0badcafe', 'run-20261120T080000Z-0badcafe/x']) {
      expect(taken(bad)).toBe(false)
    }
  })
})

describe('an artifact', () => {
  const hash = 'a'.repeat(64)
  const file = (bytes: number, chunks: number) => ({
    kind: 'file',
    id: 'x',
    sha256: hash,
    bytes,
    chunks: Array(chunks).fill(hash),
  })

  it.each([
    [1, 1, true],
    [chunkBytes, 1, true],
    [chunkBytes + 1, 2, true],
    [chunkBytes + 1, 1, false],
    [chunkBytes, 2, false],
    [0, 1, false],
  ])('of %d bytes with %d chunk hashes is taken: %s', (bytes, chunks, taken) => {
    expect(artifact.safeParse(file(bytes, chunks)).success).toBe(taken)
  })

  it('of one chunk is called by the hash of it', () => {
    expect(artifact.safeParse({ ...file(1, 1), sha256: 'b'.repeat(64) }).success).toBe(false)
    expect(artifact.safeParse({ ...file(chunkBytes + 1, 2), sha256: 'b'.repeat(64) }).success).toBe(true)
  })
})

describe('a variant', () => {
  const withWord = (word: string) => ({
    id: 'v',
    images: { amd64: { artifact: 'i' } },
    arguments: [word],
    overheadBytes: 0,
    evidence: 'none',
  })

  it('takes the variables that there are, and no other', () => {
    for (const name of templateVariables)
      expect(containerVariant.safeParse(withWord(`--x={${name}}`)).success).toBe(true)
    for (const word of ['{model.secret}', '{}', 'a{HOME}b', 'a\0b']) {
      expect(containerVariant.safeParse(withWord(word)).success, word).toBe(false)
    }
  })
})

describe('a reading', () => {
  it('is known, absent or unreadable, and "do not know" never becomes a number', () => {
    const schema = readingOf(z.number())
    for (const reading of [known(0), absent, unreadable('no tool')]) expect(schema.parse(reading)).toEqual(reading)
    expect(schema.safeParse(0).success).toBe(false)
    expect(schema.safeParse({ state: 'absent', value: 0 }).success).toBe(false)
    expect([valueOr(known(0), '?'), valueOr(absent, '?'), valueOr(unreadable('x'), '?')]).toEqual([0, '?', '?'])
  })

  it('keeps its evidence short', () => {
    expect(readingOf(z.number()).safeParse(unreadable('x'.repeat(5000))).success).toBe(true)
  })
})

describe('the sum of a plan', () => {
  it('counts the bytes of what will be sent, not of what is there', () => {
    const { steps } = planFor(bareFacts())
    const [first, ...rest] = steps
    if (first === undefined) throw new Error('a plan without steps')
    expect(planCounts(steps).unchanged).toBe(0)
    expect(planCounts([{ ...first, change: false }, ...rest])).toEqual({
      changed: steps.length - 1,
      unchanged: 1,
      uploadBytes: planCounts(steps).uploadBytes - first.uploadBytes,
    })
  })
})

describe('the proof of a deployment', () => {
  const page = { serves: 'page', deployment: 'notes', hostPort: 8500, readyPath: '/readyz' } as const
  const model = { ...page, serves: 'openai-chat', modelName: 'm', metricsPath: '/metrics', metricsReader: 'llama-cpp' }

  it.each(['', 'readyz', '/a b', '/a\nb', '/a\r\nHost: x', '/门', '/a?b', `/${'x'.repeat(201)}`])(
    'asks for no path that a request cannot carry (%j)',
    (path) => {
      expect(deploymentProof.safeParse({ ...page, readyPath: path }).success).toBe(false)
      expect(deploymentProof.safeParse({ ...model, metricsPath: path }).success).toBe(false)
      expect([page, model].map((proof) => deploymentProof.safeParse(proof).success)).toEqual([true, true])
    },
  )

  it.each([-1, 0, 65_536])('is at no port %d', (hostPort) => {
    expect(deploymentProof.safeParse({ ...page, hostPort }).success).toBe(false)
    expect(deploymentProof.safeParse({ ...model, hostPort }).success).toBe(false)
  })
})
