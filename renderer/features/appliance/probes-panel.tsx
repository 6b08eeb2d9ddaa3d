// The questions the server did not answer, each with the reason: what is unknown, and why, is a finding too.
import { useTranslation } from 'react-i18next'
import type { Facts, ProbeOutcome } from '../../../shared/domain/facts.ts'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'

export function ProbesPanel({ facts: { probes } }: { readonly facts: Facts }) {
  const { t } = useTranslation()
  const text = useProbeText()
  // "The server has none of it" is an answer.
  const open = probes.filter(({ state }) => state !== 'answered' && state !== 'missing')
  return (
    <Panel title={t('appliance.probes')}>
      {open.length === 0 ? (
        <p className="rs-muted">{t('appliance.allAnswered')}</p>
      ) : (
        <FactList
          facts={open.map((probe) => ({ key: probe.id, label: <code>{probe.id}</code>, value: known(text(probe)) }))}
        />
      )}
    </Panel>
  )
}

function useProbeText(): (probe: ProbeOutcome) => string {
  const { t } = useTranslation()
  return ({ state, since }) => {
    if (state === 'still-hung' && since.state === 'known') {
      return t('appliance.probe.still-hung-since', { since: since.value })
    }
    return state === 'answered' || state === 'missing' ? '' : t(`appliance.probe.${state}`)
  }
}
