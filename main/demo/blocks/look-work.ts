// What a test of the connection sees of the simulated machine: the login it begins with, sudo without a password,
// and every tool.
import { toolsLookedFor } from '../../../shared/facts/shell-look.ts'
import type { Worker } from './work.ts'

export const lookWorker: Worker<'shell-look'> = async ({ head: { privilege }, write }) => {
  const who = privilege === 'root' ? 'user 0\nshell /bin/bash\n' : 'user 1000\nshell /bin/bash\nfree sudo\n'
  await write(`${who}${toolsLookedFor.map((tool) => `tool ${tool}\n`).join('')}`)
  return 0
}
