import { expect, it } from 'vitest'
import { startedFor } from '../../../../../main/shells/electron/started-words.ts'

it.each<[string[], unknown]>([
  [['/opt/Rackside/rackside'], 'window'],
  [['electron', '/folder/of/rackside'], 'window'],
  [['/opt/Rackside/rackside', '--no-sandbox', '--version'], 'version'],
  [['/opt/Rackside/rackside', '--no-sandbox', 'update', 'check', 'a.json'], { act: 'check', file: 'a.json' }],
  [['electron', '/folder', 'update', 'take', '/media/a b.json', '--lang=zh'], { act: 'take', file: '/media/a b.json' }],
  // Nothing that a desktop environment hands over opens anything but a window.
  [['/opt/Rackside/rackside', 'update', 'check'], 'window'],
  [['/opt/Rackside/rackside', 'update', 'forget', 'a.json'], 'window'],
  [['/opt/Rackside/rackside', 'https://rackside.example/'], 'window'],
])('%j is started for %j', (argv, wanted) => {
  expect(startedFor(argv)).toEqual(wanted)
})
