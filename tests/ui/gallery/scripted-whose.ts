// Whose deployments are, as scenes and tests show it: two publishers, what one has taken back, what a plan makes different.
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Replacement } from '../../../shared/domain/replacement.ts'
import type { DeploymentVerdict } from '../../../shared/domain/verdict.ts'

export const oldPublisher = { id: 'ward-notes', name: 'Ward Notes 科技', fingerprint: `SHA256:${'Qk3'.repeat(14)}w` }
const newPublisher = { id: 'harbour-health', name: 'Harbour Health', fingerprint: `SHA256:${'7bZ'.repeat(14)}c` }

export const ofAnother: Failure = {
  kind: 'deployment-of-other',
  ...{ owner: oldPublisher.id, ownerName: oldPublisher.name, fingerprint: oldPublisher.fingerprint },
  ...{ publisher: newPublisher.name, deployments: ['baichuan-m2', 'record-assistant'] },
}

const reason = {
  en: 'It drops the last line of a note that is longer than 4,000 characters.',
  'zh-CN': '病历超过 4000 字时会丢失最后一行。',
}

export const takenBack = {
  ...{ entry: 'record-assistant', version: '2.1.0', publisher: oldPublisher.name, since: '2026-11-18', reason },
}

/** What somebody vouches for, took back, and had accepted. */
export const takenBackDeployment: DeploymentVerdict = {
  ...{ deployment: 'record-assistant', entry: 'record-assistant', version: '2.1.0' },
  ...{ state: 'healthy', reason: 'page-answers', rungs: [], publisher: oldPublisher, takenBack: [takenBack] },
  accepted: [
    {
      ...{ entry: 'record-assistant', version: '2.1.0', spdx: 'LicenseRef-Ward-Notes' },
      ...{ terms: '5e'.repeat(32), by: 'li.wei@it-desk', at: '2026-10-02T08:15:00.000Z' },
    },
  ],
}

const image = (digit: string) => `sha256:${digit.repeat(64)}`
const who = ({ name, id, fingerprint }: typeof oldPublisher) => `${name} (${id}, ${fingerprint})`

export const wardReplacements: readonly Replacement[] = [
  {
    service: 'record-assistant',
    differences: [
      { what: 'publisher', before: [who(oldPublisher)], after: [who(newPublisher)] },
      { what: 'privileges', before: ['capability=SYS_PTRACE'], after: ['writable-host-path=/data/scans'] },
      { what: 'openings', before: [], after: ['10.20.0.5:443/notes/ (record-assistant, guarded)'] },
      { what: 'patient-data', before: ['passes-through'], after: ['stored'] },
      {
        what: 'stored',
        before: [],
        after: [{ en: 'Drafts, in its own volume, for 30 days', 'zh-CN': '草稿，存于自身数据卷，保留 30 天' }],
      },
      { what: 'egress', before: [], after: ['updates.harbour.example'] },
      { what: 'version', before: ['record-assistant 2.1.0'], after: ['record-assistant 3.0.0'] },
      { what: 'image', before: [image('a')], after: [image('b')] },
      { what: 'settings', before: ['style=short'], after: ['style=full', 'time-zone=Asia/Shanghai'] },
    ],
  },
  {
    service: 'baichuan-m2',
    differences: [
      { what: 'publisher', after: [who(newPublisher)] },
      { what: 'licence', after: ['llama-cpp: MIT', 'baichuan-m2: Apache-2.0'] },
      { what: 'version', before: ['llama-cpp 7'], after: ['llama-cpp 8'] },
    ],
  },
]
