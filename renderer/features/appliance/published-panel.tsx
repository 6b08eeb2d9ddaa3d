// What the local network reaches of an appliance: the addresses that people type, the certificate that their computers
// are to trust, and the site's own certificate in its place.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { certificateEndsDays } from '../../../shared/domain/certificate.ts'
import type { Published } from '../../../shared/domain/published.ts'
import { publishedUrl } from '../../../shared/domain/service-address.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { CopyBlock } from '../../console/copy-block.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { useRetry } from '../../console/use-retry.ts'
import { useSaveFiles } from '../../console/use-save-files.ts'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Waiting } from './overview-tab.tsx'
import { OwnCertificate } from './own-certificate.tsx'
import type { ApplianceAnswers } from './use-appliance.ts'
import { useDateText } from './use-date-text.ts'

const noteWithinMs = certificateEndsDays * 86_400_000

type PublishedProps = {
  readonly appliance: ApplianceAnswers
  readonly onReview: (planId: string) => void
}

export function PublishedPanel({ appliance: { name, target }, onReview }: PublishedProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const retry = useRetry(name)
  const { answer, askAgain } = useAnswer({
    key: ['upkeep.published', name],
    ask: () => product.upkeep.published({ target }),
  })
  const title = t('appliance.access.network')
  if (answer.state === 'waiting') return <Waiting text={t('appliance.access.looking')} />
  if (answer.state === 'failed') {
    return (
      <Panel title={title} tone="absent">
        <FailureNote failure={answer.failure} state="unknown" onRetry={() => retry(askAgain)} />
      </Panel>
    )
  }
  return (
    <Panel title={title} testId="published">
      {answer.value.length === 0 ? <p className="rs-muted">{t('appliance.access.closed')}</p> : null}
      {answer.value.map((one) => (
        <div key={one.deployment} className="rs-stack">
          <Places published={one} />
          {one.authority === undefined ? null : <Renewal {...{ target, deployment: one.deployment, onReview }} />}
          <OwnCertificate target={target} onGiven={askAgain} />
        </div>
      ))}
    </Panel>
  )
}

function Places({ published }: { readonly published: Published }) {
  const { t } = useTranslation()
  const dateText = useDateText()
  const { at, sites, authority, fingerprint, validUntil } = published
  const endsSoon = Date.parse(validUntil) - Date.now() < noteWithinMs
  const note = t(`appliance.access.${authority === undefined ? 'siteEnds' : 'renewed'}`)
  return (
    <>
      <FactList
        facts={[
          ...sites.map(({ app, at: path, guarded }) => ({
            label: app,
            value: known(publishedUrl(at, path)),
            ...(guarded === true && { note: t('appliance.access.guarded') }),
          })),
          {
            label: t(`appliance.access.${authority === undefined ? 'siteCertificate' : 'authority'}`),
            value: known(`SHA-256 ${fingerprint}`),
          },
          {
            label: t('appliance.access.validUntil'),
            value: known(dateText(validUntil)),
            ...(endsSoon && { note }),
          },
        ]}
      />
      {authority === undefined ? null : <HandOut authority={authority} place={at.name ?? at.address} />}
    </>
  )
}

type RenewalProps = Pick<PublishedProps, 'onReview'> & { readonly target: Target; readonly deployment: string }

/** A plan like any other: it is reviewed before it is done. */
function Renewal({ target, deployment, onReview }: RenewalProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { busy, failure, begin } = useAct()
  const plan = () =>
    begin(
      'upkeep.planRenewal',
      () => product.upkeep.planRenewal({ target, deployment }),
      (made) => onReview(made.id),
    )
  return (
    <>
      <div className="rs-row">
        <Button loading={busy} onClick={plan}>
          {t('appliance.access.renew')}
        </Button>
        <span className="rs-muted">{t('appliance.access.renewLead')}</span>
      </div>
      {failure === undefined ? null : <FailureNote failure={failure} state="unknown" />}
    </>
  )
}

/** The file that is handed out, and how whoever installs it knows that it is the right one. */
function HandOut({ authority, place }: { readonly authority: string; readonly place: string }) {
  const { t } = useTranslation()
  const { save, busy, failure } = useSaveFiles()
  return (
    <>
      <p className="rs-muted">{t('appliance.access.handOut', { place })}</p>
      <div className="rs-row">
        <Button loading={busy} onClick={() => save([{ name: `rackside-${place}.crt`, text: authority }])}>
          {t('appliance.access.save')}
        </Button>
      </div>
      {failure === undefined ? null : <FailureNote failure={failure} state="unknown" />}
      <details>
        <summary>{t('appliance.access.pem')}</summary>
        <CopyBlock text={authority} />
      </details>
    </>
  )
}
