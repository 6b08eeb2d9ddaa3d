// A core whose every dial goes to one lab appliance, with the process's own time: for what is about links and
// not about logins. Also used by child processes, so nothing of a test runner is in it.

import { sessionsOver } from '../../main/core/access/sessions.ts'
import type { Core } from '../../main/core/context.ts'
import { openCore } from '../../main/core/open-core.ts'
import type { Target } from '../../shared/contract/contract.ts'
import type { LabAppliance } from './lab.ts'
import { dialLab } from './lab-connection.ts'
import { realTools } from './real-tools.ts'

export function labCore(appliance: LabAppliance, stateFolder: string): Core {
  const tools = realTools(stateFolder)
  return { ...openCore(stateFolder, tools), sessions: sessionsOver(() => dialLab(appliance), tools) }
}

export function labTarget({ address: host, port, user }: LabAppliance): Target {
  return { by: 'address', address: { host, port, user }, credentialId: 'lab' }
}
