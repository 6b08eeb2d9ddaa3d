// Whom a recorder tells: a saved channel as a server itself can use it. The plan has what is said and a mark of the channel as
// it was set; its address, which may hold a secret, is put together when the step is carried out, and goes nowhere else.

import { type AlertChannel, type CurlWay, curlWayOf } from '../../../shared/domain/alert-channel.ts'
import type { Address } from '../../../shared/domain/appliance.ts'
import { Secret } from '../../../shared/domain/command.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type RecorderAlert, recorderRules } from '../../../shared/domain/recorder.ts'
import { recorderAlertText } from '../../../shared/facts/recorder-alert-script.ts'
import { canonicalJson } from '../../../shared/plan/canonical.ts'
import { curlConfig, curlUrl, shellWords } from '../../alerts/by-curl.ts'
import type { Secrets } from '../../alerts/channels/channel.ts'
import { wordForShell } from '../alerts/wording.ts'
import type { Core } from '../context.ts'

type About = { readonly channel: string; readonly address: Address }

/** Fails where there is no such channel, or none that curl can use. */
export function recorderAlertFor(core: Core, { channel: id, address }: About): Result<RecorderAlert> {
  const found = usableChannel(core, id)
  if (!found.ok) return found
  const { channel, way } = found.value
  const messages = recorderRules.flatMap((rule) =>
    (['wrong', 'well', 'gone'] as const).map((how) => ({
      ...{ rule, how },
      out: wordForShell({ ...core, isDemo: core.demos.isDemo }, channel, { rule, how, address }),
    })),
  )
  const script = recorderAlertText(shellWords(way.kind, messages))
  const { host } = new URL(curlUrl(way, {}))
  const config = configOf(way, { host, mark: '', secrets: {} })
  return ok({
    ...{ channel: id, host, script },
    mark: core.tools.sha256(canonicalJson([channel.way, config, script])),
    scriptSha256: core.tools.sha256(script),
    ...(way.ca === undefined ? {} : { ca: way.ca }),
  })
}

/** What curl reads. Refused where the channel is not as it was when the plan was made. */
export async function recorderAlertConfig(
  core: Core,
  planned: RecorderAlert,
  address: Address,
): Promise<Result<Secret>> {
  const now = recorderAlertFor(core, { channel: planned.channel, address })
  if (!now.ok) return now
  if (now.value.mark !== planned.mark)
    return fail({ kind: 'plan-outdated', differences: [`channel: ${planned.channel}`] })
  const found = usableChannel(core, planned.channel)
  if (!found.ok) return found
  const secrets = await core.alerts.secrets.of(found.value.way)
  if (!secrets.ok) return secrets
  const { host, mark } = planned
  return ok(new Secret(configOf(found.value.way, { host, mark, secrets: secrets.value })))
}

type Part = { readonly host: string; readonly mark: string; readonly secrets: Secrets }

function configOf(way: CurlWay, { host, mark, secrets }: Part): string {
  return curlConfig({ url: curlUrl(way, secrets), host, mark, hasAuthority: way.ca !== undefined })
}

function usableChannel(core: Core, id: string): Result<{ channel: AlertChannel; way: CurlWay }> {
  const settings = core.alerts.keeper.settings()
  if (!settings.ok) return settings
  const channel = settings.value.channels.find((one) => one.id === id)
  if (channel === undefined) return fail({ kind: 'recorder-alert-unusable', channel: id, problem: 'unknown' })
  const way = curlWayOf(channel.way)
  return typeof way === 'string'
    ? fail({ kind: 'recorder-alert-unusable', channel: id, problem: way })
    : ok({ channel, way })
}
