// What an appliance said of a task that ended: one line of JSON among whatever else was printed. What the task itself
// printed comes as base64, so that it can neither forge such a line nor write on a terminal.
import { evidence, type Failure } from '../../shared/domain/failure.ts'
import { jsonIn } from '../../shared/domain/json-text.ts'
import { taskEndedText } from '../../shared/domain/script-exits.ts'
import { type TaskResult, taskResult } from '../../shared/domain/task-step.ts'

const shownCharacters = 1500

export function taskResultIn(output: string): TaskResult | undefined {
  const at = output.lastIndexOf(taskEndedText)
  if (at < 0) return undefined
  const [line = ''] = output.slice(at + taskEndedText.length).split('\n', 1)
  return taskResult.safeParse(jsonIn(line)).data
}

export function taskFailed(output: string): Failure | undefined {
  const result = taskResultIn(output)
  if (result === undefined || result.outcome === 'passed') return undefined
  const { role, task, of, ofVersion: version, outcome, exitCode, seconds, output: encoded = '' } = result
  const said = evidence(Buffer.from(encoded, 'base64').toString('utf8').slice(-shownCharacters), shownCharacters)
  return { kind: 'task-failed', role, task, of, version, outcome, exitCode, seconds, output: said }
}
