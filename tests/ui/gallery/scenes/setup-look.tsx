// One-click setup: connecting, and what was found.

import type { Facts } from '../../../../shared/domain/facts.ts'
import { absent, known, unreadable } from '../../../../shared/domain/reading.ts'
import { answers, fails, type Script, waits } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'
import { factsWith, gibibyte, reportOf } from '../scripted-facts.ts'

const path = '/appliances/Records-01/setup'
const appliances = { list: answers([applianceNamed('Records-01', '10.78.0.11')]) }
const bare = { vendor: 'ascend', pciCount: known(0), driverVersion: absent, devices: absent } as const

function found(facts: Facts): Script {
  return { window: about, appliances: { ...appliances, detect: answers(facts) } }
}

const ascend = { vendor: 'ascend', product: '910B4', memoryBytes: 32 * gibibyte } as const
const h20 = { vendor: 'nvidia', product: 'NVIDIA H20', memoryBytes: 96 * gibibyte } as const
const changed = `SHA256:${'b8'.repeat(21)}Q`

export const scenes: Scenes = {
  'watch-only': {
    path,
    script: {
      ...found(factsWith([reportOf({ ...h20, count: 1 })])),
      appliances: { list: answers([{ ...applianceNamed('Records-01', '10.78.0.11'), watchOnly: true as const }]) },
    },
  },
  connecting: { path, script: { window: about, appliances: { ...appliances, detect: waits() } } },
  unreachable: {
    path,
    script: {
      window: about,
      appliances: {
        ...appliances,
        detect: fails({ kind: 'host-unreachable', host: '10.78.0.11', port: 22, reason: 'timeout' }),
      },
    },
  },
  'login-gone': {
    path,
    script: {
      window: about,
      appliances: { ...appliances, detect: fails({ kind: 'credential-unknown', credentialId: 'password-1' }) },
    },
  },
  'key-changed': {
    path,
    script: {
      window: about,
      appliances: {
        ...appliances,
        detect: fails({
          kind: 'host-key-changed',
          host: '10.78.0.11',
          port: 22,
          keyType: 'ssh-ed25519',
          pinned: `SHA256:${'a4'.repeat(21)}Q`,
          offered: changed,
        }),
      },
    },
  },
  one: { path, script: found(factsWith([reportOf({ ...h20, count: 1 })])) },
  eight: { path, script: found(factsWith([reportOf({ ...h20, count: 8 })])) },
  mixed: {
    path,
    script: found(factsWith([reportOf({ ...ascend, count: 8 }), reportOf({ ...h20, count: 16 })])),
  },
  'no-accelerator': { path, script: found(factsWith([bare])) },
  unreadable: {
    path,
    script: found(
      factsWith(
        [
          {
            vendor: 'ascend',
            pciCount: known(8),
            driverVersion: unreadable('npu-smi: timed out after 8 s'),
            devices: unreadable('npu-smi hangs since 08:41'),
          },
        ],
        {
          memory: unreadable('/proc/meminfo: no MemAvailable'),
          engine: unreadable('Cannot connect to the Docker daemon'),
        },
      ),
    ),
  },
  blocked: {
    path,
    script: found(
      factsWith([reportOf({ ...ascend, count: 8 })], {
        engine: absent,
        podman: known('5.2.0'),
        privilege: 'login',
        systemd: absent,
      }),
    ),
  },
}
