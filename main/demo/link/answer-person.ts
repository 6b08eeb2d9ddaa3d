// Lines of a person at a terminal: drills by name, and for everything else what this is.
import type { ServerChannel } from 'ssh2'
import { type DrillName, drillName } from '../../../shared/domain/demo.ts'

const help = [
  'This is a demo appliance of Rackside: it answers Rackside, and "drill NAME [on|off]".',
  `Drills: ${drillName.options.join(', ')}`,
]

export async function answerPerson(
  line: string,
  channel: ServerChannel,
  drill: (name: DrillName, on: boolean) => Promise<void>,
): Promise<void> {
  const [verb, word = '', state = 'on'] = line.trim().split(/\s+/)
  const name = drillName.safeParse(word)
  const known = verb === 'drill' && name.success && (state === 'on' || state === 'off')
  const lines = known ? [`${word} ${state}`] : help
  channel.write(lines.map((one) => `${one}\r\n`).join(''))
  channel.exit(known ? 0 : 1)
  channel.end()
  // Last: some drills end this very link.
  // Nobody is there any more to hear why it could not be done.
  if (known) await drill(name.data, state === 'on').catch(() => undefined)
}
