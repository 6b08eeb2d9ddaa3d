// The vendor kit: as it begins, with nothing to check, a bundle that is as it should be, one that a hospital would refuse,
// one that is past its date, one that nobody signed, and while it is read.
import type { BroughtBundle, Handover, HandoverProgress } from '../../../../shared/contract/bundles.ts'
import type { BlockedVersion } from '../../../../shared/domain/blocked-version.ts'
import { answers, type Script, streams } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about } from '../scripted.ts'

const fingerprint = 'SHA256:0m5zJw0nQbZp1cVt8sU4mXkLr7aHy2gEoDfTnWvYi3A'
const mebibyte = 2 ** 20

const takenBack: BlockedVersion = {
  ...{ entry: 'clinic-note-helper', versions: ['1.3.0', '1.3.1'], since: '2026-11-20' },
  reason: { en: 'It left out the last paragraph of long notes.', 'zh-CN': '较长的记录会漏掉最后一段。' },
}

export const wholeHandover: Handover = {
  ...{ line: 'clinic-note', publisher: { id: 'acme', name: 'Acme Medical' }, fingerprint, version: 4 },
  ...{ expires: '2028-11-26T08:00:00Z', expired: false, carriedBytes: 412 * mebibyte, pieces: [] },
  blocked: [takenBack],
  entries: [
    {
      ...{ kind: 'app', id: 'clinic-note-helper', version: '1.4.0', licence: 'Apache-2.0' },
      privileges: [
        {
          ...{ kind: 'capability', name: 'NET_BIND_SERVICE' },
          why: { en: 'It listens on port 443.', 'zh-CN': '用于监听 443 端口。' },
        },
      ],
    },
    { kind: 'solution', id: 'clinic-note', version: '1.4.0', licence: 'Apache-2.0', privileges: [] },
  ],
}

export const brokenHandover: Handover = {
  ...wholeHandover,
  pieces: [
    { file: 'clinic-note.rsb.002', problem: 'cut', why: 'it ends after 1048576 of 67108864 bytes' },
    { file: 'clinic-note.rsb.003', problem: 'missing', why: 'it is not among the files' },
  ],
}

const file: BroughtBundle = {
  ...{ importId: 'import-0badcafe', files: ['clinic-note.rsb'] },
  content: {
    ok: true,
    value: {
      ...{ name: 'clinic-note', publisher: 'Acme Medical', totalBytes: 412 * mebibyte, missing: [], state: 'new' },
      blocked: [],
      signature: { state: 'stranger', publisher: 'acme', name: 'Acme Medical', fingerprint },
    },
  },
}

export function kitScript(items: readonly HandoverProgress[], brought = [file]): Script {
  return {
    window: about,
    bundles: { brought: answers(brought), checkHandover: streams(items, 'ends') },
  }
}

function checked(...items: readonly HandoverProgress[]): Scene {
  return { path: '/settings/vendor-kit', script: kitScript(items), presses: ['Check it|检查'] }
}

const reading: Script = {
  window: about,
  bundles: {
    brought: answers([file]),
    checkHandover: streams([{ stage: 'working', doneBytes: 96 * mebibyte, totalBytes: 0 }]),
  },
}

export const scenes: Scenes = {
  start: { path: '/settings/vendor-kit', script: kitScript([]) },
  empty: { path: '/settings/vendor-kit', script: kitScript([], []) },
  good: checked({ stage: 'done', handover: wholeHandover }),
  refused: checked({ stage: 'done', handover: brokenHandover }),
  expired: checked({ stage: 'done', handover: { ...wholeHandover, expires: '2026-01-02T08:00:00Z', expired: true } }),
  unsigned: checked({
    stage: 'failed',
    failure: { kind: 'bundle-not-trusted', folder: 'clinic-note.rsb', problem: 'unsigned', file: '', detail: '' },
  }),
  reading: { path: '/settings/vendor-kit', script: reading, presses: ['Check it|检查'] },
}
