// The limits of a container, in words of the engine: the same for every one, less what its entry declares and somebody
// agreed to.
import type { ContainerSpec } from '../domain/plan.ts'
import type { Privilege } from '../domain/privilege.ts'

type Privileged = Pick<ContainerSpec, 'privileges'>

export function isInHostNetwork(spec: Privileged): boolean {
  return has(spec, 'host-network')
}

/** Two at once would be in each other's way: at one port of the host, or at one folder of it. */
export function canStandBeside(spec: Privileged): boolean {
  const writes = spec.privileges?.some((one) => one.kind === 'host-path' && !one.readOnly) === true
  return !writes && !isInHostNetwork(spec)
}

export function confiningWords(spec: Privileged): string[] {
  const { privileges = [] } = spec
  return [
    // A privileged container has all capabilities, whatever is dropped.
    ...(has(spec, 'privileged') ? ['--privileged'] : ['--cap-drop', 'ALL']),
    ...['--security-opt', 'no-new-privileges'],
    ...(has(spec, 'writable-root') ? [] : ['--read-only']),
    ...['--tmpfs', '/tmp'],
    ...privileges.flatMap(wordsOf),
  ]
}

function has({ privileges = [] }: Privileged, kind: Privilege['kind']): boolean {
  return privileges.some((one) => one.kind === kind)
}

function wordsOf(one: Privilege): string[] {
  switch (one.kind) {
    case 'capability':
      return ['--cap-add', one.name]
    case 'user':
      return ['--user', one.user]
    case 'host-path':
      return ['--mount', `type=bind,source=${one.path},target=${one.target}${one.readOnly ? ',readonly' : ''}`]
    case 'host-ipc':
      return ['--ipc', 'host']
    default:
      return []
  }
}
