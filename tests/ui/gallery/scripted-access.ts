// What scenes and tests say about the way into an appliance: the steps of a connection test, the watch helper.
import type { WatchHelperTexts } from '../../../shared/contract/privilege.ts'
import type { ConnectStep } from '../../../shared/domain/connect-step.ts'

const at = '10.78.0.11:22'
const fingerprint = 'SHA256:uNiVztksCsDhcc0u9e8BrmEqJfNqP3wqTnGY6Hf0N4c'

export const passedSteps: readonly ConnectStep[] = [
  {
    step: 'jump',
    at: 'gate.hospital.example:2222',
    state: 'ok',
    milliseconds: 84,
    fact: { about: 'port', host: 'gate.hospital.example', port: 2222 },
  },
  { step: 'resolve', at, state: 'skipped' },
  { step: 'connect', at, state: 'ok', milliseconds: 12.4, fact: { about: 'port', host: '10.78.0.11', port: 22 } },
  {
    step: 'host-key',
    at,
    state: 'ok',
    milliseconds: 41,
    fact: {
      about: 'host-key',
      keyType: 'ssh-ed25519',
      fingerprint,
      algorithms: ['curve25519-sha256', 'aes256-gcm@openssh.com'],
      weak: [],
    },
  },
  { step: 'login', at, state: 'ok', milliseconds: 163, fact: { about: 'login', user: 'ops', method: 'publickey' } },
  { step: 'privilege', at, state: 'ok', milliseconds: 240, fact: { about: 'root', how: 'sudo-with-password' } },
  {
    step: 'shell',
    at,
    state: 'ok',
    milliseconds: 97,
    fact: { about: 'shell', shell: '/bin/bash', found: ['docker'], missing: ['npu-smi'] },
  },
]

/** Stops at the login. */
export const failedSteps: readonly ConnectStep[] = [
  ...passedSteps.slice(0, 4),
  {
    step: 'login',
    at,
    state: 'failed',
    milliseconds: 2110,
    failure: { kind: 'login-refused', host: '10.78.0.11', port: 22, user: 'ops', methodsOffered: ['publickey'] },
  },
  { step: 'privilege', at, state: 'skipped' },
  { step: 'shell', at, state: 'skipped' },
]

export function watchHelperTexts(user: string): WatchHelperTexts {
  const sha256 = '0'.repeat(64)
  return {
    user,
    version: '1',
    script: {
      path: '/usr/local/libexec/rackside-watch',
      mode: '0755',
      text: '#!/bin/sh\n# Two verbs and nothing else.\ncase "$1" in\n  facts) exec /usr/bin/env -i PATH=/usr/sbin:/usr/bin sh -s ;;\n  *) exit 64 ;;\nesac\n',
      sha256,
    },
    sudoers: {
      path: '/etc/sudoers.d/rackside-watch',
      mode: '0440',
      text: `${user} ALL=(root) NOPASSWD: /usr/local/libexec/rackside-watch facts\n`,
      sha256,
    },
  }
}
