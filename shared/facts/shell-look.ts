// One short look through a login shell, for the test of a connection: who runs there, which shell it is, whether
// sudo asks for a password, and which of the tools a setup needs are found.
import type { Privilege, Script } from '../domain/command.ts'
import { evidence } from '../domain/failure.ts'
import { scriptHead } from '../domain/script-head.ts'

/** Those that no probe and no step can do without; what is missing here is missed later, under another name. */
export const toolsLookedFor = ['docker', 'systemctl', 'flock', 'dd', 'timeout', 'sha256sum', 'openssl'] as const

export type ShellLook = {
  readonly userId: number | undefined
  /** Of the login; "" where the appliance does not say. */
  readonly shell: string
  /** False where it was not asked. */
  readonly sudoWithoutPassword: boolean
  readonly found: readonly string[]
  readonly missing: readonly string[]
}

/** `asksSudo`: only where sudo has let us in already, so that no refusal of it gets into the log of the appliance. */
export function shellLookScript(privilege: Privilege, asksSudo: boolean): Script {
  // -k: a password that was given a minute ago does not count.
  const askSudo = !asksSudo ? '' : 'sudo -k -n -- true </dev/null >/dev/null 2>&1 && echo free sudo\n'
  const text = `${scriptHead({ block: 'shell-look', privilege, asksSudo })}echo "user $(id -u)"
echo "shell \${SHELL:-}"
${askSudo}for tool in ${toolsLookedFor.join(' ')}; do
  command -v "$tool" >/dev/null 2>&1 && echo "tool $tool"
done
exit 0
`
  return { name: 'shell', text }
}

/** Garbage in: nothing known, and every tool missing. */
export function readShellLook(stdout: string): ShellLook {
  const lines = stdout.slice(0, 4096).split('\n')
  const told = (word: string) => lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? ''
  const userId = /^\d{1,10}$/.test(told('user')) ? Number(told('user')) : undefined
  const isThere = (tool: string) => lines.includes(`tool ${tool}`)
  return {
    userId,
    shell: evidence(told('shell'), 200),
    sudoWithoutPassword: lines.includes('free sudo'),
    found: toolsLookedFor.filter(isThere),
    missing: toolsLookedFor.filter((tool) => !isThere(tool)),
  }
}
