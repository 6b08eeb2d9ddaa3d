// Acceptances of a server as a console has them: one that goes on, one that ended with open points, one that is refused.
import { type AcceptanceHead, acceptanceHeadOf, type KeptAcceptance } from '../../../shared/domain/acceptance.ts'
import { acceptanceOf, soundLoad, soundParts, soundSoak } from '../../support/acceptance-cases.ts'
import { answers, type Script, streams } from './pretend-console.ts'

const appliance = { host: '10.78.0.11', port: 22 }
const signature = {
  ...({ kind: 'rackside-acceptance-signature', format: 1, algorithm: 'ed25519' } as const),
  ...{ sha256: 'a'.repeat(64), publicKey: 'b'.repeat(64), signature: 'c'.repeat(128) },
}

export const openAcceptance: KeptAcceptance = {
  document: acceptanceOf({ appliance, soak: { ...soundSoak, seconds: 120 } }),
  signature,
}

const [level] = soundLoad.levels
const slow = level === undefined ? [] : [{ ...level, breaks: ['ttft' as const] }]
export const refusedAcceptance: KeptAcceptance = {
  document: acceptanceOf({
    ...{ acceptanceId: 'acceptance-0badcafe', startedAt: '2026-11-20T09:00:00.000Z', appliance },
    loads: [{ ...soundLoad, levels: slow }],
    canaries: soundParts.canaries.map((one) => ({ ...one, verdict: 'failed', questions: [] })),
  }),
}

const heads: AcceptanceHead[] = [openAcceptance, refusedAcceptance].map(acceptanceHeadOf)

export const acceptanceGoing: Script['acceptance'] = {
  list: answers(heads),
  run: streams([
    { event: 'begin', acceptanceId: 'acceptance-0123abcd', settings: soundParts.settings },
    { event: 'stage', stage: 'load' },
    { event: 'progress', stage: 'load', about: 'ward-model', share: 0.42 },
  ]),
}

export const acceptanceDone: Script['acceptance'] = {
  list: answers(heads),
  run: streams([{ event: 'result' as const, result: openAcceptance }], 'ends'),
  read: answers(refusedAcceptance),
}
