// What a cell of an accelerator says in words, in English.
export const cells = {
  busy: '{{name}}: {{percent}} % busy, {{health}}',
  notKnown: '{{name}}: utilization not known, {{health}}',
  notInSample: 'it is missing in the newest sample',
  health: {
    ok: 'healthy',
    warning: 'warning',
    alarm: 'alarm',
    critical: 'critical',
    absent: 'health not reported',
    unreadable: 'health could not be read',
  },
} as const
