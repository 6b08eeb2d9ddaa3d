// The state of the system itself, for the steps that change it: all their questions in one round trip, each in a
// shell of its own. Answers come in base64, one line each, so that nothing that is in them can end one.
import { kindOf } from '../../shared/apply/all-kinds.ts'
import type { HostAnswers } from '../../shared/apply/asked.ts'
import type { Script } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { StepSpec } from '../../shared/domain/plan.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { known, type Reading, unreadable } from '../../shared/domain/reading.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { failureFromOutput } from './remote-error.ts'

const deadlineSeconds = 90
/** The largest file that a step reads, and some words. */
const answerLimitBytes = 320 * 1024

const lookShell = `export LC_ALL=C PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH"
look() {
  printf 'answer %s ' "$1"
  { (eval "$2") 2>/dev/null </dev/null; printf '\\nexit %s\\n' $?; } | head -c ${answerLimitBytes} | base64 | tr -d '\\n'
  echo
}`

/** By the place of the question, for an appliance that answers without a shell; -1: none is about the recorder. */
type About = { readonly volumes: readonly string[]; readonly recorder: number }

function lookScript(questions: readonly string[], { volumes, recorder }: About): Script {
  const asked = questions.map((question, at) => `look ${at} ${quoteWord(question)}`)
  const named = volumes.some((name) => name !== '') ? { volumes: [...volumes] } : {}
  const recorded = recorder < 0 ? {} : { recorder }
  const head = scriptHead({ block: 'host-look', questions: questions.length, ...named, ...recorded })
  return { name: 'host look', text: [`${head}${lookShell}`, ...asked, ''].join('\n') }
}

/** What the steps among these ask of the system; empty where none does. */
export async function lookAtHost(connection: Connection, specs: readonly StepSpec[]): Promise<Result<HostAnswers>> {
  const questions = questionsOf(specs)
  if (questions.length === 0) return ok(new Map())
  const outputLimitBytes = questions.length * answerLimitBytes * 2
  const volumes = questions.map((question) => volumeAskedBy(question, specs))
  const recorder = questions.findIndex((question) => askingSpec(question, specs)?.kind === 'recorder')
  const about = { volumes, recorder }
  const looked = await connection.run(lookScript(questions, about), { as: 'root', deadlineSeconds, outputLimitBytes })
  if (!looked.ok) return looked
  const { exitCode, stdout, stderr } = looked.value
  if (exitCode !== 0) return fail(failureFromOutput('host look', '/', stderr))
  return ok(readLook(questions, stdout))
}

function volumeAskedBy(question: string, specs: readonly StepSpec[]): string {
  const asking = askingSpec(question, specs)
  return (asking && kindOf(asking).volume?.(asking)) ?? ''
}

function askingSpec(question: string, specs: readonly StepSpec[]): StepSpec | undefined {
  return specs.find((spec) => kindOf(spec).look?.(spec) === question)
}

function questionsOf(specs: readonly StepSpec[]): string[] {
  const asked = specs.map((spec) => kindOf(spec).look?.(spec))
  return [...new Set(asked.filter((question) => question !== undefined))]
}

/** Total: an answer that is not there, broke off or is no text is unreadable. */
export function readLook(questions: readonly string[], output: string): HostAnswers {
  const answers = new Map<string, string>()
  for (const line of output.split('\n')) {
    const [, at, text] = /^answer ([0-9]{1,4}) ([A-Za-z0-9+/=]*)$/.exec(line) ?? []
    if (at !== undefined && text !== undefined && !answers.has(at)) answers.set(at, text)
  }
  return new Map(questions.map((question, at) => [question, readAnswer(answers.get(String(at)))]))
}

function readAnswer(encoded: string | undefined): Reading<string> {
  if (encoded === undefined) return unreadable('no answer came back')
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const [, said, code] = /^([\s\S]*)\nexit ([0-9]{1,3})\n$/.exec(text) ?? []
  if (said === undefined) return unreadable('the answer broke off')
  return code === '0' ? known(said) : unreadable(`exit ${code}: ${evidence(said, 150)}`)
}
