// Who is trusted to make bundles: some, none, trusting one, trusting one no more, and the developer switch.
import { PinPublisher } from '../../../../renderer/features/catalog/pin-publisher.tsx'
import { RemovePublisher } from '../../../../renderer/features/publishers/remove-publisher.tsx'
import type { BundleSummary } from '../../../../shared/contract/bundles.ts'
import type { FailureOf } from '../../../../shared/domain/failure.ts'
import { answers, fails } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import { about } from '../scripted.ts'

const path = '/settings/publishers'
const nothing = () => undefined
const fingerprint = 'SHA256:0m5zJw0nQbZp1cVt8sU4mXkLr7aHy2gEoDfTnWvYi3A'
const hospital = {
  ...{ id: 'municipal', name: 'Municipal Hospital IT', fingerprint, rootVersion: 2, pinnedBy: 'ward-admin-2' },
  ...{ pinnedAt: '2026-03-02T09:00:00.000Z', lines: ['records', 'radiology'] },
  blocked: [
    {
      ...{ entry: 'record-assistant', range: { below: '1.4.2' }, since: '2026-10-30' },
      reason: { en: 'It wrote notes into the wrong record.', 'zh-CN': '会把记录写入错误的病历。' },
    },
  ],
}
const vendor = {
  ...{ id: 'cityhealth', name: '城市医疗数字', fingerprint: fingerprint.replace('0m5z', 'Qe7a'), rootVersion: 1 },
  ...{ pinnedAt: '2026-11-02T09:00:00.000Z', pinnedBy: 'li', lines: [], blocked: [] },
}
const stranger: FailureOf<'publisher-unknown'> = {
  ...{ kind: 'publisher-unknown', publisher: 'cityhealth', name: 'City Health Digital', fingerprint },
  bundleId: 'bundle-2',
}
const unknown: BundleSummary = {
  ...{ bundleId: 'bundle-2', demo: false, kept: false, name: 'records-2026-12' },
  content: { ok: false, failure: stranger },
}
const list = (allowsUnsigned = false) => ({ list: answers({ publishers: [hospital, vendor], allowsUnsigned }) })

export const scenes: Scenes = {
  some: { path, script: { window: about, publishers: list() } },
  none: { path, script: { window: about } },
  'developer-switch': { path, script: { window: about, publishers: list(true) } },
  'clock-behind': {
    path,
    script: {
      window: about,
      publishers: {
        list: answers({ publishers: [hospital], allowsUnsigned: false, clockBehind: '2031-01-04T10:00:00.000Z' }),
      },
    },
  },
  failed: {
    path,
    script: {
      window: about,
      publishers: { list: fails({ kind: 'state-unwritable', folder: '/home/ops/rackside', detail: 'no' }) },
    },
  },
  stranger: {
    path: '/catalog?kind=bundles',
    script: { window: about, bundles: { list: answers([unknown]), brought: answers([]) } },
  },
  pin: { render: () => <PinPublisher stranger={stranger} onClose={nothing} /> },
  remove: { render: () => <RemovePublisher id="cityhealth" onClose={nothing} /> },
}
