// A note on the appliance about what a run brought about: one JSON file that is whole or not there, also after a
// power cut.
import { type Command, command } from '../domain/command.ts'
import { putShell } from '../domain/put-text.ts'
import { scriptHead } from '../domain/script-head.ts'

/** `name`: of the file, without ".json". */
export function writeRecord(folder: string, name: string, value: unknown): Command {
  return command('sh', '-c', writeText, 'sh', folder, name, JSON.stringify(value))
}

const writeText = `${scriptHead({ block: 'record' })}${putShell}
mkdir -p "$1" && put "$1/$2.json" "$3"`
