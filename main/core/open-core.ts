// Puts the core together from a state folder and the tools of this process.
import type { Secret } from '../../shared/domain/command.ts'
import { ok } from '../../shared/domain/failure.ts'
import { connectLocal } from '../connect/local.ts'
import { openAudit } from '../store/audit.ts'
import { openState } from '../store/state.ts'
import type { Core, CoreTools } from './context.ts'
import { connectWith } from './login.ts'
import { runsInProgress } from './progress.ts'
import { isLocal, sessionsOver } from './sessions.ts'

export function openCore(stateFolder: string, tools: CoreTools): Core {
  const state = openState(stateFolder)
  const passwords = new Map<string, Secret>()
  const sessions = sessionsOver(async (opening) => {
    if (isLocal(opening)) return ok(connectLocal(opening.address.user))
    const connected = await connectWith({ state, passwords }, opening)
    return connected.ok ? { ok: true, value: connected.value.connection } : connected
  })
  return { state, audit: openAudit(stateFolder), sessions, tools, passwords, runs: runsInProgress() }
}

export async function closeCore(core: Core): Promise<void> {
  core.passwords.clear()
  await core.sessions.closeAll()
}
