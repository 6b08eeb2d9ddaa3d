// One command of a step as a line of its script. The arguments of a process are for everybody on the server to read,
// so what only root may read never stands there.
import type { Command } from '../../shared/domain/command.ts'
import { commandLine, quoteWord } from '../../shared/domain/quote.ts'

export function actLine(one: Command): string {
  return ownText(one) ?? containerLine(one) ?? commandLine(one)
}

/** A text for sh runs in this shell and not in one of its own: its words may be the content of a file. */
function ownText({ words: [program, option, text, name, ...words] }: Command): string | undefined {
  if (program !== 'sh' || option !== '-c' || text === undefined || name !== 'sh') return undefined
  return `( set -- ${words.map(quoteWord).join(' ')}\neval ${quoteWord(text)} )`
}

const imageId = /^sha256:[0-9a-f]{64}$/

/**
 * What a container has in its environment comes on docker's standard input: exported it would count for docker itself
 * (PATH, DOCKER_HOST, HTTPS_PROXY), and a file could be left behind. Docker reads a line for each, so a value of
 * several lines, which no entry of a catalog has, is exported after all.
 */
function containerLine({ words }: Command): string | undefined {
  const [program, verb, ...rest] = words
  if (program !== 'docker' || (verb !== 'run' && verb !== 'create')) return undefined
  const { options: given, image } = optionsOf(rest)
  if (!imageId.test(rest[image] ?? '')) return undefined
  const pairs = given.flatMap(([name, value]) => (name === '--env' && value !== undefined ? [value] : []))
  if (pairs.length === 0) return undefined
  const lines = pairs.filter((pair) => !hasLines(pair))
  const exported = pairs.filter(hasLines)
  const options = [...exported.flatMap((pair) => ['--env', pair.split('=')[0] ?? '']), '--env-file', '/dev/stdin']
  const shown = [...given.filter(([name]) => name !== '--env').flat(), ...rest.slice(image)]
  const docker = commandLine({ words: [program, verb, ...options, ...shown] })
  const act = exported.length === 0 ? docker : `( export ${exported.map(quoteWord).join(' ')}\n${docker} )`
  return `printf '%s\\n' ${lines.map(quoteWord).join(' ')} | ${act}`
}

/** Those that are not followed by a value. */
const flags: ReadonlySet<string> = new Set(['--detach', '--read-only', '--privileged'])

/** What stands before the image. A value may look like an option, and like an image: it is passed over with its option. */
function optionsOf(words: readonly string[]): { readonly options: readonly string[][]; readonly image: number } {
  const options: string[][] = []
  let at = 0
  for (let word = words[at]; word?.startsWith('--'); word = words[at]) {
    const length = flags.has(word) ? 1 : 2
    options.push(words.slice(at, at + length))
    at += length
  }
  return { options, image: at }
}

function hasLines(pair: string): boolean {
  return /[\r\n]/.test(pair)
}
