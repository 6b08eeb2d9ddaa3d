// A file that somebody had before Rackside comes back, whole, wherever the power went while it was changed; in a real
// shell.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Asked } from '../../../../shared/apply/asked.ts'
import type { Command } from '../../../../shared/domain/command.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { commandLine } from '../../../../shared/domain/quote.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { actingKindOf } from '../../../support/acting-kind.ts'
import { finished, movedTo, startShell } from '../../../support/shell-appliance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const theirs = '{"data-root":"/data"}\n'
const before = { is: 'file' }

function place() {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'etc'))
  const path = join(folder, 'etc', 'daemon.json')
  writeFileSync(path, theirs)
  const { uid, gid } = statSync(path)
  const spec: StepSpecOf<'file'> = {
    ...{ kind: 'file', path, content: 'ours\n', owner: String(uid), group: String(gid), mode: '0644' },
  }
  const kind = actingKindOf(spec)
  const facts = (): Asked => {
    const content = readFileSync(path, 'utf8')
    const sum = createHash('sha256').update(content).digest('hex')
    const answer = `is file\nheld ${uid} ${gid} 644\nsha256 ${sum}\ncontent\n${content}`
    return { host: new Map([[kind.look?.(spec as never) ?? '', known(answer)]]) } as unknown as Asked
  }
  const run = async (commands: readonly Command[]) => {
    for (const one of commands) {
      const text = movedTo(folder, commandLine(one))
      expect(await finished(startShell(text, process.env['PATH'] ?? ''))).toMatchObject({ exitCode: 0 })
    }
  }
  return { folder, path, spec, kind, facts, run, now: () => readFileSync(path, 'utf8') }
}

describe('a file that somebody had', () => {
  it.each([0, 1, 2])(
    'comes back where the power went after %d of the commands and a run after it finished',
    async (cut) => {
      const { spec, kind, facts, run, now } = place()
      await run(kind.commands(spec as never, facts(), 'run').slice(0, cut))
      await run(kind.commands(spec as never, facts(), 'run'))
      expect(now()).toBe('ours\n')
      await run(kind.made.remove(spec, before, facts()))
      expect(now()).toBe(theirs)
    },
  )

  it('is never taken away where its copy is not there', async () => {
    const { folder, path, spec, kind, facts, run } = place()
    await run(kind.commands(spec as never, facts(), 'run'))
    const copies = join(folder, 'rackside', 'made')
    await run([{ words: ['sh', '-c', 'rm "$0"/*.copy', copies] }])
    await run(kind.made.remove(spec, before, facts()))
    expect(existsSync(path)).toBe(true)
  })
})
