// Use cases of alerts: what is wrong, what was, and that somebody is at it; when nobody is told; which rules there are.
import type { AlertSettings, AlertsNow, ShownAlert, ShownQuiet, ShownRule } from '../../../shared/contract/alerts.ts'
import type { Alert, AlertPolicy, AlertQuiet, RuleOverride } from '../../../shared/domain/alert.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { isQuiet } from '../../../shared/observe/alerts/book.ts'
import { rulesWith, usualRules } from '../../../shared/observe/alerts/rules.ts'
import type { KeptAlertSettings } from '../../store/alerts.ts'
import type { CallContext, Core } from '../context.ts'
import { historyKey } from '../history/history-keeper.ts'
import { namedAppliance } from './wording.ts'

const nowMs = ({ tools }: Core) => Date.parse(tools.now())
const nameOf = (core: Core, key: string) => namedAppliance({ state: core.state, isDemo: core.demos.isDemo }, key).name

export function listAlerts(core: Core): Result<AlertsNow> {
  const settings = core.alerts.keeper.settings()
  if (!settings.ok) return settings
  const { keeper } = core.alerts
  const { channels } = settings.value
  const states = new Map(keeper.channelStates().map((one) => [one.channel, one]))
  const notStored = keeper.notStored()
  return ok({
    active: keeper.book().active.map((one) => shownAlert(core, one, settings.value.quiets)),
    quiets: settings.value.quiets.filter(({ untilMs }) => untilMs > nowMs(core)).map((one) => shownQuiet(core, one)),
    channels: channels.map(({ id }) => states.get(id) ?? { channel: id, waiting: 0, lost: 0 }),
    ...(notStored !== undefined && { notStored }),
  })
}

export function alertHistory(core: Core): Result<ShownAlert[]> {
  return ok(
    core.alerts.keeper
      .book()
      .past.toReversed()
      .map((one) => shownAlert(core, one, [])),
  )
}

export function shownAlert(core: Core, one: Alert, quiets: readonly AlertQuiet[]): ShownAlert {
  return { ...one, name: nameOf(core, one.appliance), isQuiet: isQuiet(one, quiets, nowMs(core)) }
}

function shownQuiet(core: Core, one: AlertQuiet): ShownQuiet {
  return one.appliance === undefined ? one : { ...one, name: nameOf(core, one.appliance) }
}

export function acknowledgeAlert({ core, operator }: CallContext, alertId: string): Result<ShownAlert> {
  const done = core.alerts.keeper.acknowledge(alertId, operator)
  if (!done.ok) return done
  if (done.value === undefined) return unknown('alerts.acknowledge', `there is no active alert ${alertId}`)
  const settings = core.alerts.keeper.settings()
  return ok(shownAlert(core, done.value, settings.ok ? settings.value.quiets : []))
}

type Wish = Pick<AlertQuiet, 'kind' | 'untilMs' | 'note'> & {
  readonly rule?: AlertQuiet['rule']
  readonly appliance?: string | undefined
  readonly fromMs?: number | undefined
}

/** Kept for a while after it was over, so that it can be looked up. */
const quietKeptMs = 7 * 24 * 3_600_000

export function silenceAlerts({ core, operator }: CallContext, wish: Wish): Result<ShownQuiet> {
  const { kind, rule, untilMs, note, fromMs = nowMs(core) } = wish
  const appliance = wish.appliance === undefined ? undefined : keyOf(core, wish.appliance)
  const quiet: AlertQuiet = {
    ...{ id: `quiet-${core.tools.randomId()}`, kind, fromMs, untilMs, note, by: operator },
    ...(rule !== undefined && { rule }),
    ...(appliance !== undefined && { appliance }),
  }
  const changed = change(core, (now) => ({
    ...now,
    quiets: [...now.quiets.filter((one) => one.untilMs > nowMs(core) - quietKeptMs), quiet].slice(-200),
  }))
  return changed.ok ? ok(shownQuiet(core, quiet)) : changed
}

/** A saved name, or what the history calls it. */
function keyOf(core: Core, word: string): string {
  const saved = core.state.appliances.read()
  const found = saved.ok ? saved.value.find(({ name }) => name === word) : undefined
  return found === undefined ? word : historyKey(found)
}

export function endSilence(core: Core, quietId: string): Result<{ quietId: string }> {
  const settings = core.alerts.keeper.settings()
  if (!settings.ok) return settings
  if (!settings.value.quiets.some(({ id }) => id === quietId)) {
    return unknown('alerts.endSilence', `there is no silence ${quietId}`)
  }
  const changed = change(core, (now) => ({ ...now, quiets: now.quiets.filter(({ id }) => id !== quietId) }))
  return changed.ok ? ok({ quietId }) : changed
}

export function alertSettings(core: Core): Result<AlertSettings> {
  const settings = core.alerts.keeper.settings()
  if (!settings.ok) return settings
  const { channels, overrides, policy } = settings.value
  return ok({ channels, policy, rules: shownRules(overrides) })
}

function shownRules(overrides: readonly RuleOverride[]): ShownRule[] {
  // One that is off says what it was set to: turned on again it is so.
  const now = rulesWith(overrides.map((one) => ({ ...one, on: true })))
  return usualRules.map((usual) => {
    const own = overrides.find(({ rule }) => rule === usual.id)
    const { severity, fires, forMs } = now.find(({ id }) => id === usual.id) ?? usual
    const isOwn = own !== undefined
    const limits = { limit: fires, forSeconds: forMs / 1000 }
    return { rule: usual.id, on: own?.on !== false, severity, unit: usual.unit, ...limits, isOwn }
  })
}

export function setAlertRule(core: Core, override: RuleOverride): Result<ShownRule> {
  const isUsual = Object.keys(override).length === 1
  const changed = change(core, (now) => {
    const others = now.overrides.filter(({ rule }) => rule !== override.rule)
    return { ...now, overrides: isUsual ? others : [...others, override] }
  })
  if (!changed.ok) return changed
  const set = shownRules(changed.value.overrides).find(({ rule }) => rule === override.rule)
  if (set === undefined) throw new Error(`no rule ${override.rule}`)
  return ok(set)
}

export function setAlertPolicy(core: Core, policy: AlertPolicy): Result<AlertPolicy> {
  const changed = change(core, (now) => ({ ...now, policy }))
  return changed.ok ? ok(policy) : changed
}

function change(core: Core, by: (now: KeptAlertSettings) => KeptAlertSettings): Result<KeptAlertSettings> {
  const settings = core.alerts.keeper.settings()
  if (!settings.ok) return settings
  const next = by(settings.value)
  const written = core.alerts.keeper.change(next)
  return written.ok ? ok(next) : written
}

function unknown(call: string, problem: string): Result<never> {
  return fail({ kind: 'input-invalid', call, problem })
}
