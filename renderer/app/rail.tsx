// The rail: where one can go, who works here and since when this console is open.
import {
  AlertOutlined,
  AppstoreOutlined,
  DatabaseOutlined,
  ExperimentOutlined,
  HistoryOutlined,
  SettingOutlined,
} from '@ant-design/icons'
import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useDemos } from '../console/demo/demo-appliances.ts'
import { useMay } from '../console/operators/may.ts'
import { useWho } from '../console/operators/own-sign-in.ts'
import { useAbout } from '../console/use-about.ts'

const icons = {
  appliances: <DatabaseOutlined aria-hidden="true" />,
  catalog: <AppstoreOutlined aria-hidden="true" />,
  runs: <HistoryOutlined aria-hidden="true" />,
  alerts: <AlertOutlined aria-hidden="true" />,
  settings: <SettingOutlined aria-hidden="true" />,
  demo: <ExperimentOutlined aria-hidden="true" />,
} as const
/** What their screens ask first. */
const rights = { catalog: 'look', alerts: 'look' } as const
const always = ['appliances', 'catalog', 'runs', 'alerts', 'settings'] as const

export function Rail() {
  const { t } = useTranslation()
  const places = usePlaces()
  return (
    <nav className="rs-rail-side" aria-label={t('frame.navigation')}>
      <div className="rs-brand">
        <i aria-hidden="true" />
        <span className="rs-rail-word">Rackside</span>
      </div>
      <div className="rs-rail-links">
        {places.map((place) => (
          <Link key={place} to={`/${place}`} className="rs-rail-link" title={t(`frame.${place}`)}>
            {icons[place]}
            <span className="rs-rail-word">{t(`frame.${place}`)}</span>
          </Link>
        ))}
      </div>
      <RailFoot />
    </nav>
  )
}

/** The demo has a place while there is one, last, so that no other place moves; and while one is there. */
function usePlaces(): readonly (keyof typeof icons)[] {
  const { answer } = useDemos()
  const here = useRouterState({ select: (state) => state.location.pathname === '/demo' })
  const stuck = answer.state === 'failed' && answer.failure.kind === 'demo-not-started'
  const exists = stuck || (answer.state === 'answered' && answer.value.length > 0)
  const may = useMay()
  const reached = always.filter((place) => !(place in rights) || may(rights[place as keyof typeof rights]))
  return exists || here ? [...reached, 'demo'] : reached
}

function RailFoot(): ReactNode {
  const { t, i18n } = useTranslation()
  const about = useAbout()
  const operator = useWho()
  if (about === undefined) return <div className="rs-rail-foot" />
  const { openedAt } = about
  const time = new Date(openedAt).toLocaleTimeString(i18n.language, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  })
  return (
    <div className="rs-rail-foot">
      <div>
        {t('frame.operator')}
        <span className="rs-rail-name" title={operator}>
          {operator}
        </span>
      </div>
      <div>{t('frame.openSince', { time })}</div>
    </div>
  )
}
