// The documents of the state folder: appliances, pinned host keys, imported known hosts, key files, publishers, bundles, saved plans, results of benchmarks and canaries, acceptances, evaluations with their sets, news, and what terminals showed.
import { readdirSync, rmSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { appliance, hostKeyPin } from '../../shared/domain/appliance.ts'
import { approval } from '../../shared/domain/approval.ts'
import { fail, type Result } from '../../shared/domain/failure.ts'
import { knownHost } from '../../shared/domain/known-host.ts'
import { type Plan, plan } from '../../shared/domain/plan.ts'
import { trustState } from '../../shared/domain/publisher.ts'
import { acceptancesIn } from './acceptances.ts'
import { benchesIn } from './benches.ts'
import { canariesIn } from './canaries.ts'
import { evaluationSetsIn } from './evaluation-sets.ts'
import { evaluationsIn } from './evaluations.ts'
import { documentIn } from './folder.ts'
import { newsIn } from './news.ts'
import { terminalRecordingsIn } from './terminal-recordings.ts'

/** A key file is remembered by its path; what is in it never enters the state folder. */
const keyFile = z.strictObject({ credentialId: z.string(), file: z.string() })
const bundleFolder = z.strictObject({ bundleId: z.string(), folder: z.string() })

/** Plans are kept until this many newer ones exist: a rollout makes a hundred at once. */
const plansKept = 150

export type State = ReturnType<typeof openState>

export function openState(folder: string) {
  return {
    folder,
    appliances: documentIn(folder, 'appliances.json', z.array(appliance), []),
    pins: documentIn(folder, 'host-keys.json', z.array(hostKeyPin), []),
    knownHosts: documentIn(folder, 'known-hosts.json', z.array(knownHost), []),
    keyFiles: documentIn(folder, 'key-files.json', z.array(keyFile), []),
    trust: documentIn(folder, 'publishers.json', trustState, { publishers: [] }),
    bundles: documentIn(folder, 'bundles.json', z.array(bundleFolder), []),
    benches: benchesIn(folder),
    acceptances: acceptancesIn(folder),
    canaries: canariesIn(folder),
    evaluations: evaluationsIn(folder),
    evaluationSets: evaluationSetsIn(folder),
    approvals: documentIn(folder, 'approvals.json', z.array(approval), []),
    news: newsIn(folder),
    terminals: terminalRecordingsIn(folder),
    savePlan: (value: Plan) => savePlan(folder, value),
    readPlan: (planId: string) => readPlan(folder, planId),
  }
}

function savePlan(folder: string, value: Plan): Result<void> {
  const saved = documentIn(folder, join('plans', `${value.id}.json`), plan, value).write(value)
  if (saved.ok) forgetOldPlans(join(folder, 'plans'))
  return saved
}

function forgetOldPlans(folder: string): void {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  if (files.length <= plansKept) return
  const byAge = files.map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs })).sort((a, b) => b.at - a.at)
  for (const { name } of byAge.slice(plansKept)) {
    unlinkSync(join(folder, name))
    rmSync(join(folder, `${name}.last`), { force: true })
  }
}

function readPlan(folder: string, planId: string): Result<Plan> {
  const found = documentIn(folder, join('plans', `${planId}.json`), plan.nullable(), null).read()
  if (!found.ok) return found
  return found.value === null ? fail({ kind: 'plan-unknown', planId }) : { ok: true, value: found.value }
}
