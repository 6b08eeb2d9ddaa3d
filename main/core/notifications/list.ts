// Use case: what happened while nobody looked. Everything that the console keeps of it is gathered here and merged beside it.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { NotedPlace, Notification } from '../../../shared/domain/notification.ts'
import type { Core } from '../context.ts'
import { historyKey } from '../history/history-keeper.ts'
import { mergeNotifications } from './merge.ts'

export function listNotifications(core: Core): Result<Notification[]> {
  const { state, alerts, consoleRuns, tools } = core
  const settings = alerts.keeper.settings()
  const channels = settings.ok ? settings.value.channels.map(({ id }) => id) : []
  const kept = {
    book: alerts.keeper.book(),
    quiets: settings.ok ? settings.value.quiets : [],
    news: state.news.all(),
    waiting: consoleRuns.waiting(),
    acceptances: state.acceptances.list(),
    canaries: state.canaries.list(),
    channels: alerts.keeper.channelStates().filter(({ channel }) => channels.includes(channel)),
  }
  return ok(mergeNotifications(kept, { nowMs: Date.parse(tools.now()), ...namesIn(core) }))
}

/** The saved appliances are read once for the whole list. */
function namesIn({ state, demos }: Core) {
  const saved = state.appliances.read()
  const all = saved.ok ? saved.value : []
  const named = (found: (typeof all)[number] | undefined, otherwise: string): NotedPlace =>
    found === undefined
      ? { name: otherwise, saved: false, demo: false }
      : { name: found.name, saved: true, demo: demos.isDemo(found.address) }
  const byKey = new Map(all.map((one) => [historyKey(one), one] as const))
  return {
    at: ({ host, port }: { readonly host: string; readonly port: number }) =>
      named(
        all.find(({ address }) => address.host === host && address.port === port),
        `${host}:${port}`,
      ),
    ofKey: (key: string) => named(byKey.get(key), key),
  }
}
