// Reads the words after `npm run lab --`: one verb, its plain words, its options. Unknown options are
// refused, so that a misspelt option never starts the wrong appliance.
import { LabFailure } from './lab-failure.ts'
import { type ImageStore, imageStores } from './machine/image-store.ts'
import { type AcceleratorKind, acceleratorKinds } from './stand-ins/accelerator-kinds.ts'

export interface CommandLine {
  verb: string
  words: string[]
  /** Words after `--`: they belong to the command that `exec` runs. */
  rest: string[]
  json: boolean
  count: number | null
  accelerators: AcceleratorKind | null
  imageStore: ImageStore | null
  extraWeightsMib: number
  extraImageMib: number
  families: boolean
  /** Of the bundle with a model folder: another one has another file of weights. */
  modelVersion: number
  search: boolean
  parts: boolean
}

export function readCommandLine(argv: readonly string[]): CommandLine {
  const separator = argv.indexOf('--')
  const own = separator === -1 ? argv : argv.slice(0, separator)
  const line: CommandLine = {
    verb: 'help',
    words: [],
    rest: separator === -1 ? [] : argv.slice(separator + 1),
    json: false,
    count: null,
    accelerators: null,
    imageStore: null,
    extraWeightsMib: 0,
    extraImageMib: 0,
    families: false,
    modelVersion: 1,
    search: false,
    parts: false,
  }
  const plain: string[] = []
  for (let index = 0; index < own.length; index += 1) {
    const word = own[index] as string
    if (!word.startsWith('-')) {
      plain.push(word)
      continue
    }
    const [option, inline] = splitOption(word)
    if (option === '--json') line.json = true
    else if (option === '--families') line.families = true
    else if (option === '--search') line.search = true
    else if (option === '--parts') line.parts = true
    else if (option === '--help' || option === '-h') plain.unshift('help')
    else {
      const value = inline ?? own[++index]
      readOption(line, option, value)
    }
  }
  line.verb = plain[0] ?? 'help'
  line.words = plain.slice(1)
  return line
}

function splitOption(word: string): [option: string, inline: string | undefined] {
  const equals = word.indexOf('=')
  return equals === -1 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)]
}

function readOption(line: CommandLine, option: string, value: string | undefined): void {
  switch (option) {
    case '--count':
      line.count = wholeNumber(option, value, 1, 20)
      return
    case '--accelerators':
      line.accelerators = oneOf(option, value, acceleratorKinds)
      return
    case '--image-store':
      line.imageStore = oneOf(option, value, imageStores)
      return
    case '--extra-weights-mib':
      line.extraWeightsMib = wholeNumber(option, value, 0, 8192)
      return
    case '--extra-image-mib':
      line.extraImageMib = wholeNumber(option, value, 0, 8192)
      return
    case '--model-version':
      line.modelVersion = wholeNumber(option, value, 1, 99)
      return
    default:
      throw new LabFailure('usage', `the lab has no option ${option}`)
  }
}

function wholeNumber(option: string, value: string | undefined, low: number, high: number): number {
  const number = value !== undefined && /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (number >= low && number <= high) return number
  throw new LabFailure('usage', `${option} takes a whole number from ${low} to ${high}`)
}

function oneOf<Word extends string>(option: string, value: string | undefined, words: readonly Word[]): Word {
  const word = words.find((known) => known === value)
  if (word !== undefined) return word
  throw new LabFailure('usage', `${option} takes one of: ${words.join(', ')}`)
}
