// An app that asks an installed model, in a plan: one that is to be chosen among several, and the only one.
import type { PlanUse } from '../../../shared/domain/installed-model.ts'
import type { Plan } from '../../../shared/domain/plan.ts'

const ward = { deployment: 'baichuan-m2', network: 'rackside-ward', modelName: 'baichuan-m2' }
const house = { deployment: 'chat', network: 'rackside-house', modelName: 'qwen3-32b' }
const letters: PlanUse = { service: 'letters', serves: 'openai-chat', candidates: [ward, house] }

export const modelToChoose: Pick<Plan, 'uses' | 'blockers'> = {
  uses: [letters],
  blockers: [
    {
      ...{ kind: 'choose-model', service: 'letters', deployment: '', serves: 'openai-chat', reason: 'several' },
      known: ['baichuan-m2', 'chat'],
    },
  ],
}
export const chosenModel: Pick<Plan, 'uses'> = { uses: [{ ...letters, uses: ward, candidates: [ward] }] }
