// The audit of acts on an appliance, kept there too: /var/lib/rackside/audit/<console id>.jsonl, root only, the same lines as
// in the console's own. Whoever changes the console's files has not changed these, and the verifier compares them.
import type { Connection } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteAudit } from '../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { failureFromOutput } from './remote-error.ts'

export type NumberedLine = { readonly number: number; readonly text: string }

/** A file that is larger makes way, and replaces the one that did before: so much twice, for each console. */
export const mostCopyBytes = 8 * 1024 * 1024

/** Only lines behind the last one there are added, in their order. `lines`: oldest first. */
export async function copyAudit(
  connection: Connection,
  consoleId: string,
  lines: readonly NumberedLine[],
): Promise<Result<void>> {
  if (lines.length === 0) return ok(undefined)
  const script = { name: 'audit-copy', text: copyScript(consoleId, lines) }
  const done = await connection.run(script, { as: 'root', deadlineSeconds: 30 })
  if (!done.ok) return done
  const { exitCode, stderr } = done.value
  return exitCode === 0 ? ok(undefined) : fail(failureFromOutput(script.name, remoteAudit, stderr))
}

export function copyScript(consoleId: string, lines: readonly NumberedLine[]): string {
  const file = `${remoteAudit}/${consoleId}.jsonl`
  const additions = lines.map(
    ({ number, text }) => `[ ${number} -le "$last" ] || printf '%s\\n' ${quoteWord(text)} || exit 1`,
  )
  return `${scriptHead({ block: 'audit-copy', consoleId, numbers: lines.map(({ number }) => number) })}umask 077
file=${quoteWord(file)}
mkdir -p ${remoteAudit} || exit 1
size=0
[ ! -e "$file" ] || size=$(wc -c <"$file")
[ "$size" -le ${mostCopyBytes} ] || mv -f "$file" "$file.1" || exit 1
[ -e "$file" ] || : >"$file" || exit 1
# What a full disk or a power cut left of a line stays a line of its own.
[ -z "$(tail -c 1 "$file")" ] || echo >>"$file" || exit 1
last=$(tail -n 5 "$file" | sed -n 's/^{"number":\\([0-9][0-9]*\\),.*"hash":"[0-9a-f]*"}$/\\1/p' | tail -n 1)
last=\${last:-0}
{
${additions.join('\n')}
} >>"$file"
sync "$file" 2>/dev/null || sync
`
}
