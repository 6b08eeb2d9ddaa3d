// English: what the CLI says about demo appliances.
import type { DemoWords } from '../words.ts'

export const demo: DemoWords = {
  line: (text) => `demo  ${text}`,
  called: (name) => `${name} (demo)`,
  stages: {
    create: 'create',
    detect: 'detect',
    plan: 'plan',
    approve: 'approve',
    setup: 'set up',
    verify: 'verify',
    watch: 'watch',
    drill: 'drill kill-runtime',
    recover: 'recover',
    'plan-again': 'plan again',
    remove: 'remove',
  },
  took: (line, seconds) => `${line} (${seconds} s)`,
  created: (name, preset) => `${name} (${preset}), a simulated server on this computer`,
  approved: 'yes',
  changed: (changed, unchanged, sent) => `${changed} changed, ${unchanged} already true, ${sent} sent`,
  watched: (samples, devices, highest) => `${samples} samples of ${devices} accelerators, the busiest at ${highest}`,
  removed: (name) => `${name} is gone`,
  drills: 'drills',
  reach: ({ host, port, user }) => `ssh -p ${port} ${user}@${host} (password demo)`,
  stays: (name) =>
    `${name} stays: see it with "rackside status ${name}", remove it with "rackside demo remove ${name}"`,
  bundle: (folder) => `its bundle: ${folder}`,
  setUpWith: (command) => `set it up: ${command}`,
  over: (seconds) => `done in ${seconds} s: set up, proven, broken, mended`,
}
