// Labels of trusting another key, and of the name that is typed for it, in English.
export const trust = {
  reinstalled: 'This server was reinstalled: trust its new key…',
  replacedMachine: 'This server was replaced or reinstalled: trust the machine that is there now…',
  title: 'Trust the new key of {{place}}',
  titleMachine: 'Trust the machine at {{place}}',
  lead: 'Go on only when whoever looks after this server says that it was reinstalled or replaced. Otherwise somebody may be in between, and would read everything that is sent.',
  leadMachine:
    'The host key is the known one, but it answers from another machine: a clone, a replaced server, or one with a copied key. Go on only when whoever looks after it knows why.',
  new: '{{keyType}}, shown now',
  typeHost: 'Type {{host}} to confirm',
  typeHostOrName: 'Type {{host}} or {{name}} to confirm',
  notYet: 'This is not that name yet.',
  effect:
    'All keys known for this address are replaced by this one, its machine is learned anew, and open connections to it end. Nobody logs in for this. It is written to the audit log.',
  trustNew: 'Trust the new key',
  trustMachine: 'Trust this machine',
  doneMachine: 'The machine is trusted.',
  done: 'The new key is trusted.',
  replaced: 'Older keys replaced: {{count}}.',
} as const
