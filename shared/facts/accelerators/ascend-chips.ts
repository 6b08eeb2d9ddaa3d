// What the table of `npu-smi info` does not say: which node is which chip (`-m`), and of a chip that is not well the
// error codes and memory errors. Only unwell chips are asked, because every question costs up to a second; which they
// are the probe reads from the answer that the table's own probe is getting at the same time.
import { command } from '../../domain/command.ts'
import { quoteWord } from '../../domain/quote.ts'
import { boundedLines } from '../lines.ts'
import { type Answers, needs, type Probe, silence } from '../probe.ts'
import { type ChipPlace, readMapping } from './ascend-map.ts'
import { type ChipTrouble, readTrouble } from './ascend-trouble.ts'

/** Chips that are asked in one detection: a machine with more of them unwell is looked at by people. */
const askedLimit = 8

// Two rows a chip: ids and health, then chip and bus. On 950 the ids are two cells, and no chip is named.
const shell = (tool: string, libraries: string) => `${needs(tool)}
${libraries}
watched ${tool} info -m
printf '\\n== map - - %s\\n' $?
[ -e "$answers/npu-smi.out" ] || exit 0
until [ -s "$answers/npu-smi.done" ]; do sleep 0.1 2>/dev/null || sleep 1; done
read -r state rest <"$answers/npu-smi.done"
[ "$state" = answered ] || exit 0
set -f
spaces=$IFS asks= npu=
while read -r line; do
  case $line in *[Pp]rocess*) break ;; '|'*'|'*'|'*'|'*) ;; *) continue ;; esac
  IFS='|'
  set -- $line
  IFS=$spaces
  ids=$2 state=$3
  [ $# -ne 5 ] || ids="$2 $3" state=$4
  set -- $state
  state=\${1:-}
  set -- $ids
  case \${1:-} in *[!0-9]*) continue ;; esac
  case $state in
    OK) npu= ;;
    NA | - | *:*) [ -z "$npu" ] || asks="$asks $npu:\${1:-}" npu= ;;
    [A-Z][A-Za-z]*) npu=\${1:-} ;;
  esac
done <"$answers/npu-smi.out"
count=0
for ask in $asks; do
  [ $count -lt ${askedLimit} ] || break
  count=$((count + 1)) npu=\${ask%:*} chip=\${ask#*:}
  for page in health ecc; do
    watched ${tool} info -t $page -i $npu \${chip:+-c $chip} 2>&1
    printf '\\n== %s %s %s %s\\n' $page $npu \${chip:--} $?
  done
done
exit 0`

/** `libraries` is sh text that lets the tool find the driver's. */
export function chipsProbe(libraries: string): Probe {
  const [tool] = command('npu-smi').words
  return {
    id: 'npu-smi-chips',
    when: `has ${quoteWord(tool)}`,
    shell: shell(tool, libraries),
    deadlineSeconds: 16,
    tool: true,
  }
}

type Section = { readonly page: string; readonly npu: string; readonly chip: string; readonly lines: readonly string[] }
type Chips = {
  /** Undefined where npu-smi was not asked, or said nothing that is a mapping. */
  readonly places: readonly ChipPlace[] | undefined
  /** Of a chip that is not well; undefined where the question was not asked. */
  readonly troubleOf: (chip: { readonly index: number; readonly chip: number }) => ChipTrouble | undefined
}

/** Also of an answer that was cut by the deadline: each section stands for itself. */
export function readChips(answers: Answers): Chips {
  const answer = answers.get('npu-smi-chips')
  if (answer === undefined || answer.state === 'missing') return { places: undefined, troubleOf: () => undefined }
  const sections = answer.damage === undefined ? sectionsOf(answer.stdout) : []
  const why = silence(answer) ?? 'npu-smi was not asked about this chip'
  return {
    places: readMapping(sections.find(({ page }) => page === 'map')?.lines ?? []),
    troubleOf: ({ index, chip }) => {
      const own = sections.filter((one) => one.npu === `${index}` && (one.chip === `${chip}` || one.chip === '-'))
      const page = (name: string) => own.find((one) => one.page === name)?.lines
      return readTrouble({ health: page('health'), ecc: page('ecc'), why })
    },
  }
}

/** The lines before `== PAGE NPU CHIP EXITCODE` are its answer. */
function sectionsOf(text: string): Section[] {
  const sections: Section[] = []
  let lines: string[] = []
  for (const line of boundedLines(text)) {
    const end = /^== (map|health|ecc) (\d{1,9}|-) (\d{1,9}|-) \d{1,3}$/.exec(line)
    if (end === null) {
      lines.push(line)
      continue
    }
    sections.push({ page: end[1] ?? '', npu: end[2] ?? '', chip: end[3] ?? '', lines })
    lines = []
  }
  return sections
}
