// The screens of appliances, tied to their addresses: what each one may lead to is decided here.
import { useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { Address } from '../../shared/domain/appliance.ts'
// Where nearly every window begins is in the page at once: what comes after the frame React holds back for 300 ms.
import { FleetScreen } from '../features/fleet/fleet-screen.tsx'
import { pagePart } from './page-part.ts'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Stands beside the address of a page, never in it: no link makes the console call a server. */
    greet?: Address
  }
}

const AddScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/add-appliance/add-screen.tsx'))).AddScreen,
}))
const ApplianceScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/appliance/appliance-screen.tsx'))).ApplianceScreen,
}))
const Monitor = lazy(async () => ({
  default: (await pagePart(() => import('../features/observe/monitor.tsx'))).Monitor,
}))
const Logs = lazy(async () => ({
  default: (await pagePart(() => import('../features/logs/logs.tsx'))).Logs,
}))
const Terminal = lazy(async () => ({
  default: (await pagePart(() => import('../features/terminal/terminal.tsx'))).Terminal,
}))
const AddressStart = lazy(async () => ({
  default: (await pagePart(() => import('../features/add-appliance/address-start.tsx'))).AddressStart,
}))
const SetupScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/setup/setup-screen.tsx'))).SetupScreen,
}))
const RunScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/setup/run-screen.tsx'))).RunScreen,
}))

export function FleetRoute() {
  const navigate = useNavigate()
  const { wall = false } = useSearch({ from: '/appliances' })
  return (
    <FleetScreen
      wall={wall}
      onWall={(on) => void navigate({ to: '/appliances', search: on ? { wall: true } : {} })}
      onAdd={() => void navigate({ to: '/appliances/add' })}
      connect={
        <div className="rs-first-connect">
          <Suspense fallback={null}>
            <AddressStart
              onGreet={(greet) => void navigate({ to: '/appliances/add', state: { greet } })}
              onMore={() => void navigate({ to: '/appliances/add' })}
            />
          </Suspense>
        </div>
      }
      onSeveral={() => void navigate({ to: '/runs/rollouts' })}
      onOpen={(name) => void navigate({ to: '/appliances/$name', params: { name } })}
      onTried={(name) => void navigate({ to: '/appliances/$name/setup', params: { name } })}
      onSetUp={(name) => void navigate({ to: '/appliances/$name/setup', params: { name } })}
      onLogIn={(name) => void navigate({ to: '/appliances/add', search: { again: name } })}
      onOpenRun={(name, planId) => void navigate({ to: '/appliances/$name/setup/$planId', params: { name, planId } })}
    />
  )
}

export function AddRoute() {
  const navigate = useNavigate()
  const { again } = useSearch({ from: '/appliances/add' })
  const greet = useLocation({ select: ({ state }) => state.greet })
  const [begin] = useState(greet)
  // Once: neither another load of this page nor the way back to it calls the server again.
  useEffect(() => {
    if (greet !== undefined) void navigate({ to: '/appliances/add', state: {}, replace: true })
  }, [greet, navigate])
  return (
    <AddScreen
      key={again ?? ''}
      again={again}
      begin={begin}
      onLeave={() => void navigate({ to: '/appliances' })}
      onAdded={(name, next) =>
        void navigate({
          to: next === 'set-up' ? '/appliances/$name/setup' : '/appliances/$name',
          params: { name },
          replace: true,
        })
      }
    />
  )
}

export function ApplianceRoute() {
  const navigate = useNavigate()
  const { name } = useParams({ from: '/appliances/$name' })
  const { tab = 'overview' } = useSearch({ from: '/appliances/$name' })
  return (
    <ApplianceScreen
      key={name}
      name={name}
      tab={tab}
      monitor={<Monitor target={{ by: 'name', name }} />}
      logs={<Logs name={name} />}
      terminal={<Terminal name={name} />}
      onTab={(next) =>
        void navigate({ to: '/appliances/$name', params: { name }, search: { tab: next }, replace: true })
      }
      onSetUp={() => void navigate({ to: '/appliances/$name/setup', params: { name } })}
      onLogIn={() => void navigate({ to: '/appliances/add', search: { again: name } })}
      onOpenRun={(planId) => void navigate({ to: '/appliances/$name/setup/$planId', params: { name, planId } })}
      onReview={(plan) =>
        void navigate({ to: '/appliances/$name/setup', params: { name }, search: { step: 'review', plan } })
      }
      onLeave={() => void navigate({ to: '/appliances' })}
      onAlerts={() => void navigate({ to: '/alerts', search: { of: name } })}
      onDemo={() => void navigate({ to: '/demo' })}
    />
  )
}

export function SetupRoute() {
  const navigate = useNavigate()
  const { name } = useParams({ from: '/appliances/$name/setup' })
  const { step = 'connect', plan, bundle, solution } = useSearch({ from: '/appliances/$name/setup' })
  return (
    <SetupScreen
      key={name}
      name={name}
      step={step}
      planId={plan}
      wanted={{ bundleId: bundle, solution }}
      onStep={(next, planId) =>
        void navigate({
          to: '/appliances/$name/setup',
          params: { name },
          search: {
            step: next,
            ...(planId !== undefined && { plan: planId }),
            ...(bundle !== undefined && { bundle }),
            ...(solution !== undefined && { solution }),
          },
        })
      }
      onApproved={(planId) => void navigate({ to: '/appliances/$name/setup/$planId', params: { name, planId } })}
      onLogIn={() => void navigate({ to: '/appliances/add', search: { again: name } })}
      onLeave={() => void navigate({ to: '/appliances/$name', params: { name } })}
      onUpkeep={() => void navigate({ to: '/appliances/$name', params: { name }, search: { tab: 'upkeep' } })}
    />
  )
}

export function RunRoute() {
  const navigate = useNavigate()
  const { name, planId } = useParams({ from: '/appliances/$name/setup/$planId' })
  return (
    <RunScreen
      key={planId}
      name={name}
      planId={planId}
      onReview={(next) =>
        void navigate({ to: '/appliances/$name/setup', params: { name }, search: { step: 'review', plan: next } })
      }
      onPlanAgain={() =>
        void navigate({ to: '/appliances/$name/setup', params: { name }, search: { step: 'proposal' } })
      }
      onUpkeep={() => void navigate({ to: '/appliances/$name', params: { name }, search: { tab: 'upkeep' } })}
      onDone={() => void navigate({ to: '/appliances/$name', params: { name } })}
      onLogIn={() => void navigate({ to: '/appliances/add', search: { again: name } })}
    />
  )
}
