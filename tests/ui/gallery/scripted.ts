// Answers that many scenes share: the console that opened the window, and appliances at a hospital.
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import type { DemoAppliance, DemoPreset, DrillName } from '../../../shared/domain/demo.ts'
import { answers, type Script } from './pretend-console.ts'

export const about = {
  about: answers({
    shell: 'web' as const,
    version: '0.1.0',
    operator: 'ward-admin-2',
    dialogs: false,
    importFolder: '/home/ward-admin-2/.local/share/rackside/import',
    locale: 'en-GB',
    openedAt: '2026-11-22T08:12:00.000Z',
  }),
} satisfies Script['window']

export function applianceNamed(name: string, host: string): ListedAppliance {
  return { name, address: { host, port: 22, user: 'ops' }, credentialId: `key-${name}`, demo: false }
}

export function demoNamed(
  name: string,
  {
    preset = 'ascend-8',
    port = 42_201,
    drills = [],
  }: { preset?: DemoPreset; port?: number; drills?: DrillName[] } = {},
): DemoAppliance {
  return { name, preset, address: { host: '127.0.0.1', port, user: 'ops' }, drills }
}

/** As it stands in the list of appliances. */
export function listedDemo({ name, address }: DemoAppliance): ListedAppliance {
  return { name, address, credentialId: `demo-${name}`, demo: true }
}
