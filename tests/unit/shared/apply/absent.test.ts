// What is taken away, from what is there: no more than was made, and nothing that somebody else uses.
import { describe, expect, it } from 'vitest'
import {
  absentContainerStep,
  absentImageStep,
  absentMadeStep,
  absentNetworkStep,
  absentRacksideStep,
} from '../../../../shared/apply/absent.ts'
import { asksOf } from '../../../../shared/apply/all-kinds.ts'
import type { Container } from '../../../../shared/domain/facts.ts'
import { absent, known, unreadable } from '../../../../shared/domain/reading.ts'
import { actingKindOf } from '../../../support/acting-kind.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase } from '../../../support/plan-cases.ts'

const { facts } = planCase('installed')
const [found] = knownValue(facts.containers) as [Container]
const gone = { holds: true, reason: 'gone-already' }
const there = { holds: false, reason: 'made-by-rackside' }
const words = (commands: readonly { readonly words: readonly string[] }[]) => commands.map((one) => one.words.join(' '))
const attempt = (failedAt: number) => ({ runId: 'run', failedAt })

describe('a container that goes', () => {
  const spec = { kind: 'absent-container', name: found.name, deployment: 'ward', deletesData: false } as const
  const record = 'rm --force /var/lib/rackside/deployments/ward.json'
  const inState = (state: Container['state']) => ({ ...facts, containers: known([{ ...found, state }]) })

  it('is there by its name alone, and gone only where the engine says so', () => {
    expect(absentContainerStep.isTrue(spec, facts)).toEqual(there)
    expect(absentContainerStep.isTrue({ ...spec, name: 'another' }, facts)).toEqual(gone)
    expect(absentContainerStep.isTrue(spec, { ...facts, containers: known([]) })).toEqual(gone)
  })

  it.each(['running', 'restarting'] as const)(
    'is stopped first where it is %s, and started again when that fails',
    (state) => {
      const now = inState(state)
      expect(words(actingKindOf(spec).commands(spec, now, 'run'))).toEqual([
        `docker stop ${found.name}`,
        `docker rm --force ${found.name}`,
        record,
      ])
      const undone = [0, 1, 2].map((failedAt) => words(actingKindOf(spec).undo(spec, now, attempt(failedAt))))
      expect(undone).toEqual([[`docker start ${found.name}`], [`docker start ${found.name}`], []])
    },
  )

  it('that stands still is not started again, and takes its data along where that is wanted', () => {
    for (const now of [inState('exited'), { ...facts, containers: unreadable('x') }]) {
      expect(words(actingKindOf(spec).commands({ ...spec, deletesData: true }, now, 'run'))).toEqual([
        `docker rm --force --volumes ${found.name}`,
        record,
      ])
      expect(actingKindOf(spec).undo(spec, now, attempt(0))).toEqual([])
    }
  })
})

describe('a network that goes', () => {
  const spec = { kind: 'absent-network', name: 'rackside' } as const

  it('is gone only where the engine says so', () => {
    const truth = (networks: typeof facts.networks) => absentNetworkStep.isTrue(spec, { ...facts, networks })
    expect([truth(known(['rackside'])), truth(known(['bridge'])), truth(unreadable('x')), truth(absent)]).toEqual([
      there,
      gone,
      there,
      there,
    ])
    expect(words(actingKindOf(spec).commands(spec, facts, 'run'))).toEqual(['docker network rm rackside'])
    expect(actingKindOf(spec).undo(spec, facts, attempt(0))).toEqual([])
  })
})

describe('an image that goes', () => {
  const id = `sha256:${'d'.repeat(64)}`
  const image = { archiveSha256: 'a'.repeat(64), configDigest: id, manifestDigest: `sha256:${'e'.repeat(64)}` }
  const spec = { kind: 'absent-image', image: image as never, usedBy: [] as string[] } as const
  const loaded = { ...facts, images: known([{ id, architecture: 'amd64', repoDigests: [] }]) }
  const none = { ...facts, images: known([]) }

  it('is there until the engine says that it is not, and stays where others use it', () => {
    expect(absentImageStep.isTrue(spec, loaded)).toEqual(there)
    expect(absentImageStep.isTrue(spec, none)).toEqual(gone)
    expect(absentImageStep.isTrue(spec, { ...facts, images: unreadable('x') })).toEqual(there)
    const used = { ...spec, usedBy: ['his-db'] }
    expect(absentImageStep.isTrue(used, loaded)).toEqual({ holds: true, reason: 'used-by-others' })
    expect(absentImageStep.isTrue(used, none)).toEqual(gone)
  })

  it('goes by the id that the engine gives it, without force', () => {
    expect(words(actingKindOf(spec).commands(spec, loaded, 'run'))).toEqual([`docker image rm ${id}`])
    expect(actingKindOf(spec).commands(spec, none, 'run')).toEqual([])
    expect(actingKindOf(spec).undo(spec, loaded, attempt(0))).toEqual([])
  })
})

describe('what was made, and the folders of Rackside', () => {
  const made = { kind: 'reboot', package: 'driver' } as const

  it('are there as long as they are in a plan, whatever is read', () => {
    expect(absentMadeStep.isTrue({ kind: 'absent-made', made, before: {} }, facts)).toEqual(there)
    expect(absentRacksideStep.isTrue({ kind: 'absent-rackside' }, facts)).toEqual(there)
    expect(asksOf({ kind: 'absent-made', made, before: {} })).toEqual([])
  })
})
