// From "it answers" to using it: where each service answers on the appliance, and the line that brings it to this
// computer, with the login, the host and the ports it really has.
import { useTranslation } from 'react-i18next'
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import type { AskedProof } from '../../../shared/domain/deployment.ts'
import { Panel } from '../../ui/panel.tsx'
import { CopyBlock } from '../copy-block.tsx'
import { useSaved } from '../use-saved.ts'
import { tunnelLine } from './tunnel-line.ts'
import './reach.css'

export type Endpoint = Pick<AskedProof, 'deployment' | 'hostPort' | 'serves'>

export type ReachProps = { readonly name: string; readonly endpoints: readonly Endpoint[] }

export function Reach({ name, endpoints }: ReachProps) {
  const { t } = useTranslation()
  const saved = useSaved(name)
  if (saved === undefined || endpoints.length === 0) return null
  return (
    <Panel title={t('reach.title')} testId="reach">
      <p className="rs-muted">{t(saved.demo ? 'reach.demo' : 'reach.lead')}</p>
      <ul className="rs-reach">
        {endpoints.map((one) => (
          <EndpointRow key={one.deployment} endpoint={one} appliance={saved} />
        ))}
      </ul>
    </Panel>
  )
}

/** Where it answers there; an ingress only says that it is well: people come by its own address. */
const pathOf: { readonly [S in Endpoint['serves']]: string } = {
  ...{ 'openai-chat': '/v1', 'openai-gateway': '/v1', 'openai-embeddings': '/v1' },
  ...{ rerank: '/', page: '/', ingress: '/health', api: '/' },
}

type RowProps = { readonly endpoint: Endpoint; readonly appliance: ListedAppliance }

function EndpointRow({ endpoint: { deployment, hostPort, serves }, appliance }: RowProps) {
  const { t } = useTranslation()
  return (
    <li data-testid={`reach-${deployment}`}>
      <div>
        <strong>{deployment}</strong> <span className="rs-muted">{t(`reach.serves.${serves}`)}</span>{' '}
        <code>{`http://127.0.0.1:${hostPort}${pathOf[serves]}`}</code>
      </div>
      {appliance.demo ? null : <CopyBlock text={tunnelLine(appliance, hostPort)} label={t('reach.copy')} />}
    </li>
  )
}
