// The appliance's own id, asked right after every login: another id behind a known address is another machine.
// It is an additional check. The host key is the identity; images and templates are cloned with their machine id,
// and whoever has the host key can answer with any id.
import type { Connection } from '../../shared/domain/connection.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import { valueOr } from '../../shared/domain/reading.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { readMachineId } from '../../shared/facts/system.ts'

/** One small file and one round trip; a login shell with slow rc files still fits. */
const deadlineSeconds = 5

const script = `${scriptHead({ block: 'machine-id' })}exec cat /etc/machine-id\n`

/** Undefined where there is none that could be read. Fails only when the link is gone. */
export async function machineIdOf(connection: Connection): Promise<Result<string | undefined>> {
  const ran = await connection.run(
    { name: 'machine-id', text: script },
    { as: 'login', deadlineSeconds, outputLimitBytes: 1024 },
  )
  if (ran.ok) return ok(valueOr(readMachineId(ran.value.stdout), undefined))
  return ran.failure.kind === 'link-lost' ? ran : ok(undefined)
}
