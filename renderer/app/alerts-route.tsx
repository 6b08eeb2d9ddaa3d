// The screen of alerts, tied to its address.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy } from 'react'
import { pagePart } from './page-part.ts'

const AlertsScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/alerts/alerts-screen.tsx'))).AlertsScreen,
}))

const ReportScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/alerts/report-screen.tsx'))).ReportScreen,
}))

export function AlertsRoute() {
  const navigate = useNavigate()
  const { tab = 'now', of, report } = useSearch({ from: '/alerts' })
  const shown = { tab, ...(of === undefined ? {} : { of }) }
  if (report !== undefined) {
    return <ReportScreen id={report} onBack={() => void navigate({ to: '/alerts', search: shown })} />
  }
  return (
    <AlertsScreen
      tab={tab}
      only={of}
      onTab={(next) =>
        void navigate({ to: '/alerts', search: { tab: next, ...(of === undefined ? {} : { of }) }, replace: true })
      }
      onAll={() => void navigate({ to: '/alerts', search: { tab }, replace: true })}
      onReport={(id) => void navigate({ to: '/alerts', search: { ...shown, report: id } })}
      onOpen={(name) => void navigate({ to: '/appliances/$name', params: { name } })}
    />
  )
}
