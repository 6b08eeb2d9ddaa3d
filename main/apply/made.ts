// What steps made of the system itself, as they noted it on the appliance, and how all of it is taken away again: in
// the order in which nothing is needed any more. What was there before stays as it was noted then.

import * as z from 'zod'
import { kindOf } from '../../shared/apply/all-kinds.ts'
import { type Made, removalLayers } from '../../shared/apply/made-kind.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { hostStepSpecs } from '../../shared/domain/host-step.ts'
import { jsonIn } from '../../shared/domain/json-text.ts'
import { remoteMade } from '../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { failureFromOutput } from './remote-error.ts'

const noteLimitBytes = 256 * 1024

const listScript = `${scriptHead({ block: 'made-list' })}LC_ALL=C
cd ${remoteMade} 2>/dev/null || exit 0
for file in *.json; do
  case $file in *.before.json) continue ;; esac
  [ -f "$file" ] && [ ! -L "$file" ] || continue
  was=\${file%.json}.before.json
  [ -f "$was" ] || was=/dev/null
  printf 'made %s %s\\n' "$(head -c ${noteLimitBytes} "$file" | base64 | tr -d '\\n')" "$(head -c ${noteLimitBytes} "$was" | base64 | tr -d '\\n')"
done
`

const madeSpec = z.discriminatedUnion('kind', hostStepSpecs)
const before = z.record(z.string(), z.string())

/**
 * As it can be taken away, one after the other. A note that cannot be read is a failure: what it was about would be
 * left behind unseen.
 */
export async function gatherMade(connection: Connection): Promise<Result<Made[]>> {
  const script = { name: 'what was made', text: listScript }
  const outputLimitBytes = 32 * 1024 * 1024
  const read = await connection.run(script, { as: 'root', deadlineSeconds: 60, outputLimitBytes })
  if (!read.ok) return read
  const { exitCode, stdout, stderr } = read.value
  if (exitCode === 0) return madeFrom(stdout)
  return fail(failureFromOutput(script.name, remoteMade, stderr))
}

export function madeFrom(output: string): Result<Made[]> {
  const found: Made[] = []
  for (const line of output.split('\n').filter((one) => one !== '')) {
    const note = noteIn(line)
    if (note === undefined) {
      return fail({ kind: 'facts-unreadable', detail: evidence(`${remoteMade}: ${line}`, 300) })
    }
    found.push(note)
  }
  return ok(inRemovalOrder(found))
}

function noteIn(line: string): Made | undefined {
  const [, spec = '', was = ''] = /^made ([A-Za-z0-9+/=]+) ([A-Za-z0-9+/=]*)$/.exec(line) ?? []
  const read = madeSpec.safeParse(decoded(spec)).data
  const noted = was === '' ? {} : before.safeParse(decoded(was)).data
  return read === undefined || noted === undefined ? undefined : { made: read, before: noted }
}

function decoded(encoded: string): unknown {
  return jsonIn(Buffer.from(encoded, 'base64').toString('utf8'))
}

function inRemovalOrder(made: readonly Made[]): Made[] {
  return [...made].sort((a, b) => layerOf(a) - layerOf(b) || depthOf(b) - depthOf(a))
}

function layerOf({ made }: Made): number {
  const layer = kindOf(made).made?.layer
  return layer === undefined ? -1 : removalLayers.indexOf(layer)
}

function depthOf({ made }: Made): number {
  return kindOf(made).made?.depth?.(made) ?? 0
}
