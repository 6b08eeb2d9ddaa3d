// Labels of the ports of services, in English.
export const ports = {
  title: 'Ports on the server',
  some: '{{all}}, of them {{other}} chosen by somebody',
  lead: 'Services answer at these ports of the server itself. What is chosen stays until somebody chooses otherwise. Changing one makes another plan.',
  of: 'Port of {{service}} on the server',
  range: 'A whole number from 1024 to 65535.',
  twice: '{{service}} has that one.',
  source: { default: 'As the solution has it.', kept: 'Chosen before.', chosen: 'Chosen for this plan.' },
  back: 'Back to {{port}}',
  plan: 'Plan with these ports',
  take: 'Use port {{port}} for {{service}} instead',
} as const
