// Which channels send with a credential of the vault: it is not taken away from under them.
import { secretIdsOf } from '../../alerts/deliver.ts'
import type { Core } from '../context.ts'

/** By their names. */
export function channelsWith({ alerts }: Pick<Core, 'alerts'>, credentialId: string): string[] {
  const settings = alerts.keeper.settings()
  const channels = settings.ok ? settings.value.channels : []
  return channels.filter(({ way }) => secretIdsOf(way).some(([, id]) => id === credentialId)).map(({ id }) => id)
}
