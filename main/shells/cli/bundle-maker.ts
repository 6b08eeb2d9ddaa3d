// "rackside bundle build" and "pack": for whoever makes bundles. Files are read and written, and no console is opened.
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { processTools } from '../../console-host/this-computer.ts'
import { type Built, buildBundle } from '../../core/bundles/build.ts'
import { packBundle } from '../../core/bundles/pack.ts'
import type { MakerInvocation } from './bundle-arguments.ts'
import type { Work } from './work.ts'

type MakerWork = Pick<Work, 'terminal' | 'words'>

/** Exit code, or the failure that ended the command. */
export async function makeBundle(work: MakerWork, line: MakerInvocation): Promise<Result<number>> {
  const made = await (line.act === 'pack' ? packed(line) : built(work, line))
  if (!made.ok) return made
  const { terminal, words } = work
  const { name, files, carriedBytes, leftOut } = made.value
  for (const file of files) terminal.say(file)
  terminal.say(words.bundle.made(name, bytesText(carriedBytes)))
  if (leftOut.length > 0) terminal.say(words.cli.pair(words.cli.list(leftOut), words.bundle.leftOut))
  terminal.result({ name, files, carriedBytes, leftOut })
  return ok(0)
}

function packed({
  folder,
  out,
  against,
  mostPartBytes,
}: Extract<MakerInvocation, { act: 'pack' }>): Promise<Result<Built>> {
  return packBundle({ folder: resolve(folder), out: resolve(out), against: whole(against), mostPartBytes })
}

function built({ terminal }: MakerWork, line: Extract<MakerInvocation, { act: 'build' }>): Promise<Result<Built>> {
  const { solution, server, mostPartBytes } = line
  return buildBundle(processTools, {
    ...{ solution, mostPartBytes, against: whole(line.against) },
    ...{ catalog: resolve(line.catalog), sources: resolve(line.sources), out: resolve(line.out) },
    target: 'facts' in server ? { facts: resolve(server.facts) } : server,
    // Empty means not set (XDG).
    cache: join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'rackside-bundles'),
    onStep: (artifact) => terminal.tick(artifact),
  })
}

function whole(place: string | undefined): string | undefined {
  return place === undefined ? undefined : resolve(place)
}
