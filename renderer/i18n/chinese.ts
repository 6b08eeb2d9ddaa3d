// The labels of all screens in Chinese, with the keys that the English ones have.
import type { english } from './english.ts'
import type { SameKeys } from './same-keys.ts'
import { access } from './zh-cn/access.ts'
import { add } from './zh-cn/add.ts'
import { alertSetup, alerts } from './zh-cn/alerts.ts'
import { appliance } from './zh-cn/appliance.ts'
import { catalog } from './zh-cn/catalog.ts'
import { cells } from './zh-cn/cells.ts'
import { common } from './zh-cn/common.ts'
import { connection } from './zh-cn/connection.ts'
import { credentials } from './zh-cn/credentials.ts'
import { demo } from './zh-cn/demo.ts'
import { failure } from './zh-cn/failure.ts'
import { fleet } from './zh-cn/fleet.ts'
import { frame } from './zh-cn/frame.ts'
import { history } from './zh-cn/history.ts'
import { hosts } from './zh-cn/hosts.ts'
import { logs } from './zh-cn/logs.ts'
import { observe } from './zh-cn/observe.ts'
import { ownKey } from './zh-cn/own-key.ts'
import { ports } from './zh-cn/ports.ts'
import { proof } from './zh-cn/proof.ts'
import { publishers } from './zh-cn/publishers.ts'
import { reach } from './zh-cn/reach.ts'
import { rollout } from './zh-cn/rollout.ts'
import { runs } from './zh-cn/runs.ts'
import { settings } from './zh-cn/settings.ts'
import { setup } from './zh-cn/setup.ts'
import { signIn } from './zh-cn/sign-in.ts'
import { terminal } from './zh-cn/terminal.ts'
import { trust } from './zh-cn/trust.ts'
import { vaultPrompt } from './zh-cn/vault-prompt.ts'

export const chinese: SameKeys<typeof english> = {
  common,
  alerts,
  alertSetup,
  appliance,
  observe,
  history,
  logs,
  terminal,
  frame,
  failure,
  ownKey,
  ports,
  proof,
  reach,
  setup,
  fleet,
  cells,
  add,
  access,
  connection,
  catalog,
  demo,
  runs,
  rollout,
  settings,
  vaultPrompt,
  hosts,
  publishers,
  credentials,
  trust,
  signIn,
}
