// Which letters a model answered with. Strict: its first line is the letter, or it says in so many words which one it is;
// whatever says two different things, or nothing of that kind, cannot be read and is no right answer.
import { type EvaluationItem, optionLetters } from '../../domain/evaluation-set.ts'

/** An answer has its letters within so much; what is longer is read at both ends. */
const longestText = 8000

type Asked = Pick<EvaluationItem, 'options' | 'several'>

/** In their order, each once; undefined where it cannot be read. Letters of no option cannot be meant. */
export function readLetters(says: string, item: Asked): string | undefined {
  const text = plain(says)
  const lines = text.split('\n').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
  const [only, ...others] = new Set(lettersSaid(text, lines, item).map(letterSet))
  if (only === undefined || others.length > 0) return undefined
  const there: readonly string[] = optionLetters.slice(0, item.options.length)
  const isMeant = [...only].every((one) => there.includes(one)) && (only.length === 1 || item.several === true)
  return isMeant ? only : undefined
}

/** All that it says in so many words; where that is one answer only, it is the answer. */
function lettersSaid(text: string, lines: readonly string[], item: Asked): string[] {
  const [first = '', ...further] = lines
  const alone = lettersAlone(first)
  const begins = alone === undefined && !isList(lines) ? beginsWith(first, item) : undefined
  const alsoAlone = further.map(lettersAlone).filter((one) => one !== undefined)
  // A letter a line, and nothing else: they are one answer where several may be right.
  if (item.several === true && alone !== undefined && alsoAlone.length === further.length) {
    return [[alone, ...alsoAlone].join(' ')]
  }
  const said = [...text.matchAll(statement)].map(([, letters = '']) => letters)
  said.push(...[alone, begins].filter((one) => one !== undefined))
  const marked = begins === undefined ? [] : markedAfter(first)
  return said.length === 0 ? [] : [...said, ...alsoAlone, ...marked]
}

/** "A. x; C. y": the letters behind the first one that are marked as it is. */
function markedAfter(line: string): string[] {
  return [...line.matchAll(/(?:[,;、/&+]|\b(?:and|or)|[和或及与]) ?[([【]?([A-F]) ?[.:)\]】]/g)].map(
    ([, letter = '']) => letter,
  )
}

/** Full width made narrow, and what marks words as important taken out. */
function plain(says: string): string {
  const half = longestText / 2
  const whole = says.length > longestText ? `${says.slice(0, half)}\n${says.slice(-half)}` : says
  return whole
    .normalize('NFKC')
    .replace(/\\boxed\{ *(?:\\text\{)? *([A-F][A-F, ]{0,20})\}{1,2}/g, '\nAnswer: $1\n')
    .replace(/[*_`$#>"'“”‘’]/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
}

// Only one way to read each blank: what cannot be read must not be tried in all the ways that there are.
const joined = '(?: ?(?:[,、/&+;]|and|和|及|与) ?| ?)'
/** "A", "AC", "A, C", "A、C 和 D". */
const run = `[A-F](?:${joined}[A-F]){0,11}`
/** Not the first letter of a word, and not one of two that are left to choose from. */
const whole = '(?![A-Za-z])(?! ?(?:[,、/&+;]|and|or|和|及|与|或)? ?[A-F](?![A-Za-z]))'
/** What may follow a letter that is meant as one: "A patient" is no answer. */
const after = '(?= ?(?:$|[.,;:!)\\]。】、(-]|because|since|因为|选项|项|是?正确))'
/** "The incorrect option is A", "错误答案是A" say what is not the answer. */
const denied = '(?<![A-Za-z])(?<!(?:[Ii]ncorrect|[Ww]rong|[Ff]alse|[Nn]ot (?:(?:the|a) )?(?:correct )?) ?)'
const deniedInChinese = '(?<!(?:不|非|错误|不正确|不对)的? ?)'
const english = `${denied}(?:[Aa]nswers?|ANSWER|[Cc]orrect (?:option|choice|letter)s?) ?(?:is|are|:|=)\\s?:?`
const chinese = [
  '【答案】 ?:?',
  `${deniedInChinese}(?:答案|正确(?:的)?选项) ?(?:应该|应当|应)? ?(?:是|为|选|:)\\s?:?`,
  '(?<!不)(?:应|故|因此|所以|本题|我)选择? ?:?',
].join('|')
const statement = new RegExp(
  `(?:${english}|${chinese})\\s?(?:[Oo]ption|选项|选)? ?[([【]? ?(${run}|[a-f](?= ?(?:$|[.)\\]])))${whole}${after}`,
  'gm',
)

const lineAlone = new RegExp(
  `^(?:[Oo]ption|选项|选择|选)? ?[([【]? ?(${run}|[a-f]) ?[)\\]】]? ?(?:选项|项)? ?[.。,:;!)]{0,3}$`,
)

/** The whole line: "B", "(B)", "b.", "A、C", "选B", "Option B", "B选项". */
function lettersAlone(line: string): string | undefined {
  const [, letters] = lineAlone.exec(line) ?? []
  return letters
}

/** "B. Paracetamol", "B) ...", "B: ...", and "B Paracetamol" where that is what option B says. */
function beginsWith(line: string, { options }: Asked): string | undefined {
  const [, marked] =
    /^(?:[Oo]ption\s+|选项\s*|选择?\s*)?[([【]?\s*([A-F])\s*(?:[)\]】][.:]?|[.:、。])\s*(?![A-F]\b)\S/.exec(line) ?? []
  if (marked !== undefined) return marked
  const [, letter = '', rest = ''] = /^([A-F])\s+(\S.*)$/.exec(line) ?? []
  const option = options[(optionLetters as readonly string[]).indexOf(letter)]
  return option !== undefined && rest.trim().startsWith(plain(option).trim()) ? letter : undefined
}

/** It repeats the options, or goes through them: that it begins with one of them says nothing. */
function isList(lines: readonly string[]): boolean {
  const marks = lines.flatMap((line) => /^[([【]?\s*([A-F])\s*[)\]】.:、。]/.exec(line)?.[1] ?? [])
  return new Set(marks).size > 1
}

function letterSet(said: string): string {
  const letters = said.replace(/and/g, '').toUpperCase().match(/[A-F]/g) ?? []
  return [...new Set(letters)].sort().join('')
}
