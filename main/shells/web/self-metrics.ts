// What this console says of itself to a site's own monitoring: what its process takes, how many windows are open, and until
// when its certificate is good. Names as Prometheus' own clients have them where they have one.
import { readdirSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

export type OwnFigures = {
  readonly version: string
  readonly windows: number
  readonly certificateUntilMs: number | undefined
}

const lag = monitorEventLoopDelay({ resolution: 20 })

/** From now on how late this process gets to its work is measured. */
export function measureLag(): void {
  lag.enable()
}

export function selfMetrics({ version, windows, certificateUntilMs }: OwnFigures): string {
  const { rss } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  const started = Date.now() / 1000 - process.uptime()
  const descriptors = openDescriptors()
  const worstLag = lag.max / 1e9
  lag.reset()
  return [
    ...gauge('rackside_console_info', `{version="${version}",node="${process.versions.node}"}`, 1),
    ...gauge('rackside_console_windows', '', windows),
    ...(certificateUntilMs === undefined
      ? []
      : gauge('rackside_console_certificate_expiry_timestamp_seconds', '', certificateUntilMs / 1000)),
    ...gauge('process_resident_memory_bytes', '', rss),
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${(user + system) / 1e6}`,
    ...gauge('process_start_time_seconds', '', Number(started.toFixed(3))),
    ...(descriptors === undefined ? [] : gauge('process_open_fds', '', descriptors)),
    // Since it was last asked.
    ...gauge('nodejs_eventloop_lag_max_seconds', '', Number.isFinite(worstLag) ? worstLag : 0),
    '',
  ].join('\n')
}

function gauge(name: string, labels: string, value: number): string[] {
  return [`# TYPE ${name} gauge`, `${name}${labels} ${value}`]
}

/** Where the system says. */
function openDescriptors(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return undefined
  }
}
