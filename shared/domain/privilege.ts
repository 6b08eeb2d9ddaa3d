// What a container gets beyond the limits that every one has (no capabilities, a read-only file system, the user of its
// image, a network of its own): declared by its entry, shown, agreed to by name, and then exactly that.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { localizedText } from './entry/entry-text.ts'
import { isWithin } from './folder-path.ts'
import { solutionNetwork } from './installed-model.ts'
import { remoteRoot, remoteRuntime } from './remote-layout.ts'
import { says } from './schema-rule.ts'

/** Those that the engine itself gives by default, and what accelerators and measuring tools ask for. */
const capability = z.enum([
  ...(['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE'] as const),
  ...(['NET_RAW', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'] as const),
  ...(['IPC_LOCK', 'NET_ADMIN', 'PERFMON', 'SYS_NICE', 'SYS_PTRACE', 'SYS_RESOURCE'] as const),
])

/** No part of it is "." or "..", and nothing ends a word of a mount. */
const path = z
  .string()
  .max(200)
  .regex(/^(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)+$/)

/** Whoever may write there owns the server, and whoever may read there knows its secrets. */
const notFromHost = [
  ...['/bin', '/boot', '/dev', '/etc', '/home', '/lib', '/lib32', '/lib64', '/proc', '/root', '/run', '/sbin', '/sys'],
  ...['/var/spool', '/var/lib/cloud', '/var/lib/dpkg', '/var/lib/rpm', '/var/lib/systemd'],
  ...['/usr', '/var/run', '/var/lib/docker', '/var/lib/containerd', '/var/lib/containers'],
  ...[remoteRoot, remoteRuntime],
]
const notInContainer = ['/dev', '/models', '/proc', '/run/rackside', '/run/rackside-tls', '/sys', '/tmp']

function isOutside(one: string, taken: readonly string[]): boolean {
  return !taken.some((other) => isWithin(one, other) || isWithin(other, one))
}

export const grants = {
  capability: z.strictObject({ kind: z.literal('capability'), name: capability }),
  writableRoot: z.strictObject({ kind: z.literal('writable-root') }),
  /** Another one than its image names, by number; the group stands behind a colon. */
  user: z.strictObject({ kind: z.literal('user'), user: z.string().regex(/^[0-9]{1,9}(?::[0-9]{1,9})?$/) }),
  hostPath: z.strictObject({
    kind: z.literal('host-path'),
    path: path.refine((one) => isOutside(one, notFromHost), says({ rule: 'folder-taken', folders: notFromHost })),
    /** Where it is in the container. */
    target: path.refine(
      (one) => isOutside(one, notInContainer),
      says({ rule: 'folder-taken', folders: notInContainer }),
    ),
    readOnly: z.boolean(),
  }),
  hostIpc: z.strictObject({ kind: z.literal('host-ipc') }),
  /** It listens at the server itself, at the port that its entry names, wherever it wants. */
  hostNetwork: z.strictObject({ kind: z.literal('host-network') }),
  privileged: z.strictObject({ kind: z.literal('privileged') }),
}

const granted = [
  ...([grants.capability, grants.writableRoot, grants.user, grants.hostPath] as const),
  ...([grants.hostIpc, grants.hostNetwork, grants.privileged] as const),
] as const
export const privilege = z.discriminatedUnion('kind', granted)
export type Privilege = z.infer<typeof privilege>

/** Declared by no entry: an app that asks a model of another solution joins the network of that one, and all that is in it. */
const joinedNetwork = z.strictObject({ kind: z.literal('join-network'), network: solutionNetwork })

/** What a plan tells of. */
const plannedPrivilege = z.discriminatedUnion('kind', [...granted, joinedNetwork])
export type PlannedPrivilege = z.infer<typeof plannedPrivilege>

/** How somebody names it who agrees: "capability=NET_RAW", "writable-host-path=/data/scans". */
export function privilegeName(one: PlannedPrivilege): string {
  if (one.kind === 'capability') return `capability=${one.name}`
  if (one.kind === 'user') return `user=${one.user}`
  if (one.kind === 'join-network') return `join-network=${one.network}`
  return one.kind === 'host-path' ? `${one.readOnly ? '' : 'writable-'}host-path=${one.path}` : one.kind
}

/** The other way; where a folder is in the container no name says. Undefined of what is no such name. */
export function privilegeNamed(name: string): PlannedPrivilege | undefined {
  const [kind = '', about = ''] = name.split('=')
  const found = {
    capability: { kind, name: about },
    user: { kind, user: about },
    'join-network': { kind, network: about },
    'host-path': { kind, path: about, target: about, readOnly: true },
    'writable-host-path': { kind: 'host-path', path: about, target: about, readOnly: false },
  }[kind] ?? { kind }
  const read = plannedPrivilege.safeParse(found)
  return read.success && privilegeName(read.data) === name ? read.data : undefined
}

/** A name of a privilege, as a label or a record has it. */
export const keptPrivileges = z.array(z.string().max(300)).max(100)

/** Whether who has these has that already: the same, or more of it. */
export function coversPrivilege(kept: readonly string[], wanted: string): boolean {
  if (kept.includes(wanted)) return true
  const [kind = '', about = ''] = wanted.split('=')
  if (kind === 'capability') return kept.includes('privileged')
  if (kind === 'user') return kept.some((one) => /^user=0(?::0)?$/.test(one))
  if (!kind.endsWith('host-path')) return false
  const wide = kind === 'host-path' ? ['host-path', 'writable-host-path'] : [kind]
  return kept.some((one) => {
    const [before = '', above = ''] = one.split('=')
    return wide.includes(before) && isWithin(about, above)
  })
}

/** What a plan gives one service: `isNew` has to be agreed to; `noMore`: what it had and will not have. */
export const planPrivileges = z.strictObject({
  service: entryId,
  entry: entryId,
  wants: z.array(z.strictObject({ privilege: plannedPrivilege, why: localizedText, isNew: z.boolean() })).max(31),
  noMore: keptPrivileges,
})
export type PlanPrivileges = z.infer<typeof planPrivileges>

/** Names that somebody agrees to: "note-helper/capability=NET_RAW". */
export const agreedPrivileges = z.array(z.string().max(400)).max(500)

/** What somebody has to agree to before it is done. */
export function newPrivileges(all: readonly PlanPrivileges[]): string[] {
  return all.flatMap(({ service, wants }) =>
    wants.filter(({ isNew }) => isNew).map(({ privilege }) => `${service}/${privilegeName(privilege)}`),
  )
}

export function unagreedPrivileges(all: readonly PlanPrivileges[], agreed: readonly string[]): string[] {
  return newPrivileges(all).filter((name) => !agreed.includes(name))
}
