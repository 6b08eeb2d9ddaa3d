// What scenes and tests of the vault and of host keys share: kept logins, pinned and imported keys.
import type { ImportedHostKey, KeptHostKey } from '../../../shared/contract/host-keys.ts'
import type { KeptCredential, VaultStateView } from '../../../shared/contract/vault.ts'

export const unlocked: VaultStateView = {
  state: 'unlocked',
  protection: 'passphrase',
  entries: 3,
  waitSeconds: 0,
  keychain: false,
}
export const locked: VaultStateView = { ...unlocked, state: 'locked', entries: null }
export const noVault: VaultStateView = { ...unlocked, state: 'none', protection: null, entries: null }

export const keptLogins: KeptCredential[] = [
  {
    credentialId: 'kept-1',
    kind: 'password',
    label: 'ops@10.78.0.11',
    createdAt: '2026-11-20T09:12:00.000Z',
    usedBy: ['radiology-01', '体检-01'],
  },
  {
    credentialId: 'kept-2',
    kind: 'private-key',
    label: 'rackside@lab-server.hospital.example',
    createdAt: '2026-11-21T14:40:00.000Z',
    usedBy: ['lab-03'],
  },
  {
    credentialId: 'kept-3',
    kind: 'private-key',
    label: 'hospital-servers',
    createdAt: '2026-10-02T08:00:00.000Z',
    usedBy: [],
  },
]

export const fingerprints = [
  'SHA256:uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4c',
  'SHA256:zQ4oY1vZ2b8mXwq0Jm7Jkq3b0fWcV5Lr9tPzUu1RkAs',
  'SHA256:Hh2nQk8sVb4cTg6yRj0LmPz7WxEaDd1FfUo5Iy3KtGw',
] as const

export const pinnedKeys: KeptHostKey[] = [
  {
    host: '10.78.0.11',
    port: 22,
    keyType: 'ssh-ed25519',
    fingerprint: fingerprints[0],
    machineId: '8f14e45fceea467a9d2c35b7a1e0c6d4',
    since: '2026-11-20T09:12:00.000Z',
    source: 'compared',
    names: ['radiology-01', '体检-01'],
  },
  {
    host: '10.78.0.11',
    port: 22,
    keyType: 'ecdsa-sha2-nistp256',
    fingerprint: fingerprints[1],
    machineId: '8f14e45fceea467a9d2c35b7a1e0c6d4',
    since: '2026-11-22T09:12:00.000Z',
    source: 'rotated',
    names: ['radiology-01', '体检-01'],
  },
  {
    host: 'lab-server.hospital.example',
    port: 2222,
    keyType: 'rsa-sha2-512',
    fingerprint: fingerprints[2],
    names: [],
  },
]

export const importedKeys: ImportedHostKey[] = [
  { hosts: 'pacs.hospital.example', keyType: 'ssh-ed25519', fingerprint: fingerprints[1] },
  { hosts: '*.ward.hospital.example,!old.ward.hospital.example', keyType: 'ssh-ed25519', fingerprint: fingerprints[0] },
  {
    hosts: '|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=',
    keyType: 'ssh-rsa',
    fingerprint: fingerprints[2],
  },
  { hosts: 'old-gateway', keyType: 'ssh-rsa', fingerprint: fingerprints[2], revoked: true },
]
