// Step kind: a container network of a solution exists, or that of a service and its parts. Who is in it finds the others
// there by name, and nothing of it is published.
import { command } from '../domain/command.ts'
import { deploymentLabel } from '../domain/remote-layout.ts'
import type { ActingKind } from './step-kind.ts'

export const networkStep: ActingKind<'network'> = {
  kind: 'network',
  asks: ['engine'],
  by: 'commands',
  isTrue(spec, facts) {
    const there = facts.networks.state === 'known' && facts.networks.value.includes(spec.name)
    return { holds: there, reason: there ? 'network-there' : 'network-missing' }
  },
  commands({ name, internal }) {
    const label = `${deploymentLabel}=${name}`
    const kind = internal === true ? ['--internal'] : []
    return [command('docker', 'network', 'create', '--label', label, ...kind, name)]
  },
  // Making it either works or does nothing; a network of that name that is not ours stays.
  undo: () => [],
}
