// Labels of the test of a connection, in English.
export const connection = {
  act: 'Test connection',
  title: 'Test of the connection to {{name}}',
  lead: 'A connection of its own, closed at the end. Nothing is trusted or changed by it.',
  again: 'Test again',
  going: 'Testing',
  next: 'Trying the next step',
  passed: 'Every step works',
  failed: 'Does not work',
  done: 'Works',
  steps: 'Steps of the connection',
} as const
