// Packages that one place of the product imports: what is dangerous about them is thought of there.
import type { SoleImporter } from './import-table.ts'

export const soleImporters: readonly SoleImporter[] = [
  { package: 'ssh2', word: 'Client', files: ['main/connect/ssh', 'tests'] },
  { package: 'ssh2', word: 'Server', files: ['main/demo', 'tests'] },
  { package: 'execa', files: ['main/connect/local'] },
  { package: 'systeminformation', files: ['main/console-host/weak-battery', 'main/facts/partial-facts'] },
  { package: 'hono', files: ['main/shells/web'] },
  { package: '@hono/node-server', files: ['main/shells/web'] },
  { package: 'uplot', files: ['renderer/ui/chart'] },
  { package: '@xterm/xterm', files: ['renderer/ui/terminal', 'tests'] },
  { package: 'tuf-js', files: ['main/trust/tuf'] },
  { package: '@tufjs/models', files: ['main/trust/tuf'] },
  { package: '@tufjs/canonical-json', files: ['main/trust', 'tests'] },
  { package: 'playwright-core', files: ['tests', 'scripts/gallery'] },
  { package: 'openid-client', files: ['main/oidc'] },
  { package: 'nodemailer', files: ['main/alerts/channels/smtp'] },
  { package: 'electron', files: ['main/shells/electron/platform', 'main/shells/electron/preload'] },
]
