// The labels of all screens, one file a feature, in both languages.

import { access as accessEnglish } from './en/access.ts'
import { add as addEnglish } from './en/add.ts'
import { alertSetup as alertSetupEnglish, alerts as alertsEnglish } from './en/alerts.ts'
import { appliance as applianceEnglish } from './en/appliance.ts'
import { catalog as catalogEnglish } from './en/catalog.ts'
import { cells as cellsEnglish } from './en/cells.ts'
import { common as commonEnglish } from './en/common.ts'
import { connection as connectionEnglish } from './en/connection.ts'
import { credentials as credentialsEnglish } from './en/credentials.ts'
import { demo as demoEnglish } from './en/demo.ts'
import { failure as failureEnglish } from './en/failure.ts'
import { fleet as fleetEnglish } from './en/fleet.ts'
import { frame as frameEnglish } from './en/frame.ts'
import { history as historyEnglish } from './en/history.ts'
import { hosts as hostsEnglish } from './en/hosts.ts'
import { logs as logsEnglish } from './en/logs.ts'
import { observe as observeEnglish } from './en/observe.ts'
import { ownKey as ownKeyEnglish } from './en/own-key.ts'
import { proof as proofEnglish } from './en/proof.ts'
import { publishers as publishersEnglish } from './en/publishers.ts'
import { reach as reachEnglish } from './en/reach.ts'
import { rollout as rolloutEnglish } from './en/rollout.ts'
import { runs as runsEnglish } from './en/runs.ts'
import { settings as settingsEnglish } from './en/settings.ts'
import { setup as setupEnglish } from './en/setup.ts'
import { trust as trustEnglish } from './en/trust.ts'
import { vaultPrompt as vaultPromptEnglish } from './en/vault-prompt.ts'
import type { SameKeys } from './same-keys.ts'
import { access as accessChinese } from './zh-cn/access.ts'
import { add as addChinese } from './zh-cn/add.ts'
import { alertSetup as alertSetupChinese, alerts as alertsChinese } from './zh-cn/alerts.ts'
import { appliance as applianceChinese } from './zh-cn/appliance.ts'
import { catalog as catalogChinese } from './zh-cn/catalog.ts'
import { cells as cellsChinese } from './zh-cn/cells.ts'
import { common as commonChinese } from './zh-cn/common.ts'
import { connection as connectionChinese } from './zh-cn/connection.ts'
import { credentials as credentialsChinese } from './zh-cn/credentials.ts'
import { demo as demoChinese } from './zh-cn/demo.ts'
import { failure as failureChinese } from './zh-cn/failure.ts'
import { fleet as fleetChinese } from './zh-cn/fleet.ts'
import { frame as frameChinese } from './zh-cn/frame.ts'
import { history as historyChinese } from './zh-cn/history.ts'
import { hosts as hostsChinese } from './zh-cn/hosts.ts'
import { logs as logsChinese } from './zh-cn/logs.ts'
import { observe as observeChinese } from './zh-cn/observe.ts'
import { ownKey as ownKeyChinese } from './zh-cn/own-key.ts'
import { proof as proofChinese } from './zh-cn/proof.ts'
import { publishers as publishersChinese } from './zh-cn/publishers.ts'
import { reach as reachChinese } from './zh-cn/reach.ts'
import { rollout as rolloutChinese } from './zh-cn/rollout.ts'
import { runs as runsChinese } from './zh-cn/runs.ts'
import { settings as settingsChinese } from './zh-cn/settings.ts'
import { setup as setupChinese } from './zh-cn/setup.ts'
import { trust as trustChinese } from './zh-cn/trust.ts'
import { vaultPrompt as vaultPromptChinese } from './zh-cn/vault-prompt.ts'

export const english = {
  common: commonEnglish,
  alerts: alertsEnglish,
  alertSetup: alertSetupEnglish,
  appliance: applianceEnglish,
  observe: observeEnglish,
  history: historyEnglish,
  logs: logsEnglish,
  frame: frameEnglish,
  failure: failureEnglish,
  ownKey: ownKeyEnglish,
  proof: proofEnglish,
  reach: reachEnglish,
  setup: setupEnglish,
  fleet: fleetEnglish,
  cells: cellsEnglish,
  add: addEnglish,
  access: accessEnglish,
  connection: connectionEnglish,
  catalog: catalogEnglish,
  demo: demoEnglish,
  runs: runsEnglish,
  rollout: rolloutEnglish,
  settings: settingsEnglish,
  vaultPrompt: vaultPromptEnglish,
  hosts: hostsEnglish,
  publishers: publishersEnglish,
  credentials: credentialsEnglish,
  trust: trustEnglish,
} as const

export const chinese: SameKeys<typeof english> = {
  common: commonChinese,
  alerts: alertsChinese,
  alertSetup: alertSetupChinese,
  appliance: applianceChinese,
  observe: observeChinese,
  history: historyChinese,
  logs: logsChinese,
  frame: frameChinese,
  failure: failureChinese,
  ownKey: ownKeyChinese,
  proof: proofChinese,
  reach: reachChinese,
  setup: setupChinese,
  fleet: fleetChinese,
  cells: cellsChinese,
  add: addChinese,
  access: accessChinese,
  connection: connectionChinese,
  catalog: catalogChinese,
  demo: demoChinese,
  runs: runsChinese,
  rollout: rolloutChinese,
  settings: settingsChinese,
  vaultPrompt: vaultPromptChinese,
  hosts: hostsChinese,
  publishers: publishersChinese,
  credentials: credentialsChinese,
  trust: trustChinese,
}
