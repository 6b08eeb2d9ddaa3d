// A plan as lines of text for a person: what it is for, what was chosen and why, every step, and what stands in the way.
import { addressText } from '../../../shared/domain/appliance.ts'
import { namedRejections } from '../../../shared/domain/choice.ts'
import { estimateOf, estimateOfAll } from '../../../shared/domain/estimate.ts'
import type { PlanIssue } from '../../../shared/domain/known-issue.ts'
import {
  backupFolderOf,
  dataFolderOf,
  isBeside,
  isSetUp,
  keptDataOf,
  type Plan,
  type PlanStep,
  planCounts,
  soakOf,
} from '../../../shared/domain/plan.ts'
import { rootActOf } from '../../../shared/domain/root-act.ts'
import { localAddressText, type Opening } from '../../../shared/domain/service-address.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { ignoredFitText } from '../../../shared/words/ignored-fit-text.ts'
import { failureText, stepText } from '../../../shared/words/language.ts'
import { rejectedName, rejectionText } from '../../../shared/words/rejection-words.ts'
import type { Words } from '../../../shared/words/words.ts'
import { licenceLines } from './approval.ts'
import { portLines } from './port-words.ts'
import { privilegeLines } from './privilege-lines.ts'
import { rootActLines } from './root-acts.ts'
import { settingLines } from './setting-words.ts'
import { usedModelLines } from './use-words.ts'
import { changeLines, whoseLines } from './whose-lines.ts'

/** `called`: the name under which the appliance is saved, where it was meant by that. */
export function planLines(plan: Plan, words: Words, called?: string): string[] {
  const { cli } = words
  const folder = dataFolderOf(plan)
  const { changed, unchanged, uploadBytes } = planCounts(plan.steps)
  const whole = estimateOfAll(plan.steps)
  return [
    purposeLine(plan, words, called),
    ...(isSetUp(plan) && !plan.purpose.signed ? [cli.unsigned] : []),
    ...expiredLines(plan, words),
    ...changeLines(plan, words),
    ...whoseLines(plan, words),
    ...(folder === undefined ? [] : [cli.rollBackKeepsData(folder)]),
    ...(plan.others === undefined ? [] : [cli.otherDeployments(plan.others.join(', '))]),
    ...plan.choices.flatMap((choice) => choiceLines(choice, plan, words)),
    ...plan.steps.flatMap((step) => stepLines(step, words)),
    ...(plan.ignoredFits ?? []).map((one) => `  ${ignoredFitText(one, words)}`),
    ...(plan.idle ?? []).map(({ count, product }) => `  ${words.cautions.idle(count, product)}`),
    ...(plan.issues ?? []).map((one) => issueLine(one, words)),
    ...recorderLines(plan, words),
    ...privilegeLines(plan.privileges ?? [], words),
    ...usedModelLines(plan, words),
    ...settingLines(plan.settings ?? [], words),
    ...portLines(plan.ports ?? [], words),
    ...(plan.openings ?? []).flatMap((one) => openingLines(one, words)),
    ...(plan.publishable === undefined ? [] : [cli.notPublished(plan.publishable.join(', '))]),
    ...licenceLines(plan.licences ?? [], words),
    cli.planSum(changed, unchanged, bytesText(uploadBytes)),
    ...(whole.seconds > 0 ? [cli.estimated(whole.seconds, whole.downtimeSeconds)] : []),
    ...blockerLines(plan, words),
    ...(plan.mayIgnoreFit ?? []).map((service) => `  ${words.cautions.mayIgnoreFit(service)}`),
  ]
}

function recorderLines({ steps }: Plan, { recorder }: Words): string[] {
  return steps.flatMap(({ change, spec }) =>
    change && spec.kind === 'recorder'
      ? [`  ${recorder.planned(bytesText(spec.limitBytes), spec.intervalSeconds, spec.alert?.host)}`]
      : [],
  )
}

function expiredLines({ purpose }: Plan, { publishers }: Words): string[] {
  const expired = purpose.act === 'set-up' ? purpose.expired : undefined
  return expired === undefined ? [] : [publishers.expired(expired.publisher, expired.until)]
}

function purposeLine({ purpose, address }: Plan, { cli }: Words, called?: string): string {
  const place = addressText(address)
  const where = called === undefined ? place : cli.namedPlace(called, place)
  if (purpose.act === 'set-up') return cli.planFor(purpose.solution, where)
  if (purpose.act === 'renew-certificate') return cli.planRenewal(purpose.deployment, where)
  return purpose.act === 'uninstall'
    ? cli.planUninstall(where)
    : cli.planRollBack(purpose.deployment, purpose.version, where)
}

function issueLine({ service, text, workaround }: PlanIssue, { cautions, language }: Words): string {
  return `  ${cautions.knownIssue(service, text[language], workaround?.[language])}`
}

function openingLines(opening: Opening, { cli }: Words): string[] {
  const { services, guarded = [], unguarded = [] } = opening
  return [
    cli.opens(localAddressText(opening), services.join(', ')),
    ...(guarded.length === 0 ? [] : [`  ${cli.opensGuarded(guarded.join(', '))}`]),
    ...(unguarded.length === 0 ? [] : [`  ${cli.opensUnguarded(unguarded.join(', '))}`]),
  ]
}

function choiceLines(choice: Plan['choices'][number], { fits }: Plan, words: Words): string[] {
  const { cli } = words
  const measured = choice.model?.measured
  const doubt = choice.evidence === 'none' && measured === undefined ? ` (${cli.notVerified})` : ''
  const fit = fits.find((one) => one.service === choice.service)
  const { named, others } = namedRejections(choice.rejected)
  const reasons = (rejected: (typeof choice.rejected)[number]) =>
    cli.list(rejected.rejections.map((one) => rejectionText(one, words.rejections)))
  return [
    `  ${cli.variantChosen(choice.service, choice.variant)}${doubt}`,
    ...(measured === undefined ? [] : [`    ${cli.pair(words.evidence.label, words.evidence.measured(measured))}`]),
    ...(fit === undefined
      ? []
      : [`    ${cli.memoryNeed[fit.where](bytesText(fit.needBytes), bytesText(fit.availableBytes))}`]),
    ...named.map((one) => `    ${cli.pair(`${cli.instead} ${rejectedName(one)}`, reasons(one))}`),
    ...(others === 0 ? [] : [`    ${words.rejections.others(others)}`]),
  ]
}

function stepLines(step: PlanStep, words: Words): string[] {
  const { cli } = words
  const bytes = step.change && step.uploadBytes > 0 ? ` (${bytesText(step.uploadBytes)})` : ''
  const mark = step.change ? '+' : '='
  const act = rootActOf(step)
  return [
    `  ${mark} ${cli.pair(`${stepText(step, words)}${bytes}`, cli.list(reasonsOf(step, words)))}`,
    ...(act === undefined ? [] : rootActLines(act, words).map((line) => `      ${line}`)),
  ]
}

/** Why a step is there, what it does to services and data, and how long it takes. */
function reasonsOf(step: PlanStep, { cli, stepReasons }: Words): string[] {
  const { stops = [], freesBytes = 0 } = step
  const soak = soakOf(step)
  const keeps = keptDataOf(step)
  const saves = backupFolderOf(step)
  const { seconds, downtimeSeconds } = estimateOf(step)
  return [
    stepReasons[step.reason],
    ...(stops.length > 0 ? [cli.stops(stops.join(', '))] : step.interrupts ? [cli[interruptionOf(step)]] : []),
    ...(saves === undefined ? [] : [cli.backsUp(saves)]),
    ...(keeps.length > 0 ? [cli.keepsData(keeps.join(', '))] : []),
    ...(freesBytes > 0 ? [cli.frees(bytesText(freesBytes))] : []),
    ...(soak > 0 ? [cli.soak(soak)] : []),
    ...(seconds > 0 ? [cli.takes(seconds)] : []),
    ...(downtimeSeconds > 0 ? [cli.downtime(downtimeSeconds)] : []),
  ]
}

function interruptionOf(step: PlanStep): 'endsService' | 'changesPlaces' | 'interrupts' {
  if (step.spec.kind === 'absent-container') return 'endsService'
  return isBeside(step) ? 'changesPlaces' : 'interrupts'
}

function blockerLines({ blockers }: Plan, words: Words): string[] {
  if (blockers.length === 0) return []
  const said = blockers.map((blocker) => {
    const { what, next } = failureText(blocker, words)
    return `  ${what} ${next}`
  })
  return [words.cli.blocked, ...said]
}
