// "rackside catalog": for whoever writes entries. It reads files and prints; no console is opened for it.
import { resolve } from 'node:path'
import type { CatalogLint } from '../../../shared/domain/catalog-fault.ts'
import { entryJsonSchema } from '../../../shared/domain/entry-json-schema.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { faultText, problemLine } from '../../../shared/words/catalog-words.ts'
import { contributeEvidence } from '../../core/contribute-evidence.ts'
import { lintCatalog } from '../../core/lint-catalog.ts'
import { exitCodes } from '../../terminal/exit-codes.ts'
import type { WriterInvocation } from './catalog-arguments.ts'
import { readSignedFiles } from './signed-files.ts'
import type { Work } from './work.ts'

type CatalogWork = Pick<Work, 'terminal' | 'words'>

/** Exit code, or the failure that ended the command. */
export function runCatalog(work: CatalogWork, line: WriterInvocation): Result<number> {
  if (line.act === 'evidence') return contribute(work, line)
  return line.act === 'lint' ? lint(work, line.place) : schema(work)
}

function lint(work: CatalogWork, place: string): Result<number> {
  const linted = lintCatalog(resolve(place))
  return linted.ok ? ok(sayLint(work, linted.value)) : linted
}

/** The exit code. */
export function sayLint({ terminal, words: { catalog } }: CatalogWork, { files, problems }: CatalogLint): number {
  for (const problem of problems) terminal.say(problemLine(problem, catalog))
  terminal.say(problems.length === 0 ? catalog.clean(files) : catalog.sum(problems.length, files))
  terminal.result({ files, problems: problems.map((one) => ({ ...one, text: faultText(one.fault, catalog) })) })
  return problems.length === 0 ? 0 : exitCodes['catalog-invalid']
}

function schema({ terminal }: CatalogWork): Result<number> {
  const written = entryJsonSchema()
  terminal.say(JSON.stringify(written, null, 2))
  terminal.result(written)
  return ok(0)
}

type Contributing = Extract<WriterInvocation, { act: 'evidence' }>

function contribute({ terminal, words }: CatalogWork, line: Contributing): Result<number> {
  const texts = readSignedFiles(line)
  if (!texts.ok) return texts
  const { acceptance, evidence: said } = words
  const done = contributeEvidence({ ...texts.value, folder: resolve(line.place), fingerprint: line.fingerprint })
  if (!done.ok) return done
  terminal.result(done.value)
  if (!done.value.valid) {
    const { fault, detail } = done.value
    terminal.complain(words.cli.list([acceptance.faults[fault], ...(detail === '' ? [] : [detail])]))
    return ok(exitCodes['bundle-not-trusted'])
  }
  const { fingerprint, written, left } = done.value
  if (line.fingerprint !== undefined && line.fingerprint !== fingerprint) {
    terminal.complain(acceptance.notThatKey(line.fingerprint, fingerprint))
    return ok(exitCodes['publisher-key-mismatch'])
  }
  terminal.say(acceptance.fingerprint(fingerprint))
  for (const { deployment, form, file, measured, wasThere } of written) {
    terminal.say((wasThere ? said.wasThere : said.written)(deployment, form, file))
    terminal.say(`  ${said.measured(measured)}`)
  }
  for (const { deployment, why } of left) terminal.complain(said.left(deployment, said.why[why]))
  if (written.length + left.length === 0) terminal.complain(said.nothing)
  if (written.some(({ wasThere }) => !wasThere)) terminal.say(said.next)
  return ok(written.length > 0 ? 0 : exitCodes['catalog-invalid'])
}
