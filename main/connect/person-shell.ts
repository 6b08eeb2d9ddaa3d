// A person's own shell: the login's, in a terminal of its own. Nothing of ours runs in it and it holds no lease: the sshd
// hangs up when its link ends. It takes none of the channels that plans and samplers share: of the ten sessions that an sshd
// allows those are eight, and the two others are for terminals. An sshd with fewer gives it what is left, or nothing.
import type { PersonShell } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { TerminalSize } from '../../shared/domain/terminal.ts'
import { byteQueue } from './byte-queue.ts'
import { type Call, pause, withinCall } from './call.ts'
import type { Link, ShellChannel, ShellOpening } from './link.ts'

const openSeconds = 20
/** Short commands of ours are over by then; what stays longer stays. */
const busyTries = 8
const busyMilliseconds = 500

/** `onCrowded`: what only rests may give its channel back. */
export async function personShellOver(
  link: Link,
  open: (size: TerminalSize) => Promise<ShellOpening>,
  { size, onCrowded }: { readonly size: TerminalSize; readonly onCrowded: () => void },
): Promise<Result<PersonShell>> {
  return withinCall(link, 'terminal', openSeconds, async (call) => {
    for (let tries = 0; tries < busyTries && !call.ended(); tries += 1) {
      const opening = await open(size)
      if (opening.kind === 'open') return ok(heldUntil(call, opening.channel))
      if (opening.kind === 'refused') return fail({ kind: 'usage', problem: 'terminal-refused', word: opening.detail })
      onCrowded()
      await pause(call, busyMilliseconds)
    }
    return fail({ kind: 'usage', problem: 'no-session-left', word: link.address.host })
  })
}

/** One that comes too late is closed again. */
function heldUntil(call: Call, channel: ShellChannel): PersonShell {
  if (call.ended()) channel.close()
  const queue = byteQueue({
    pause: () => void channel.stdout.pause(),
    resume: () => void channel.stdout.resume(),
    abandon: () => channel.close(),
  })
  let isOver = false
  const ended = new Promise<number | undefined>((resolve) => {
    channel.onExit(resolve)
    channel.onClose(() => {
      isOver = true
      queue.end()
      resolve(undefined)
    })
  })
  channel.stdout.on('data', queue.push)
  channel.stdout.once('end', queue.end)
  // What an sshd says beside the terminal belongs to no person.
  channel.stderr.resume()
  channel.input.on('error', () => undefined)
  return {
    output: queue.output,
    ended,
    type: (keys) =>
      new Promise((resolve) => {
        if (isOver || !channel.input.writable) return resolve()
        void ended.then(() => resolve())
        channel.input.write(keys, () => resolve())
      }),
    resize: channel.resize,
    close: () => {
      queue.end()
      channel.close()
    },
  }
}
