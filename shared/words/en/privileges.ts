// English: what a container gets beyond its limits.
import { solutionOf } from '../../domain/installed-model.ts'
import type { CapabilityWords, PrivilegeFailureWords, PrivilegeWords } from '../privilege-words.ts'

const capabilities: CapabilityWords = {
  AUDIT_WRITE: 'write to the audit log of the kernel',
  CHOWN: 'give files to other users',
  DAC_OVERRIDE: 'read and write files whatever their rights say',
  FOWNER: 'change files of other users as if they were its own',
  FSETID: 'keep set-user and set-group marks of files',
  IPC_LOCK: 'hold memory that is never swapped out',
  KILL: 'end processes of other users in the container',
  MKNOD: 'make device nodes',
  NET_ADMIN: 'change the network of the container',
  NET_BIND_SERVICE: 'listen at ports below 1024',
  NET_RAW: 'send packets of any form',
  PERFMON: 'measure what the processor does',
  SETFCAP: 'give files capabilities',
  SETGID: 'become another group',
  SETPCAP: 'give capabilities to other processes',
  SETUID: 'become another user',
  SYS_CHROOT: 'change its root folder',
  SYS_NICE: 'put its work before that of others, on the processors it chooses',
  SYS_PTRACE: 'look into other processes of the container',
  SYS_RESOURCE: 'go beyond limits of resources',
}

export const privilegeWords: PrivilegeWords = {
  kinds: {
    capability: ({ name }) => `The kernel's right ${name}: ${capabilities[name]}.`,
    'writable-root': () => 'It may write to the file system of its container, not only to its volumes.',
    user: ({ user }) =>
      /^0(?::|$)/.test(user) ? 'It runs as root of its container.' : `It runs as the user ${user} of its container.`,
    'host-path': ({ path, target, readOnly }) =>
      `It may ${readOnly ? 'read' : 'read and change'} the folder ${path} of the server${target === path ? '' : `, as ${target}`}.`,
    'host-ipc': () => 'It shares memory with every process of the server.',
    'host-network': () =>
      'It is in the network of the server: it may listen at every port and address there, and reaches what listens inside.',
    'join-network': ({ network }) =>
      `It is in the network of the solution ${solutionOf({ network })}, where the model is that it asks: it reaches every service of that solution, and they reach it.`,
    privileged: () => 'It has every right of the kernel and every device: it can do whatever root can on the server.',
  },
  heading: (service) => `Beyond the limits of every container, ${service} gets:`,
  why: (why) => `Why: ${why}`,
  isNew: (name) => `new; agreed to by --allow-privilege ${name}`,
  agreed: 'agreed to before',
  noMore: (service, names) => `${service} had this and does not get it any more: ${names}`,
}

export const privilegeFailures: PrivilegeFailureWords = {
  'privilege-not-agreed': (f) => ({
    what: `Containers would get this beyond their limits, and nobody agreed to it: ${f.privileges.join(', ')}.`,
    next: `Read what it means in the plan. Then add: ${f.privileges.map((one) => `--allow-privilege ${one}`).join(' ')}`,
  }),
}
