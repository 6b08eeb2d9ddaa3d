// The members of a rollout by their rings: what is changed on each, what does not answer meanwhile, how far it is.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { MemberStand, Rollout, RolloutMember } from '../../../shared/domain/rollout.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useWords } from '../../console/console-context.tsx'
import { DemoChip } from '../../console/demo/demo-mark.tsx'
import { useFailureText } from '../../console/failure-text.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { type MarkState, VerdictMark } from '../../ui/verdict-mark.tsx'
import type { RolloutLook } from './rollout-look.ts'

export type RolloutTableProps = {
  readonly rollout: Rollout
  readonly look: RolloutLook
  readonly onOpenRun: (name: string, planId: string) => void
}

export function RolloutTable({ rollout, look, onOpenRun }: RolloutTableProps) {
  const { t } = useTranslation()
  const words = useWords()
  const ringed = rollout.members.filter(({ ring }) => ring !== undefined)
  const rows = ringed
    .sort((one, other) => (one.ring ?? 0) - (other.ring ?? 0))
    .map((member) => {
      const { name, ring, plan } = member
      return {
        id: name,
        cells: [
          <Name key="name" member={member} onOpenRun={onOpenRun} />,
          ring === 1 ? t('rollout.canaryRing') : ring,
          plan === undefined ? '' : words.rollout.changes(plan.changed, bytesText(plan.uploadBytes)),
          words.cli.list(plan?.interrupts ?? []) || words.cli.none,
          <Stand key="stand" member={member} look={look} />,
        ],
      }
    })
  return (
    <DataTable
      caption={t('rollout.members')}
      testId="rollout-members"
      columns={[
        { id: 'name', name: t('rollout.name'), align: 'start' },
        { id: 'ring', name: t('rollout.ring'), align: 'start' },
        { id: 'changes', name: t('rollout.changes'), align: 'start' },
        { id: 'interrupted', name: t('rollout.interrupted'), align: 'start' },
        { id: 'state', name: t('rollout.state'), align: 'start' },
      ]}
      rows={rows}
    />
  )
}

type NameProps = { readonly member: RolloutMember; readonly onOpenRun: RolloutTableProps['onOpenRun'] }

/** Leads to its own run once there is one. */
function Name({ member: { name, demo, plan, stand }, onOpenRun }: NameProps) {
  const ran = stand.state === 'running' || stand.state === 'done' || stand.state === 'failed'
  return (
    <span className="ro-name">
      {ran && plan !== undefined ? (
        <Button type="link" size="small" onClick={() => onOpenRun(name, plan.id)}>
          {name}
        </Button>
      ) : (
        name
      )}
      {demo ? <DemoChip /> : null}
    </span>
  )
}

const marks: { readonly [S in Exclude<MemberStand['state'], 'done'>]: MarkState } = {
  planned: 'unknown',
  'nothing-to-do': 'unknown',
  'left-out': 'unknown',
  waiting: 'unknown',
  running: 'working',
  failed: 'down',
  'not-begun': 'unknown',
}

type StandProps = { readonly member: RolloutMember; readonly look: RolloutLook }

function Stand({ member: { name, stand }, look }: StandProps) {
  const { rollout, verdicts } = useWords()
  const step = useStepText(look, name)
  if (stand.state === 'done') return <VerdictMark state={stand.verdict} word={verdicts[stand.verdict]} />
  return (
    <div className="ro-stand">
      <VerdictMark state={marks[stand.state]} word={rollout.stands[stand.state]}>
        {stand.state === 'failed' ? <Why failure={stand.failure} /> : null}
        {stand.state === 'running' ? <span className="rs-muted">{step}</span> : null}
      </VerdictMark>
    </div>
  )
}

function Why({ failure }: { readonly failure: Extract<MemberStand, { state: 'failed' }>['failure'] }) {
  const { what } = useFailureText(failure)
  return <span className="rs-muted">{what}</span>
}

function useStepText({ heard, unproven }: RolloutLook, name: string): string {
  const { i18n } = useTranslation()
  const { rollout, cli } = useWords()
  const last = heard.get(name)
  const slow = unproven.includes(name) ? [rollout.goingOnWithout(name)] : []
  const said = () => {
    if (last?.event === 'step-begin') return [rollout.stepOf(last.number, last.of)]
    if (last?.event === 'waiting-for-lock') return [cli.waitingForLock(last.holder, last.run)]
    if (last?.event === 'waiting-while-busy') return [rollout.waitingWhileBusy(last.deployment, last.requests)]
    if (last?.event === 'waiting-for-window') return [rollout.waitingForWindow(timeText(last.until, i18n.language))]
    return []
  }
  return [...said(), ...slow].join(' ')
}

export function timeText(at: string, language: string): string {
  return new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short', hour12: false })
}
