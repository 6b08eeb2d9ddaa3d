// The screens of rollouts, tied to their addresses.
import { useNavigate, useParams } from '@tanstack/react-router'
import { lazy } from 'react'
import { pagePart } from './page-part.ts'

const ChooseScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/rollout/choose-screen.tsx'))).ChooseScreen,
}))
const RolloutScreen = lazy(async () => ({
  default: (await pagePart(() => import('../features/rollout/rollout-screen.tsx'))).RolloutScreen,
}))

export function ChooseRolloutRoute() {
  const navigate = useNavigate()
  return (
    <ChooseScreen
      onPlanned={(rolloutId) => void navigate({ to: '/runs/rollouts/$rolloutId', params: { rolloutId } })}
      onCatalog={() => void navigate({ to: '/catalog' })}
    />
  )
}

export function RolloutRoute() {
  const navigate = useNavigate()
  const { rolloutId } = useParams({ from: '/runs/rollouts/$rolloutId' })
  return (
    <RolloutScreen
      key={rolloutId}
      rolloutId={rolloutId}
      onAgain={() => void navigate({ to: '/runs/rollouts' })}
      onOpenRun={(name, planId) => void navigate({ to: '/appliances/$name/setup/$planId', params: { name, planId } })}
    />
  )
}
