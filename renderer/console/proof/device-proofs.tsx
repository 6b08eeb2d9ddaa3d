// Where each model is computed, a few lines for each: whether that is as planned and why, what was seen of it, and what
// stands against it. Asked for by a press, as every model has to write for some seconds.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import type { DeviceProof } from '../../../shared/domain/device-proof.ts'
import type { VerdictState } from '../../../shared/domain/verdict.ts'
import { deviceParts, engineLines } from '../../../shared/words/device-text.ts'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useLanguage, useWords } from '../console-context.tsx'
import { FailureNote } from '../failure-note.tsx'
import { sentenceOf } from '../sentence.ts'
import type { Begun } from '../use-begun.ts'
import { type DevicesSeen, useDeviceProofs } from './use-device-proofs.ts'
import './proof.css'

export function DeviceProofs({ target }: { readonly target: Target }) {
  const { begin, ...proving } = useDeviceProofs(target)
  return <DeviceProofsView proving={proving} onStart={() => begin({})} />
}

export type DeviceProofsViewProps = { readonly proving: Begun<DevicesSeen>; readonly onStart: () => void }

export function DeviceProofsView({ proving, onStart }: DeviceProofsViewProps) {
  const { t } = useTranslation()
  const words = useWords()
  const { phase, seen, failure } = proving
  const { proofs } = seen
  return (
    <section className="pf-devices" aria-label={words.devices.title} data-testid="device-proofs" data-phase={phase}>
      <div className="pf-devices-head">
        <h3>{words.devices.title}</h3>
        <Button disabled={phase === 'running'} onClick={onStart}>
          {t(phase === 'not-begun' ? 'proof.proveDevices' : 'proof.proveDevicesAgain')}
        </Button>
      </div>
      {phase === 'not-begun' ? <p className="rs-muted">{t('proof.devicesLead')}</p> : null}
      {failure === undefined ? null : <FailureNote failure={failure} state="unknown" />}
      {proofs.map((proof) => (
        <OneProof key={proof.deployment} proof={proof} />
      ))}
      {phase === 'running' ? <Going seen={seen} /> : null}
      {phase === 'done' && proofs.length === 0 ? <p>{words.devices.nothing}</p> : null}
    </section>
  )
}

function Going({ seen: { now } }: { readonly seen: DevicesSeen }) {
  const { t } = useTranslation()
  const { devices } = useWords()
  const text =
    now === undefined
      ? t('proof.running')
      : now.writes
        ? devices.writes(now.deployment)
        : devices.begins(now.deployment, now.model)
  return <VerdictMark state="working" word={text} />
}

const stateOf = { proven: 'healthy', refuted: 'degraded', unproven: 'unknown' } as const satisfies Record<
  DeviceProof['state'],
  VerdictState
>

function OneProof({ proof }: { readonly proof: DeviceProof }) {
  const words = useWords()
  const language = useLanguage()
  const { devices } = words
  const parts = deviceParts(proof, words)
  const lines = engineLines(proof)
  return (
    <div className="pf-device" data-testid={`devices-${proof.deployment}`}>
      <strong>{proof.deployment}</strong>
      <VerdictMark state={stateOf[proof.state]} word={devices.states[proof.state]}>
        {sentenceOf(devices.reasons[proof.reason], language)}
      </VerdictMark>
      {parts.length === 0 ? null : <div>{sentenceOf(words.cli.list(parts), language)}</div>}
      {proof.findings.map((one) => (
        <div key={one.finding} className="rs-muted">
          {devices.finding(one)}
        </div>
      ))}
      {lines.length === 0 ? null : <pre className="pf-device-lines">{lines.slice(0, 4).join('\n')}</pre>}
    </div>
  )
}
