// What an appliance's package manager says of the packages of one step. Versions are compared there, by the manager's
// own rule; for a vendor's installer the version is what it left in a file, because its tools can hang in a driver.
import type { StepSpecOf } from '../domain/plan.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading } from '../domain/reading.ts'
import type { Asked } from './asked.ts'
import { notesBy } from './host-act.ts'
import { answerTo, linesOf, notUnderstood } from './host-answer.ts'

type Spec = StepSpecOf<'host-package'>

export const packageNotes = notesBy<'host-package'>((spec) => spec.package)

export type PartLook = {
  readonly name: string
  /** `broken`: begun and not ended, or half taken away. */
  readonly is: 'none' | 'broken' | 'older' | 'installed'
  readonly held: boolean
  /** Nothing of it is there, not even the settings that a removed one leaves. */
  readonly fresh: boolean
}

export type PackageLook = {
  readonly parts: readonly PartLook[]
  /** The manager itself broke off in the middle of something, whatever it was about. */
  readonly interrupted: boolean
  /** Rackside installed it, or began to. */
  readonly ours: boolean
}

const debQuestion = `one() {
  found=$(dpkg-query -W -f '\${db:Status-Abbrev}|\${Version}\\n' "$1" 2>/dev/null | head -n 1)
  now=\${found#*|}
  if [ -n "$now" ] && dpkg --compare-versions "$now" ge "$2"; then order=ge; else order=lt; fi
  printf 'part %s %s %s\\n' "$1" "$(printf '%s' "\${found%%|*}" | tr ' ' '-')" "$order"
}
command -v dpkg >/dev/null || exit 1
# Names that are only digits are what dpkg has not taken into its list yet.
for file in /var/lib/dpkg/updates/[0-9]*; do [ ! -e "$file" ] || echo interrupted; done`

const rpmQuestion = `one() {
  now=$(rpm -q --qf '%{VERSION}-%{RELEASE}\\n' "$1" 2>/dev/null | head -n 1) || now=
  state=un order=lt
  case $now in '' | *' '*) ;; *)
    state=ii
    [ "$(rpm --eval "%{lua:print(rpm.vercmp('$now', '$2'))}")" = -1 ] || order=ge ;;
  esac
  printf 'part %s %s %s\\n' "$1" "$state" "$order"
}
command -v rpm >/dev/null || exit 1`

/** The oldest of two versions comes first. */
function runQuestion({ versionFile }: Spec): string {
  const { path = '/dev/null', field } = versionFile ?? {}
  const read = field === undefined ? 'head -n 1' : `sed -n ${quoteWord(`s/^${field}=//p`)}`
  return `one() {
  now=
  [ ! -f ${quoteWord(path)} ] || now=$(${read} ${quoteWord(path)} | head -c 100 | head -n 1 | tr -d ' \\r')
  state=un order=lt
  [ -z "$now" ] || state=ii
  [ -z "$now" ] || [ "$(printf '%s\\n%s\\n' "$2" "$now" | sort -V | head -n 1)" != "$2" ] || order=ge
  printf 'part %s %s %s\\n' "$1" "$state" "$order"
}`
}

export function packageQuestion(spec: Spec): string {
  const asks = { deb: debQuestion, rpm: rpmQuestion, run: runQuestion(spec) }[spec.manager]
  const each = spec.parts.map(({ name, version }) => `one ${quoteWord(name)} ${quoteWord(version)}`)
  const ours = `[ ! -e ${quoteWord(packageNotes.file(spec))} ] || echo ours`
  return ['LC_ALL=C', asks, ...each, ours].join('\n')
}

export function packageLookOf(spec: Spec, facts: Pick<Asked, 'host'>): Reading<PackageLook> {
  const answer = answerTo(packageQuestion(spec), facts)
  if (answer.state !== 'known') return answer
  const lines = linesOf(answer.value)
  const rows = (lines.get('part') ?? []).map((line) => line.split(' '))
  const parts = spec.parts.map(({ name }) => partOf(name, rows))
  const understood = parts.filter((part) => part !== undefined)
  if (understood.length < spec.parts.length) return notUnderstood(answer.value)
  return known({ parts: understood, interrupted: lines.has('interrupted'), ours: lines.has('ours') })
}

/** dpkg's three letters: what is wanted, what is, and whether it has to be installed anew. */
function partOf(name: string, rows: readonly string[][]): PartLook | undefined {
  const row = rows.find(([first]) => first === name)
  const [, letters = '', order] = row ?? []
  if (row === undefined || (order !== 'ge' && order !== 'lt')) return undefined
  const held = letters.startsWith('h')
  const state = letters.charAt(1)
  // Nothing, or nothing but its configuration.
  if (letters === '' || state === 'n' || state === 'c') return { name, is: 'none', held, fresh: state !== 'c' }
  if (state !== 'i' || letters.charAt(2) === 'R') return { name, is: 'broken', held, fresh: false }
  return { name, is: order === 'ge' ? 'installed' : 'older', held, fresh: false }
}
