// What TUF calls attacks, each as a folder that an attacker hands over, what this console knew before, and the answer
// that it has to get. Nobody who lacks the publisher's keys gets one signature more than was once made.
import { cpSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSigningKey } from '../../main/trust/sign.ts'
import { pinPublisher, verifyBundle } from '../../main/trust/verify.ts'
import type { Failure } from '../../shared/domain/failure.ts'
import type { TrustState, UntrustedProblem } from '../../shared/domain/publisher.ts'
import {
  changedKeys,
  copyOf,
  forge,
  metaFor,
  newPublisher,
  type Publisher,
  readTrust,
  signedBundle,
} from './signed-bundle.ts'

export const today = '2026-11-20T08:00:00.000Z'
export const nobody: TrustState = { publishers: [] }

export function fingerprintIn(folder: string): string {
  const seen = verifyBundle(folder, { state: nobody, now: today, bundleId: 'bundle-1' })
  if (seen.ok || seen.failure.kind !== 'publisher-unknown') throw new Error(JSON.stringify(seen))
  return seen.failure.fingerprint
}

export function pinnedBy(folder: string, now = today): TrustState {
  const pinned = pinPublisher(folder, { state: nobody, now, fingerprint: fingerprintIn(folder), who: 'li' })
  if (!pinned.ok) throw new Error(JSON.stringify(pinned.failure))
  return pinned.value
}

export function knownAfter(state: TrustState, folder: string): TrustState {
  const seen = verifyBundle(folder, { state, now: today, bundleId: 'bundle-1' })
  if (!seen.ok) throw new Error(JSON.stringify(seen.failure))
  return seen.value.next
}

export type Attack = {
  readonly name: string
  readonly expected: UntrustedProblem | 'publisher-unknown' | 'publisher-key-changed'
  readonly make: () => { readonly folder: string; readonly state: TrustState }
}

/** A publisher that is trusted here, whose bundle an attacker has in their hands. */
function trusted(): { by: Publisher; folder: string; state: TrustState } {
  const by = newPublisher()
  const folder = signedBundle(by)
  return { by, folder, state: pinnedBy(folder) }
}

function damaged(damage: (folder: string, by: Publisher) => void): Attack['make'] {
  return () => {
    const { by, folder, state } = trusted()
    damage(folder, by)
    return { folder, state }
  }
}

function changed(damage: (by: Publisher) => Publisher): Attack['make'] {
  return () => {
    const { by, state } = trusted()
    return { folder: signedBundle(damage(by), { version: 2 }), state }
  }
}

const model = 'catalog/models/qwen3-8b.yaml'

export const attacks: readonly Attack[] = [
  {
    name: 'rollback: an older bundle of the same line',
    expected: 'rolled-back',
    make: () => {
      const { by, folder, state } = trusted()
      return { folder, state: knownAfter(state, signedBundle(by, { version: 2 })) }
    },
  },
  {
    name: 'rollback of the targets under a new timestamp',
    expected: 'rolled-back',
    make: () => {
      const { by, folder, state } = trusted()
      const newer = knownAfter(state, signedBundle(by, { version: 5 }))
      // The keys of timestamp and snapshot were stolen; the old targets are still the publisher's own.
      const targets = readFileSync(join(folder, 'trust/1.targets.json'), 'utf8')
      const head = { spec_version: '1.0.31', expires: '2027-11-20T08:00:00Z', version: 6 }
      const meta = { 'targets.json': metaFor(1, targets) }
      const snapshot = forge(folder, '6.snapshot.json', { ...head, _type: 'snapshot', meta }, [by.online])
      const above = { ...head, _type: 'timestamp', meta: { 'snapshot.json': metaFor(6, snapshot) } }
      forge(folder, 'timestamp.json', above, [by.online])
      return { folder, state: newer }
    },
  },
  {
    name: 'mix and match: the targets of another bundle',
    expected: 'mixed',
    make: damaged((folder, by) => {
      const other = signedBundle(by, { version: 2 })
      cpSync(join(other, 'trust/2.targets.json'), join(folder, 'trust/1.targets.json'))
    }),
  },
  {
    name: 'mix and match: the snapshot of another bundle',
    expected: 'mixed',
    make: damaged((folder, by) => {
      const other = signedBundle(by, { version: 2 })
      cpSync(join(other, 'trust/2.snapshot.json'), join(folder, 'trust/1.snapshot.json'))
    }),
  },
  {
    name: 'two documents under one version',
    expected: 'mixed',
    make: () => {
      const { by, state } = trusted()
      return { folder: signedBundle(by, { expires: '2028-01-01T00:00:00Z' }), state }
    },
  },
  {
    name: 'endless data: metadata without end',
    expected: 'too-large',
    make: damaged((folder) => truncateSync(join(folder, 'trust/timestamp.json'), 2 ** 40)),
  },
  {
    name: 'endless data: a signed file that is longer than was signed',
    expected: 'too-large',
    make: damaged((folder) => truncateSync(join(folder, model), 2 ** 40)),
  },
  {
    name: 'wrong product: the signatures of another line',
    expected: 'wrong-product',
    make: damaged((folder, by) => {
      const other = signedBundle(by, { name: 'clinic', version: 2 })
      rmSync(join(folder, 'trust'), { recursive: true })
      renameSync(join(other, 'trust'), join(folder, 'trust'))
    }),
  },
  {
    name: 'extraneous dependency: an entry that nobody signed',
    expected: 'not-signed-file',
    make: damaged((folder) => writeFileSync(join(folder, 'catalog/models/more.yaml'), 'kind: model')),
  },
  {
    name: 'an entry under another ending',
    expected: 'not-signed-file',
    make: damaged((folder) => writeFileSync(join(folder, 'catalog/more.YML'), 'kind: model')),
  },
  {
    name: 'a list of blocked versions that nobody signed',
    expected: 'not-signed-file',
    make: damaged((folder) => writeFileSync(join(folder, 'blocked.json'), '{}')),
  },
  {
    name: 'a link in the place of a signed file',
    expected: 'not-signed-file',
    make: damaged((folder) => {
      rmSync(join(folder, model))
      symlinkSync('/etc/hostname', join(folder, model))
    }),
  },
  {
    name: 'a linked folder of entries',
    expected: 'not-signed-file',
    make: damaged((folder) => {
      const elsewhere = copyOf(folder)
      rmSync(join(folder, 'catalog/models'), { recursive: true })
      symlinkSync(join(elsewhere, 'catalog/models'), join(folder, 'catalog/models'))
    }),
  },
  {
    name: 'key compromise: a key that was given up signs something new',
    expected: 'key-revoked',
    make: () => {
      const { by, state } = trusted()
      const next = changedKeys(by, { online: newSigningKey() })
      const known = knownAfter(state, signedBundle(next, { version: 2 }))
      return { folder: signedBundle({ ...next, online: by.online }, { version: 3 }), state: known }
    },
  },
  {
    name: 'key compromise: the same under the old root alone',
    expected: 'key-revoked',
    make: () => {
      const { by, state } = trusted()
      const next = changedKeys(by, { online: newSigningKey() })
      return { folder: signedBundle(by, { version: 3 }), state: knownAfter(state, signedBundle(next, { version: 2 })) }
    },
  },
  {
    name: 'arbitrary installation: signed by nobody known',
    expected: 'signature-invalid',
    make: () => {
      const { by, state } = trusted()
      return { folder: signedBundle({ ...by, online: newSigningKey() }, { version: 2 }), state }
    },
  },
  {
    name: 'swapped target: an entry with other words of the same length',
    expected: 'swapped-file',
    make: damaged((folder) => {
      const text = readFileSync(join(folder, model), 'utf8')
      writeFileSync(join(folder, model), text.replace('parallel: 2', 'parallel: 8'))
    }),
  },
  {
    name: 'swapped target: a digest list with another digest',
    expected: 'swapped-file',
    make: damaged((folder) => {
      const text = readFileSync(join(folder, 'digests.json'), 'utf8')
      writeFileSync(join(folder, 'digests.json'), text.replace(/"[0-9a-f]{64}"/, `"${'0'.repeat(64)}"`))
    }),
  },
  { name: 'a signed file that is missing', expected: 'missing-file', make: damaged((f) => rmSync(join(f, model))) },
  {
    name: 'no timestamp',
    expected: 'missing-file',
    make: damaged((folder) => rmSync(join(folder, 'trust/timestamp.json'))),
  },
  ...['timestamp.json', '1.snapshot.json', '1.targets.json'].map(
    (name): Attack => ({
      name: `truncated metadata: ${name}`,
      expected: 'unreadable',
      make: damaged((folder) => truncateSync(join(folder, 'trust', name), 200)),
    }),
  ),
  {
    name: 'signatures that are a link',
    expected: 'unreadable',
    make: damaged((folder) => {
      const elsewhere = copyOf(folder)
      rmSync(join(folder, 'trust'), { recursive: true })
      symlinkSync(join(elsewhere, 'trust'), join(folder, 'trust'))
    }),
  },
  {
    name: 'a signed path that leaves the folder',
    expected: 'unreadable',
    make: damaged((folder, by) => {
      const { signed } = readTrust(folder, '1.targets.json')
      const targets = signed['targets'] as Record<string, object>
      const outside = { ...targets, 'catalog/../../sentinel.yaml': targets[model] ?? {} }
      resign(folder, by, { ...signed, targets: outside })
    }),
  },
  {
    name: 'a skipped root',
    expected: 'root-gap',
    make: () => {
      const { by, state } = trusted()
      const third = changedKeys(changedKeys(by, { rootKeys: [newSigningKey()] }), { rootKeys: [newSigningKey()] })
      const folder = signedBundle(third, { version: 2 })
      rmSync(join(folder, 'trust/2.root.json'))
      return { folder, state }
    },
  },
  {
    name: 'a root that only the new key signed',
    expected: 'publisher-key-changed',
    make: changed((by) => {
      const rootKeys = [newSigningKey()]
      return changedKeys(by, { rootKeys, signers: rootKeys })
    }),
  },
  {
    name: 'a root that only the old key signed',
    expected: 'root-not-signed-twice',
    make: changed((by) => changedKeys(by, { rootKeys: [newSigningKey()], signers: by.rootKeys })),
  },
  {
    name: 'somebody else under the name of a publisher',
    expected: 'publisher-key-changed',
    make: () => ({ folder: signedBundle(newPublisher(), { version: 9 }), state: trusted().state }),
  },
  {
    name: 'one key under two names',
    expected: 'duplicate-key',
    make: damaged((folder, by) => {
      const { signed } = readTrust(folder, '1.root.json')
      const keys = signed['keys'] as Record<string, object>
      const [first] = Object.values(keys)
      forge(folder, '2.root.json', { ...signed, version: 2, keys: { ...keys, ['f'.repeat(64)]: first } }, by.rootKeys)
    }),
  },
  {
    name: 'a date that never comes',
    expected: 'expiry-unreadable',
    make: damaged((folder, by) => {
      const { signed } = readTrust(folder, 'timestamp.json')
      forge(folder, 'timestamp.json', { ...signed, version: 2, expires: 'never' }, [by.online])
    }),
  },
  {
    name: 'replay against a console that knows nobody, of what is still vouched for',
    expected: 'publisher-unknown',
    make: () => ({ folder: signedBundle(newPublisher()), state: nobody }),
  },
  {
    name: 'replay against a console that knows nobody, of what has expired',
    expected: 'expired',
    make: () => ({ folder: signedBundle(newPublisher(), { expires: '2026-11-01T00:00:00Z' }), state: nobody }),
  },
]

/** New targets, and everything above them, with the publisher's own keys: what an attacker has who stole them. */
function resign(folder: string, by: Publisher, targets: object): void {
  const text = forge(folder, '2.targets.json', { ...targets, version: 2 }, [by.online])
  const head = { spec_version: '1.0.31', expires: '2027-11-20T08:00:00Z', version: 2 }
  const meta = { 'targets.json': metaFor(2, text) }
  const snapshot = forge(folder, '2.snapshot.json', { ...head, _type: 'snapshot', meta }, [by.online])
  forge(folder, 'timestamp.json', { ...head, _type: 'timestamp', meta: { 'snapshot.json': metaFor(2, snapshot) } }, [
    by.online,
  ])
}

/** What the answer is called in the table. */
export function answerOf(failure: Failure): string {
  return failure.kind === 'bundle-not-trusted' ? failure.problem : failure.kind
}
