// Step kind: a system account that cannot log in is there, with its group and in the groups that a service needs
// (Ascend's tools want HwHiAiUser). Groups are added; none is taken from an account that was there before.
import type { StepSpecOf } from '../domain/plan.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading } from '../domain/reading.ts'
import type { Asked } from './asked.ts'
import { hostAct, notesBy } from './host-act.ts'
import { answerTo, linesOf, notUnderstood } from './host-answer.ts'
import { truthOf } from './host-truth.ts'
import type { Before } from './made-kind.ts'
import type { StepKind } from './step-kind.ts'

type Spec = StepSpecOf<'account'>

const notes = notesBy<'account'>(({ user }) => user)

/** A directory service that does not answer must not hold it up; getent ends with 2 where there is no such name. */
const question = ({ user, group }: Spec): string => `LC_ALL=C
ask() { timeout -k 1 10 getent "$@" >/dev/null 2>&1; code=$?; [ $code -eq 0 ] || [ $code -eq 2 ] || exit 1; return $code; }
if ask passwd ${quoteWord(user)}; then
  echo user
  printf 'groups %s\\n' "$(id -nG ${quoteWord(user)})"
fi
if ask group ${quoteWord(group)}; then echo group; fi
echo end`

type Look = { readonly user: boolean; readonly group: boolean; readonly groups: readonly string[] }

function lookOf(spec: Spec, facts: Asked): Reading<Look> {
  const answer = answerTo(question(spec), facts)
  if (answer.state !== 'known') return answer
  const lines = linesOf(answer.value)
  if (!lines.has('end')) return notUnderstood(answer.value)
  const groups = lines.get('groups')?.[0]?.split(' ') ?? []
  return known({ user: lines.has('user'), group: lines.has('group'), groups })
}

const make = `user=$1 group=$2
shift 2
getent group "$group" >/dev/null || groupadd --system -- "$group" || exit 1
getent passwd "$user" >/dev/null ||
  useradd --system --gid "$group" --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin -- "$user" || exit 1
for one; do usermod --append --groups "$one" -- "$user" || exit 1; done`
/** $3 and $4 say whether user and group were made; behind them the groups that were added. */
const unmake = `user=$1 group=$2 made_user=$3 made_group=$4
shift 4
if [ "$made_user" = yes ]; then ! getent passwd "$user" >/dev/null || userdel -- "$user" || exit 1
else for one; do gpasswd --delete "$user" "$one" >/dev/null 2>&1; done
fi
[ "$made_group" != yes ] || ! getent group "$group" >/dev/null || groupdel -- "$group"`

function before(spec: Spec, facts: Asked): Before {
  const look = lookOf(spec, facts)
  if (look.state !== 'known') return {}
  const added = spec.groups.filter((one) => !look.value.groups.includes(one))
  return {
    madeUser: look.value.user ? 'no' : 'yes',
    madeGroup: look.value.group ? 'no' : 'yes',
    added: added.join(' '),
  }
}

function back(spec: Spec, was: Before) {
  const added = (was['added'] ?? '').split(' ').filter((one) => one !== '')
  return hostAct(
    'account-back',
    unmake,
    spec.user,
    spec.group,
    was['madeUser'] ?? 'no',
    was['madeGroup'] ?? 'no',
    ...added,
  )
}

export const accountStep: StepKind<'account'> = {
  kind: 'account',
  asks: ['host'],
  by: 'commands',
  look: question,
  isTrue: (spec, facts) =>
    truthOf(
      lookOf(spec, facts),
      (l) => l.user && l.group,
      (l) => spec.groups.every((one) => l.groups.includes(one)),
    ),
  commands: (spec, facts) => [
    notes.write(spec, before(spec, facts)),
    hostAct('account', make, spec.user, spec.group, ...spec.groups),
  ],
  undo: (spec, facts, { failedAt }) => [
    ...(failedAt > 0 ? [back(spec, before(spec, facts))] : []),
    notes.takeBack(spec),
  ],
  made: { layer: 'accounts', remove: (spec, was) => [back(spec, was), notes.forget(spec)] },
}
