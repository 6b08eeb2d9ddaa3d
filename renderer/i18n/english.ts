// The labels of all screens in English, one file a feature.
import { access } from './en/access.ts'
import { add } from './en/add.ts'
import { alertSetup, alerts } from './en/alerts.ts'
import { appliance } from './en/appliance.ts'
import { catalog } from './en/catalog.ts'
import { cells } from './en/cells.ts'
import { common } from './en/common.ts'
import { connection } from './en/connection.ts'
import { credentials } from './en/credentials.ts'
import { demo } from './en/demo.ts'
import { failure } from './en/failure.ts'
import { fleet } from './en/fleet.ts'
import { frame } from './en/frame.ts'
import { history } from './en/history.ts'
import { hosts } from './en/hosts.ts'
import { logs } from './en/logs.ts'
import { observe } from './en/observe.ts'
import { ownKey } from './en/own-key.ts'
import { ports } from './en/ports.ts'
import { proof } from './en/proof.ts'
import { publishers } from './en/publishers.ts'
import { reach } from './en/reach.ts'
import { rollout } from './en/rollout.ts'
import { runs } from './en/runs.ts'
import { settings } from './en/settings.ts'
import { setup } from './en/setup.ts'
import { signIn } from './en/sign-in.ts'
import { terminal } from './en/terminal.ts'
import { trust } from './en/trust.ts'
import { vaultPrompt } from './en/vault-prompt.ts'

export const english = {
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
} as const
