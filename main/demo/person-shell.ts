// What a person finds who opens a terminal on a demo appliance: a shell that knows a handful of words, says what the
// simulated hardware says, and says of everything else that it is a demo.
import { hardwareAnswers } from './hardware/answers.ts'
import { presets } from './hardware/presets.ts'
import type { SimulatedShell, TerminalAnswer } from './link/person-terminal.ts'
import type { Machine } from './machine.ts'

const words = ['help', 'whoami', 'hostname', 'uname -a', 'exit']

export function personShell(machine: Machine, user: string): SimulatedShell {
  const host = hostOf(machine)
  const commands: Readonly<Record<string, () => TerminalAnswer>> = {
    help: () => ({ text: `This is a simulated machine. It knows: ${[...words, toolOf(machine)].join(', ')}\n` }),
    whoami: () => ({ text: `${user}\n` }),
    hostname: () => ({ text: `${host}\n` }),
    'uname -a': () => ({ text: `Linux ${host} ${presets[machine.state.preset].kernel} #1 SMP x86_64 GNU/Linux\n` }),
    exit: () => ({ text: 'logout\n', exitCode: 0 }),
    [toolOf(machine)]: () => toolAnswer(machine),
  }
  return {
    greeting: `Demo appliance of Rackside: nothing here is real. Type "help".\n`,
    prompt: `${user}@${host} [demo]$ `,
    answer: (line) => commands[line.replaceAll(/\s+/g, ' ')]?.() ?? unknown(line),
  }
}

/** What is typed comes back as it was shown while it was typed: letters. */
function unknown(line: string): TerminalAnswer {
  return { text: `demo: no such command: ${line.split(/\s/)[0] ?? ''}\n` }
}

function toolOf({ state }: Machine): string {
  return presets[state.preset].vendor === 'nvidia' ? 'nvidia-smi' : 'npu-smi info'
}

function toolAnswer(machine: Machine): TerminalAnswer {
  const probe = toolOf(machine).split(' ')[0] ?? ''
  const { stdout = '', stderr = '' } = hardwareAnswers[probe]?.(machine) ?? {}
  return { text: stdout + stderr }
}

function hostOf(machine: Machine): string {
  return hardwareAnswers['uname']?.(machine).stdout.split('\n')[0] ?? ''
}
