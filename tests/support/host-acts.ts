// The commands of a step that changes the system, in words, for a system that answers what it is asked with one text.
import { kindOf } from '../../shared/apply/all-kinds.ts'
import type { Asked } from '../../shared/apply/asked.ts'
import type { Before } from '../../shared/apply/made-kind.ts'
import type { Attempt } from '../../shared/apply/step-kind.ts'
import type { Command } from '../../shared/domain/command.ts'
import type { StepSpec } from '../../shared/domain/plan.ts'
import { absent, known, type Reading } from '../../shared/domain/reading.ts'
import { readScriptHead } from '../../shared/domain/script-head.ts'

type Acting = {
  commands(spec: StepSpec, facts: Asked, runId: string): readonly Command[]
  undo(spec: StepSpec, facts: Asked, attempt: Attempt): readonly Command[]
  readonly made: { remove(spec: StepSpec, before: Before, facts: Asked): readonly Command[] }
}
export const acting = (spec: StepSpec) => kindOf(spec) as unknown as Acting

/** Of a shell's text the name of what it does, and its words; of a note the name of its file and what was before. */
export function acts(commands: readonly Command[]): unknown[] {
  return commands.map(({ words }) => {
    const head = readScriptHead(words[2] ?? '')
    if (words[0] !== 'sh' || head?.block !== 'host-act') return words
    const [name = '', ...others] = words.slice(4)
    const file = name.replace('/var/lib/rackside/made/', '')
    return head.act === 'note' ? ['note', file, JSON.parse(others[1] ?? ''), others[2]] : [head.act, file, ...others]
  })
}

export function looked(spec: StepSpec, answer: Reading<string>): Asked {
  const host = new Map([[kindOf(spec).look?.(spec as never) ?? '', answer]])
  return { engine: absent, containers: absent, images: absent, networks: absent, artifacts: absent, host }
}

export const commands = (spec: StepSpec, text: string) =>
  acts(acting(spec).commands(spec, looked(spec, known(text)), 'run'))
export const undo = (spec: StepSpec, text: string, failedAt: number) =>
  acts(acting(spec).undo(spec, looked(spec, known(text)), { runId: 'run', failedAt }))
export const remove = (spec: StepSpec, before: Before, text = '') =>
  acts(acting(spec).made.remove(spec, before, looked(spec, known(text))))
