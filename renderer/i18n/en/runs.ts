// Labels of the list of runs, in English.
export const runs = {
  going_one: '{{count}} run is going on',
  going_other: '{{count}} runs are going on',
  none: 'No run is going on',
  unsure: 'It is not known whether a run is going on',
  lead: 'The runs of this console since it was opened. Older ones are in the history of each appliance.',
  reading: 'Reading the runs',
  emptyTitle: 'No run since this console was opened',
  emptyLead:
    'Setting up an appliance makes a run: each step with its time, what it moved, and how it ended. The run goes on when this window is closed.',
  toAppliances: 'To the appliances',
  list: 'Runs',
  what: '{{what}} on {{name}}',
  act: {
    setUp: 'Set up {{solution}}',
    rollBack: '{{deployment}} back to version {{version}}',
    renew: 'A new certificate for {{deployment}}',
    uninstall: 'Uninstall',
  },
  state: {
    running: 'Running',
    done: 'Done',
    failed: 'Failed',
    cancelled: 'Stopped',
    unsure: 'Was running',
  },
  began: 'Started {{time}}',
  open: 'Open the run',
  notSaved: 'This appliance is not in the list any more',
} as const
