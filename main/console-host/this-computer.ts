// This computer and the user of this process, as the core wants to know them.
import { createHash, randomBytes } from 'node:crypto'
import { homedir, hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CoreTools } from '../core/core-tools.ts'
import { productVersion, resourceFolder } from './resource-folder.ts'

const windowsAgentPipe = String.raw`\\.\pipe\openssh-ssh-agent`

export const processTools: CoreTools = {
  user: operatorName(),
  computer: hostname(),
  ...versionOf(productVersion()),
  platform: process.platform,
  sshFolder: join(homedir(), '.ssh'),
  // Windows names no place: its own agent listens on this pipe, and Pageant's newer versions can.
  agentLocation: process.env['SSH_AUTH_SOCK'] ?? (process.platform === 'win32' ? windowsAgentPipe : undefined),
  builtInCatalog: resourceFolder('catalog'),
  questionSets: resourceFolder('evaluation'),
  allowsUnsigned: process.env['RACKSIDE_ALLOW_UNSIGNED'] === '1',
  now: () => new Date().toISOString(),
  clock: () => performance.now(),
  pause,
  randomId: () => randomBytes(4).toString('hex'),
  sha256,
}

function versionOf(version: string | undefined): Pick<CoreTools, 'version'> {
  return version === undefined ? {} : { version }
}

/** An abort ends it early, and is no error. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  // Nothing else can go wrong while a timer runs.
  await sleep(milliseconds, undefined, signal && { signal }).catch(() => undefined)
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function operatorName(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}
