// Step kind: a unit of systemd has this text, is enabled and runs; without a text it is one that a package brought.
// A unit that runs is only started anew where its text changes.
import type { Command } from '../domain/command.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading } from '../domain/reading.ts'
import type { Asked } from './asked.ts'
import { carriedBy } from './carries.ts'
import { lastCopy, takeFileBack, writeFile } from './file.ts'
import { hostAct, notesBy } from './host-act.ts'
import {
  answerTo,
  firstOf,
  linesOf,
  notUnderstood,
  type PathLook,
  pathLookOf,
  pathQuestion,
  unusablePath,
} from './host-answer.ts'
import { notRead } from './host-truth.ts'
import type { Before } from './made-kind.ts'
import type { StepKind, Truth } from './step-kind.ts'

type Spec = StepSpecOf<'systemd-unit'>

const notes = notesBy<'systemd-unit'>(({ name }) => name)

function fileOf({ name }: Spec): string {
  return `/etc/systemd/system/${name}`
}

/** `is-enabled` and `is-active` end with other codes than 0 for good answers. */
const stateQuestion = ({
  name,
}: Spec): string => `enabled=$(timeout -k 1 10 systemctl is-enabled ${quoteWord(name)} 2>/dev/null)
[ $? -lt 124 ] || exit 1
active=$(timeout -k 1 10 systemctl is-active ${quoteWord(name)} 2>/dev/null)
[ $? -lt 124 ] || exit 1
printf 'enabled %s\\nactive %s\\n' "\${enabled:-none}" "\${active:-none}"`

function question(spec: Spec): string {
  return `${stateQuestion(spec)}\n${pathQuestion(fileOf(spec))}`
}

type Look = { readonly enabled: boolean; readonly active: boolean; readonly file: PathLook }

function lookOf(spec: Spec, facts: Asked): Reading<Look> {
  const answer = answerTo(question(spec), facts)
  const file = pathLookOf(answer)
  if (file.state !== 'known') return file
  if (answer.state !== 'known') return answer
  const lines = linesOf(answer.value)
  const [enabled, active] = [firstOf(lines, 'enabled'), firstOf(lines, 'active')]
  if (enabled === undefined || active === undefined) return notUnderstood(answer.value)
  return known({
    enabled: ['enabled', 'static', 'alias', 'generated', 'enabled-runtime'].includes(enabled),
    active: active === 'active',
    file: file.value,
  })
}

function truth(spec: Spec, facts: Asked): Truth {
  const look = lookOf(spec, facts)
  if (look.state !== 'known') return notRead
  const { file, enabled, active } = look.value
  if (spec.content !== undefined && file.is === 'nothing') return { holds: false, reason: 'not-there' }
  if (spec.content !== undefined && file.content !== spec.content) return { holds: false, reason: 'other-than-wanted' }
  const runs = (!spec.enabled || enabled) && (!spec.started || active)
  return runs ? { holds: true, reason: 'there-as-wanted' } : { holds: false, reason: 'unit-stopped' }
}

const begin = `name=$1 enable=$2 start=$3 changed=$4
[ "$changed" = no ] || systemctl daemon-reload || exit 1
[ "$enable" = no ] || systemctl enable --quiet "$name" || exit 1
[ "$start" = no ] || {
  systemctl reset-failed "$name" 2>/dev/null
  if [ "$changed" = yes ]; then systemctl restart "$name"; else systemctl start "$name"; fi
} || { journalctl --unit "$name" --lines 20 --output cat --no-pager >&2; exit 1; }`
/** Before its file goes: systemd only disables what it knows. */
const end = `[ "$2" = no ] || systemctl stop "$1" 2>/dev/null
[ "$3" = no ] || systemctl disable --quiet "$1" 2>/dev/null
:`
const reread = `systemctl daemon-reload
[ "$2" = no ] || systemctl try-restart "$1"
systemctl reset-failed "$1" 2>/dev/null
:`

function before(spec: Spec, facts: Asked): Before {
  const look = lookOf(spec, facts)
  if (look.state !== 'known') return {}
  const { enabled, active, file } = look.value
  return { enabled: yesOrNo(enabled), active: yesOrNo(active), is: file.is }
}

function back(spec: Spec, was: Before, copy: string): Command[] {
  const ends = hostAct(
    ...(['unit-end', end, spec.name] as const),
    yesOrNo(spec.started && was['active'] === 'no'),
    yesOrNo(spec.enabled && was['enabled'] === 'no'),
  )
  if (spec.content === undefined) return [ends]
  const file = { path: fileOf(spec), content: spec.content }
  return [
    ends,
    takeFileBack(file, copy, was['is'] ?? ''),
    hostAct('unit-reread', reread, spec.name, was['active'] ?? 'no'),
  ]
}

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no'
}

export const systemdUnitStep: StepKind<'systemd-unit'> = {
  kind: 'systemd-unit',
  asks: ['host'],
  by: 'unit',
  look: question,
  isTrue: truth,
  problem(spec, facts) {
    const look = lookOf(spec, facts)
    if (spec.content === undefined || look.state !== 'known') return undefined
    return unusablePath(fileOf(spec), known(look.value.file), 'file')
  },
  service: ({ name }) => name,
  commands(spec, facts) {
    const look = lookOf(spec, facts)
    if (look.state !== 'known') return []
    const { content } = spec
    const changes = content !== undefined && look.value.file.content !== content
    const held = { owner: 'root', group: 'root', mode: '0644' }
    return [
      notes.write(spec, before(spec, facts), content === undefined ? '' : fileOf(spec)),
      ...(changes ? [writeFile({ path: fileOf(spec), content, ...held }, look.value.file, notes.copy(spec))] : []),
      hostAct('unit-begin', begin, spec.name, yesOrNo(spec.enabled), yesOrNo(spec.started), yesOrNo(changes)),
    ]
  },
  undo: (spec, facts, { failedAt }) => [
    ...(failedAt > 0 ? back(spec, before(spec, facts), lastCopy(notes.copy(spec))) : []),
    notes.takeBack(spec),
  ],
  made: {
    layer: 'units',
    stepName: ({ name }) => name,
    carries: ({ name }) => carriedBy([name]),
    remove: (spec, was) => [...back(spec, was, notes.copy(spec)), notes.forget(spec)],
  },
}
