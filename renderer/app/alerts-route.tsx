// The screen of alerts, tied to its address.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy } from 'react'
import { pagePart } from './page-part.ts'

const AlertsScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/alerts/alerts-screen.tsx'))).AlertsScreen,
}))

export function AlertsRoute() {
  const navigate = useNavigate()
  const { tab = 'now', of } = useSearch({ from: '/alerts' })
  return (
    <AlertsScreen
      tab={tab}
      only={of}
      onTab={(next) =>
        void navigate({ to: '/alerts', search: { tab: next, ...(of === undefined ? {} : { of }) }, replace: true })
      }
      onAll={() => void navigate({ to: '/alerts', search: { tab }, replace: true })}
      onOpen={(name) => void navigate({ to: '/appliances/$name', params: { name } })}
    />
  )
}
