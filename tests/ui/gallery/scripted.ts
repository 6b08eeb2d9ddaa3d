// Answers that many scenes share: the console that opened the window, and appliances at a hospital.
import type { Appliance } from '../../../shared/domain/appliance.ts'
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

export function applianceNamed(name: string, host: string): Appliance {
  return { name, address: { host, port: 22, user: 'ops' }, credentialId: `key-${name}` }
}
